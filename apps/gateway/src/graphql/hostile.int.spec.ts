import fc from 'fast-check';
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLObjectType,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@lokmin/testing';
import { answerForDistrict, OFFICER, overview } from '../../test/district.ts';
import { post, startPeers, type Peers } from '../../test/peers.ts';
import { startGateway, type RunningGateway } from '../gateway.ts';

/** Requests that nobody in good faith sends. */
const REQUESTS = process.env['LOKMIN_LONG_TESTS'] ? 10_000 : 600;
const ANSWERED_WITHIN_MS = 5_000;

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8'));
const roots = [schema.getQueryType()!, schema.getMutationType()!, schema.getSubscriptionType()!];

interface Hostile {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\u0000',
    '"',
    '"""',
    '%00',
    "'; DROP TABLE meeting; --",
    '../../etc/passwd',
    '19.06',
    '2024-12',
  ),
  fc.constantFrom(500, 5_000, 200_000).map((length) => 'x'.repeat(length)),
);
const number = fc.oneof(
  fc.constantFrom(2147483647, -2147483648, 1e308, 0.1, -0, 9e15),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const literal = fc.oneof(
  number.map(String),
  text.map((value) => JSON.stringify(value)),
  fc.constantFrom('null', 'true', '[]', '{}', '$x', 'RED', '[[[[1]]]]', '{a: {a: {a: 1}}}'),
);

/** A value for an argument: one that would do, or anything. */
const argument = (type: GraphQLInputType): fc.Arbitrary<string> => {
  if (isNonNullType(type)) return argument(type.ofType);
  if (isListType(type))
    return fc.array(argument(type.ofType), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
  if (isEnumType(type)) return fc.constantFrom(...type.getValues().map(({ name }) => name));
  if (isInputObjectType(type))
    return fc
      .tuple(
        ...Object.values(type.getFields()).map((field) =>
          argument(field.type).map((value) => `${field.name}: ${value}`),
        ),
      )
      .map((fields) => `{${fields.join(', ')}}`);
  return literal;
};

/** A selection that the schema knows, as deep and as wide as chance has it. */
const selection = (type: GraphQLObjectType, depth: number): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...Object.values(type.getFields())), { minLength: 1, maxLength: 4 })
    .chain((fields) =>
      fc.tuple(
        ...fields.map((field, i) => {
          const inner = getNamedType(field.type);
          const inside: fc.Arbitrary<string> = !isCompositeType(inner)
            ? fc.constant('')
            : depth > 0 && isObjectType(inner)
              ? selection(inner, depth - 1).map((set) => ` ${set}`)
              : fc.constant(' { __typename }');
          const given = fc.tuple(
            ...field.args.map((arg) => argument(arg.type).map((value) => `${arg.name}: ${value}`)),
          );
          return fc
            .tuple(given, inside)
            .map(
              ([args, set]) => `a${i}: ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${set}`,
            );
        }),
      ),
    )
    .map((parts) => `{ ${parts.join(' ')} }`);
const known = fc
  .tuple(fc.constantFrom(...roots), fc.integer({ min: 0, max: 6 }))
  .chain(([root, depth]) => selection(root, depth).map((set) => `${root.name.toLowerCase()} ${set}`));

const count = fc.constantFrom(2, 20, 200, 2_000);
const wide = fc.oneof(
  count.map((n) => `{ ${Array.from({ length: n }, (_, i) => `a${i}: viewer { id }`).join(' ')} }`),
  count.map((n) => `{ viewer { id ${'@include(if: true) '.repeat(n)} } }`),
  count.map((n) => `{ viewer ${'{ inbox(first: 200) { nodes '.repeat(n)}{ id }${' } }'.repeat(n)} }`),
  count.map((n) => `${'{'.repeat(n)}`),
  count.map(
    (n) => `query (${Array.from({ length: n }, (_, i) => `$v${i}: Int`).join(' ')}) { viewer { id } }`,
  ),
  count.map(
    (n) =>
      `{ ...F0 } ${Array.from({ length: n }, (_, i) => `fragment F${i} on Query { ...F${(i + 1) % n} ...F${(i + 7) % n} }`).join(' ')}`,
  ),
  count.map((n) => `{ node(id: "${'A'.repeat(n)}") { id } }`),
  count.map(
    (n) =>
      `{ district(code: "19.06") { overview(period: "2024-12") { rows { puskesmas { actions(first: ${n}) { nodes { puskesmas { actions(first: ${n}) { nodes { id } } } } } } } } } }`,
  ),
  fc
    .integer({ min: 1, max: 12 })
    .map(
      (n) =>
        `{ __schema { types ${'{ fields { type { fields { type '.repeat(n)}{ name }${' } } } }'.repeat(n)} } }`,
    ),
);
/** A good request with some of its characters changed. */
const GOOD = overview().query as string;
const spoiled = fc
  .tuple(fc.nat(GOOD.length), fc.nat(20), fc.string({ unit: 'binary', maxLength: 8 }))
  .map(([at, length, put]) => GOOD.slice(0, at) + put + GOOD.slice(at + length));

