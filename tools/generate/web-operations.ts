import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as operations from '@graphql-codegen/typescript-operations';
import { buildSchema, parse } from 'graphql';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';

const root = join(import.meta.dirname, '../..');

/** Where the generated file stands, relative to the repository. */
export const WEB_OPERATIONS = 'apps/web/src/api/operations.generated.ts';

/**
 * The typed operations of the browser application, from its `.graphql` files and the gateway's schema: one
 * `TypedDocumentNode` for each operation, with the types of its variables and its result.
 * @throws GraphQLError or AggregateError when an operation does not fit the schema
 */
export async function webOperations(schemaFile = join(root, 'apps/gateway/schema.graphql')): Promise<string> {
  const files = globSync('apps/web/src/**/*.graphql', { cwd: root }).sort();
  const schema = readFileSync(schemaFile, 'utf8');
  const content = await codegen({
    filename: WEB_OPERATIONS,
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
  const banner =
    '// Generated from apps/web/src/**/*.graphql and apps/gateway/schema.graphql by `npm run generate`. Do not edit.\n';
  const options = await resolveConfig(join(root, WEB_OPERATIONS));
  return format(banner + content, { ...options, parser: 'typescript' });
}

/**
 * Writes the generated operations, or with `check` only compares.
 * @returns false when the committed file is not current
 */
export async function generateWebOperations(check: boolean, schemaFile?: string): Promise<boolean> {
  const wanted = await webOperations(schemaFile);
  const path = join(root, WEB_OPERATIONS);
  if (!check) writeFileSync(path, wanted);
  return !check || readFileSync(path, 'utf8') === wanted;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { check: { type: 'boolean', default: false }, schema: { type: 'string' } },
  });
  if (!(await generateWebOperations(values.check, values.schema))) {
    console.error(`${WEB_OPERATIONS} is not current: run \`npm run generate\` and commit it.`);
    process.exitCode = 1;
  }
}
