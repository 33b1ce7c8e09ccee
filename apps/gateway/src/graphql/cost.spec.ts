import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { getOperationAST, parse, validate, type GraphQLSchema } from 'graphql';
import { RESOLVERS } from '../schema.ts';
import { costOf, costOfAnswer, MAX_COST } from './cost.ts';
import { OPERATIONS } from './operations.generated.ts';

let schema: GraphQLSchema;
beforeAll(async () => {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, { logger: false });
  schema = await app.get(GraphQLSchemaFactory).create(RESOLVERS);
  await app.close();
});
const cost = (text: string, variables: Record<string, unknown> = {}): number => {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return costOf(schema, document, getOperationAST(document)!, variables);
};

describe('the cost of an operation', () => {
  it.each([
    ['a value and what it stands in', '{ viewer { id } }', 2],
    ['a request to a service', '{ viewer { name } }', 22],
    // the part, its list of 50 by default with an id each, and one request
    ['a page that is not said', '{ viewer { myActions { nodes { id } } } }', 1 + 20 + 1 + 50 * 2],
    ['a page of ten', '{ viewer { myActions(first: 10) { nodes { id } } } }', 1 + 20 + 1 + 10 * 2],
    [
      'a change',
      'mutation { markMessagesRead(input: { commandId: "a", messages: [] }) { __typename } }',
      50 + 1 + 1,
    ],
  ])('counts %s', (_what, text, expected) => {
    expect(cost(text)).toBe(expected);
  });

  it('counts a page by its variable, by the default of that, and by that of the schema', () => {
    const text = (first: string) =>
      `query ($n: Int${first}) { viewer { myActions(first: $n) { nodes { id } } } }`;
    const of = (items: number) => 22 + items * 2;
    expect(cost(text('! '), { n: 7 })).toBe(of(7));
    expect(cost(text(' = 8'))).toBe(of(8));
    expect(cost(text(' = 8'), { n: 9 })).toBe(of(9));
    expect(cost(text(''))).toBe(of(50));
  });

  it('counts what is selected through fragments, and goes through each of them once', () => {
    expect(cost('{ viewer { ...A } } fragment A on Viewer { id ... on Node { id } }')).toBe(3);
    const levels = 40; // gone through each time, these would be 2^40 selections
    const doubled = Array.from(
      { length: levels },
      (_, i) =>
        `fragment F${i} on Viewer { ${i + 1 < levels ? `...F${i + 1} a: __typename ...F${i + 1}` : 'name'} }`,
    );
    const document = parse(`{ viewer { ...F0 } } ${doubled.join(' ')}`);
    expect(() => costOf(schema, document, getOperationAST(document)!, {})).toThrow(/costs/);
  });

  it.each([
    ['2147483647', {}, ''],
    ['201', {}, ''],
    ['0', {}, ''],
    ['-1', {}, ''],
    ['$n', { n: 2147483647 }, '($n: Int!)'],
    ['$n', {}, '($n: Int = 2147483647)'],
  ])('is not counted for a page that is none: %s', (first, variables, head) => {
    expect(() =>
      cost(`query ${head} { viewer { myActions(first: ${first}) { nodes { id } } } }`, variables),
    ).toThrow(/first/);
  });

  it('ends at a limit that no operation of the browser application comes near', () => {
    const wide = Array.from({ length: 15 }, (_, i) => `a${i}: myActions(first: 200) { nodes { ...A } }`);
    const fields = 'id revision title status ownerName dueDate progress overdue createdAt updatedAt agreedAt';
    const text = `{ viewer { ${wide.join(' ')} } } fragment A on Action { ${fields} puskesmas { id code name } indicatorCode indicatorName ownerId carriedOver needsCompletion unsupported ownerLeft history { note at } problem { id } }`;
    const known = parse(text);
    expect(() => costOf(schema, known, getOperationAST(known)!, {})).toThrow(`at most ${MAX_COST}`);
    for (const operation of Object.values(OPERATIONS)) {
      const document = parse(operation);
      const of = getOperationAST(document)!;
      const variables: Record<string, unknown> = { first: 200 };
      for (const { variable, type } of of.variableDefinitions!)
        if (type.kind === 'NonNullType') variables[variable.name.value] ??= '2024-12';
      expect([of.name?.value, costOf(schema, document, of, variables) < MAX_COST / 3]).toEqual([
        of.name?.value,
        true,
      ]);
    }
  });
});

it('an answer costs its values, what was asked for it, and its changes', () => {
  const read = getOperationAST(parse('{ a }'))!;
  const change = getOperationAST(parse('mutation { a b }'))!;
  expect(costOfAnswer({ a: { b: 1, c: null, d: ['x', 'y'] } }, read, 2)).toBe(1 + 1 + 1 + 2 + 40);
  expect(costOfAnswer({ a: null, b: null }, change, 0)).toBe(100 + 2);
  expect(costOfAnswer(null, read, 0)).toBe(1);
});
