import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** The typed operations of the browser application. */
export const webOperations = (): Promise<string> =>
  operationsOf('apps/web/src/**/*.graphql', { documentMode: 'graphQLTag', gqlImport: 'urql#gql' });

/** Those of the example of a typed client, as text with types: nothing else is needed to send them. */
export const exampleOperations = (): Promise<string> =>
  operationsOf('docs/examples/*.graphql', { documentMode: 'string' });

/**
 * The operations of `.graphql` files, by the gateway's committed schema: a document for each, with the types of its variables
 * and its result.
 * @throws GraphQLError or AggregateError when an operation does not fit the schema
 */
async function operationsOf(pattern: string, mode: object): Promise<string> {
  const schema = readFileSync(join(root, 'apps/gateway/schema.graphql'), 'utf8');
  const files = globSync(pattern, { cwd: root }).sort();
  const content = await codegen({
    filename: 'operations.generated.ts',
    schema: parse(schema),
    schemaAst: buildSchema(schema),
    documents: files.map((file) => ({
      location: file,
      document: parse(readFileSync(join(root, file), 'utf8')),
    })),
    config: {
      // Dates, months and exact decimals cross the wire as text; the screens format them, nothing computes with floats.
      scalars: { ID: 'string', YearMonth: 'string', Date: 'string', DateTime: 'string', Decimal: 'string' },
      strictScalars: true,
      enumsAsTypes: true,
      useTypeImports: true,
      // A fragment that two others include is sent once: the gateway counts tokens.
      dedupeFragments: true,
      ...mode,
    },
    plugins: [{ operations: {} }, { typedDocumentNode: {} }],
    pluginMap: { operations, typedDocumentNode },
  });
  return `// Generated from ${pattern} and the gateway's schema by \`npm run generate\`. Do not edit.\n${content}`;
}
