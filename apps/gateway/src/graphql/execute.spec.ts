import {
  execute,
  GraphQLEnumType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  parse,
} from 'graphql';
import { executeQuery } from './execute.ts';

const Thing = new GraphQLInterfaceType({ name: 'Thing', fields: { code: { type: GraphQLString } } });
const State = new GraphQLEnumType({ name: 'State', values: { GOOD: { value: 'good' } } });
interface Row {
  readonly code: string;
  readonly count: number;
}
const Unit: GraphQLObjectType<Row> = new GraphQLObjectType<Row>({
  name: 'Unit',
  interfaces: [Thing],
  fields: () => ({
    code: { type: GraphQLString },
    name: { type: new GraphQLNonNull(GraphQLString) },
    count: { type: GraphQLInt },
    state: { type: State },
    notes: { type: new GraphQLList(new GraphQLNonNull(GraphQLString)) },
    zone: {
      type: GraphQLString,
      resolve: ({ code }) => Promise.resolve(`zone of ${code}`),
    },
    times: {
      type: GraphQLInt,
      args: { n: { type: GraphQLInt, defaultValue: 2 } },
      resolve: ({ count }, { n }: { n: number }) => count * n,
    },
    next: { type: Unit },
    broken: {
      type: GraphQLString,
      resolve: () => {
        throw new Error('broken');
      },
    },
    brokenLater: { type: GraphQLString, resolve: () => Promise.reject(new Error('broken later')) },
  }),
});
const UNITS = [
  {
    code: 'a',
    name: 'A',
    count: 1,
    state: 'good',
    notes: ['x', 'y'],
    next: { code: 'c', name: 'C', count: 3 },
  },
  { code: 'b', name: 'B', count: null, state: null, notes: [], next: null },
];
const units = { type: new GraphQLList(Unit), resolve: () => Promise.resolve(UNITS) };
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: 'Query',
    fields: {
      units,
      unit: { type: Unit, resolve: () => UNITS[0] },
      none: { type: Unit, resolve: () => null },
      grid: { type: new GraphQLList(new GraphQLList(GraphQLInt)), resolve: () => [[1, null], null, [3]] },
      nameless: { type: new GraphQLList(Unit), resolve: () => [...UNITS, { code: 'c' }] },
      notAList: { type: new GraphQLList(GraphQLInt), resolve: () => 'abc' },
      notANumber: { type: GraphQLInt, resolve: () => 'many' },
      things: {
        type: new GraphQLList(Thing),
        resolve: () => UNITS.map((one) => ({ ...one, __typename: 'Unit' })),
      },
      whose: { type: GraphQLString, resolve: (_source, _args, context: { who: string }) => context.who },
    },
  }),
  mutation: new GraphQLObjectType({ name: 'Mutation', fields: { units } }),
  types: [Unit],
});

const both = async (text: string, variables: Record<string, unknown> = {}) => {
  const document = parse(text);
  const context = { who: 'dinas' };
  const query = { schema, document, operationName: null, variables, context };
  expect(await executeQuery(query)).toBeNull(); // the first time
  return {
    quick: await executeQuery(query),
    slow: await execute({ schema, document, variableValues: variables, contextValue: context }),
  };
};
/** As it goes over the wire, with the order of fields. */
const wire = (value: unknown) => JSON.stringify(value);

describe('a query that goes well', () => {
  it.each([
    '{ units { code name count state notes } }',
    '{ units { __typename zone code times next { times(n: 5) zone } } none { code } whose }',
    '{ grid other: grid unit { code: name name: code } }',
    '{ units { ...F next { ...F } } unit { ... on Thing { code } ... { count } } } fragment F on Unit { code ...G } fragment G on Unit { name zone }',
    '{ unit { next { code } } unit { next { name next { code } } zone } }',
    '{ __typename a: __typename unit { t: __typename } }',
    'query ($yes: Boolean!, $no: Boolean = false) { unit { code @skip(if: $yes) name @include(if: $yes) ... on Unit @include(if: $no) { count } } }',
    'query ($n: Int) { units { times(n: $n) } }',
    '{ things { __typename code ... on Unit { count } } }',
    '{ __schema { queryType { name } } unit { code } }',
  ])('is answered as graphql-js answers it: %s', async (text) => {
    const { quick, slow } = await both(text, { yes: true, n: 7 });
    expect(slow.errors).toBeUndefined();
    expect(wire(quick)).toBe(wire(slow.data));
  });
});

describe('graphql-js executes', () => {
  it.each([
    ['what a resolver refuses', '{ units { code broken } }'],
    ['what a resolver refuses later', '{ units { zone brokenLater } }'],
    ['what a resolver refuses beside others that are waited for', '{ units { zone brokenLater broken } }'],
    ['a list in which the second item is refused', '{ nameless { zone name } }'],
    ['what is not there and should be', '{ nameless { code name } }'],
    ['what is no list', '{ notAList }'],
    ['what is no number', '{ notANumber }'],
    ['a mutation', 'mutation { units { code } }'],
    ['variables that do not fit', 'query ($n: Int!) { units { times(n: $n) } }'],
  ])('%s', async (_what, text) => {
    expect((await both(text)).quick).toBeNull();
  });
});
