import { getOperationAST, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';

/** A query as Apollo has found it valid. */
export interface Query<Context> {
  readonly schema: GraphQLSchema;
  /** Apollo keeps the documents of texts that it has seen: the same text, the same object. */
  readonly document: DocumentNode;
  readonly operationName: string | null;
  /** As they were sent. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: Context;
}

/** Programs of the operations of a document, by name; null: graphql-jit takes that one not. */
type Programs = Map<string | null, CompiledQuery['query'] | null>;
/** Documents that were executed before; their programs go when Apollo forgets them. */
const seen = new WeakMap<DocumentNode, Programs>();

/** Of what is asked the first time there is none: writing a program takes longer than doing without, once. */
function programOf({ schema, document, operationName }: Query<unknown>): CompiledQuery['query'] | null {
  const programs = seen.get(document);
  if (!programs) {
    seen.set(document, new Map());
    return null;
  }
  let program = programs.get(operationName);
  if (program === undefined) {
    const isQuery = getOperationAST(document, operationName)?.operation === OperationTypeNode.QUERY;
    const compiled = isQuery ? compileQuery(schema, document, operationName ?? undefined) : null;
    program = compiled && isCompiledQuery(compiled) ? compiled.query : null;
    programs.set(operationName, program);
  }
  return program;
}

/**
 * Executes a query by a program that graphql-jit has written for it. Resolvers of queries must not change anything.
 * @returns the data; null when graphql-js has to execute it: the first time that it is asked, and whenever something is
 * wrong, so that there is one place that words errors. What was asked of services is then not asked again (`Services.query`)
 */
export async function executeQuery<Context>(query: Query<Context>): Promise<Record<string, unknown> | null> {
  const program = programOf(query);
  if (!program) return null;
  const { data, errors } = await program(undefined, query.context, query.variables);
  return errors?.length ? null : ((data as Record<string, unknown> | null | undefined) ?? null);
}