const document = fc.oneof(known, wide, spoiled, text);
/** As JSON. */
const variables = fc.oneof(
  fc.constant('{}'),
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(10, 1_000, 20_000).map((depth) => `{"v": ${'['.repeat(depth)}${']'.repeat(depth)}}`),
  fc.constant('{"__proto__": {"code": "19.06"}, "constructor": {"prototype": {}}}'),
);
const body = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(document, variables)
      .map(([query, given]) => `{"query": ${JSON.stringify(query)}, "variables": ${given}}`),
  },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ query: document }), { maxLength: 50 }).map((it) => JSON.stringify(it)),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.json(),
      text,
      fc.constantFrom('{"query":', 'null', '1', '{"query": 7}', '\ufeff{}'),
    ),
  },
);
const headers = fc.record({
  'content-type': fc.constantFrom(
    ...Array<string>(6).fill('application/json'),
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
  ),
  accept: fc.constantFrom(
    '*/*',
    'application/json',
    'application/graphql-response+json',
    'text/html',
    'x/y;q=nonsense',
  ),
  'accept-language': fc.constantFrom('id', 'en', '*;q=0', 'x'.repeat(2_000)),
  'lokmin-seen': fc.constantFrom('', 'nonsense', '{"a":1}', 'x'.repeat(3_000)),
  'lokmin-correlation': fc.constantFrom('', '../..', 'a b', 'x'.repeat(500)),
});
const request: fc.Arbitrary<Hostile> = fc
  .tuple(fc.constantFrom(...Array<string>(20).fill('POST'), 'GET', 'PUT', 'DELETE'), headers, body)
  .map(([method, given, content]) => ({
    method,
    headers: given,
    body: method === 'GET' ? undefined : content,
  }));

/** What an answer never says: where the code stands, what the database was asked. */
const INSIDE = /node_modules|\\n +at |\.ts:\d|QueryFailed|SELECT .+ FROM|ECONNREFUSED|\/apps\/|\/libs\//;

let peers: Peers;
let gateway: RunningGateway;
let token: string;
beforeAll(async () => {
  peers = await startPeers();
  gateway = await startGateway(
    peers.config({
      LOKMIN_RATE_PER_SECOND: '1000000',
      LOKMIN_RATE_BURST: '1000000',
      LOKMIN_SIGN_IN_RATE_PER_MINUTE: '1000000',
    }),
  );
  await eventually(async () => (await fetch(`http://127.0.0.1:${gateway.port}/health/ready`)).ok);
  token = await peers.token(OFFICER);
  answerForDistrict(peers);
});
afterAll(async () => {
  await gateway?.stop();
  await peers?.stop();
});

it(`${REQUESTS} hostile requests leave the gateway answering, and learn nothing from it`, async () => {
  const statuses = new Map<number, number>();
  const signed = fc.constantFrom(
    `Bearer ${token}`,
    `Bearer ${token}`,
    `Bearer ${token}`,
    'Bearer x.y.z',
    'Basic eDp5',
    '',
  );
  await fc.assert(
    fc.asyncProperty(
      request,
      signed,
      fc.constantFrom('/graphql', '/graphql', '/graphql', '/graphql/stream'),
      async (hostile, authorization, path) => {
        const response = await fetch(`http://127.0.0.1:${gateway.port}${path}`, {
          ...hostile,
          headers: { ...hostile.headers, ...(authorization ? { authorization } : {}) },
          signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
        });
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        // A stream stands open; that it was opened is its answer.
        if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
          await response.body?.cancel();
          expect(response.status).toBe(200);
          return;
        }
        const said = await response.text();
        expect(response.status).toBeLessThan(500);
        expect(said).not.toMatch(INSIDE);
        const { data, errors } = JSON.parse(said) as {
          data?: unknown;
          errors?: { extensions: { code: string; text?: { id: string; en: string } } }[];
        };
        expect(data !== undefined || errors !== undefined).toBe(true);
        for (const { extensions } of errors ?? []) {
          expect(extensions.code).not.toBe('INTERNAL');
          expect(extensions.text).toEqual({ id: expect.any(String), en: expect.any(String) });
        }
      },
    ),
    { numRuns: REQUESTS, seed: 19_06, endOnFailure: false },
  );
  // Not all were stopped at the first check.
  expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 400]));

  const answer = await post(gateway.port, overview(), { authorization: `Bearer ${token}` });
  expect(answer.body?.data).toMatchObject({ district: { overview: { indicators: { status: 'OK' } } } });
}, 900_000);
