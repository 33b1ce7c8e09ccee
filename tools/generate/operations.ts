import { createHash } from 'node:crypto';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import {
  buildSchema,
  Kind,
  parse,
  print,
  validate,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
} from 'graphql';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const WEB = 'apps/web/src/**/*.graphql';
const EXAMPLES = 'docs/examples/*.graphql';

interface Source {
  readonly location: string;
  readonly document: DocumentNode;
}
const read = (pattern: string): Source[] =>
  globSync(pattern, { cwd: root })
    .sort()
    .map((file) => ({ location: file, document: parse(readFileSync(join(root, file), 'utf8')) }));
const schemaText = () => readFileSync(join(root, 'apps/gateway/schema.graphql'), 'utf8');

/** The types of the operations of the browser application, and a document for each that holds nothing but its id. */
export async function webOperations(): Promise<string> {
  const types = await typesOf(WEB);
  const documents = persisted().map(
    ({ name, kind, id }) =>
      `export const ${name}Document = known<${name}${kind}, ${name}${kind}Variables>('${kind.toLowerCase()}', '${id}');`,
  );
  return [bannerOf(WEB), "import { known } from './known.ts';", types, ...documents, ''].join('\n');
}

/** The same operations for the gateway: their texts by their ids. */
export function knownOperations(): string {
  const entries = persisted().map(({ id, text }) => {
    const escaped = text.replace(/[\\`]|\$\{/g, '\\$&');
    return `  '${id}': \`${escaped}\`,`;
  });
  return [
    bannerOf(WEB),
    '/** What the browser application asks, by `sha256:` and the SHA-256 of the text. */',
    'export const OPERATIONS: Readonly<Record<string, string>> = {',
    ...entries,
    '};',
    '',
  ].join('\n');
}

/** Those of the example of a typed client, as text with types: nothing else is needed to send them. */
export const exampleOperations = async (): Promise<string> =>
  `${bannerOf(EXAMPLES)}\n${await typesOf(EXAMPLES, true)}`;

const bannerOf = (pattern: string) =>
  `// Generated from ${pattern} and the gateway's schema by \`npm run generate\`. Do not edit.`;

interface Persisted {
  readonly name: string;
  readonly kind: 'Query' | 'Mutation' | 'Subscription';
  readonly id: string;
  /** The operation with the fragments that it needs, and with the names of types, by which the client knows what changed. */
  readonly text: string;
}

/**
 * What the browser application asks.
 * @throws Error when an operation has no name or does not fit the schema
 */
export function persisted(): Persisted[] {
  const definitions = read(WEB).flatMap(({ document }) => document.definitions);
  const fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one]] : [])),
  );
  const schema = buildSchema(schemaText());
  return definitions.flatMap((operation) => {
    if (operation.kind !== Kind.OPERATION_DEFINITION) return [];
    const document = withTypeNames({
      kind: Kind.DOCUMENT,
      definitions: [operation, ...neededBy(operation, fragments)],
    });
    const name = operation.name?.value;
    const errors = validate(schema, document);
    if (!name || errors.length > 0) throw new Error(`${name ?? 'An operation'}: ${errors.join('\n')}`);
    const text = print(document);
    return {
      name,
      kind: ({ query: 'Query', mutation: 'Mutation', subscription: 'Subscription' } as const)[
        operation.operation
      ],
      id: `sha256:${createHash('sha256').update(text).digest('hex')}`,
      text,
    };
  });
}

/** The fragments that a definition spreads, and those that they spread, each once. */
function neededBy(
  definition: OperationDefinitionNode | FragmentDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  found = new Set<FragmentDefinitionNode>(),
): Set<FragmentDefinitionNode> {
  visit(definition, {
    FragmentSpread: ({ name }) => {
      const fragment = fragments.get(name.value);
      if (!fragment || found.has(fragment)) return;
      found.add(fragment);
      neededBy(fragment, fragments, found);
    },
  });
  return found;
}

const withTypeNames = (document: DocumentNode): DocumentNode =>
  visit(document, {
    SelectionSet: {
      leave(set, _key, parent) {
        const selects = set.selections.some(
          (one) => one.kind === Kind.FIELD && one.name.value === '__typename' && !one.alias,
        );
        if (selects || (parent as OperationDefinitionNode).kind === Kind.OPERATION_DEFINITION) return;
        const typeName = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
        return { ...set, selections: [...set.selections, typeName] };
      },
    },
  });

/**
 * The types of variables and results of the operations of `.graphql` files, by the gateway's committed schema.
 * @param asText also a document for each operation, as text
 * @throws GraphQLError or AggregateError when an operation does not fit the schema
 */
async function typesOf(pattern: string, asText = false): Promise<string> {
  const schema = schemaText();
  return codegen({
    filename: 'operations.generated.ts',
    schema: parse(schema),
    schemaAst: buildSchema(schema),
    documents: read(pattern),
    config: {
      // Dates, months and exact decimals cross the wire as text; the screens format them, nothing computes with floats.
      scalars: { ID: 'string', YearMonth: 'string', Date: 'string', DateTime: 'string', Decimal: 'string' },
      strictScalars: true,
      enumsAsTypes: true,
      useTypeImports: true,
      // A fragment that two others include is sent once: the gateway counts tokens.
      dedupeFragments: true,
      ...(asText ? { documentMode: 'string' } : {}),
    },
    plugins: [{ operations: {} }, ...(asText ? [{ typedDocumentNode: {} }] : [])],
    pluginMap: { operations, typedDocumentNode },
  });
}
