import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/**
 * The typed operations of the browser application, from its `.graphql` files and the gateway's committed schema: one
 * `TypedDocumentNode` for each operation, with the types of its variables and its result.
 * @throws GraphQLError or AggregateError when an operation does not fit the schema
 */
export async function webOperations(): Promise<string> {
  const schema = readFileSync(join(root, 'apps/gateway/schema.graphql'), 'utf8');
  const files = globSync('apps/web/src/**/*.graphql', { cwd: root }).sort();
  const content = await codegen({
    filename: 'apps/web/src/api/operations.generated.ts',
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
      documentMode: 'graphQLTag',
      gqlImport: 'urql#gql',
    },
    plugins: [{ operations: {} }, { typedDocumentNode: {} }],
    pluginMap: { operations, typedDocumentNode },
  });
  return `// Generated from apps/web/src/**/*.graphql and the gateway's schema by \`npm run generate\`. Do not edit.\n${content}`;
}
