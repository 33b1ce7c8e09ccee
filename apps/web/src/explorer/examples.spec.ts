import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getVariableValues, parse, validate, type OperationDefinitionNode } from 'graphql';
import { EXAMPLES } from './examples.ts';

const schema = buildSchema(
  readFileSync(join(import.meta.dirname, '../../../gateway/schema.graphql'), 'utf8'),
);

it.each(Object.entries(EXAMPLES))(
  'the example %s fits the schema, with its variables',
  (_, { query, variables }) => {
    const document = parse(query);
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
    const [operation] = document.definitions as [OperationDefinitionNode];
    expect(getVariableValues(schema, operation.variableDefinitions ?? [], variables).errors).toBeUndefined();
  },
);
