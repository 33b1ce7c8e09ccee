import {
  buildSchema,
  findBreakingChanges,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type GraphQLField,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (name: string) => buildSchema(readFileSync(join(import.meta.dirname, '..', name), 'utf8'));
const schema = read('schema.graphql');
const objects = Object.values(schema.getTypeMap()).filter(
  (type) => isObjectType(type) && !type.name.startsWith('__'),
);
const fields = objects.flatMap((type) =>
  isObjectType(type)
    ? Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field] as const)
    : [],
);

it('breaks no client of the last release', () => {
  // For a new major version the file is made anew: cp apps/gateway/schema.graphql apps/gateway/schema.released.graphql
  const broken = findBreakingChanges(read('schema.released.graphql'), schema);
  expect(broken.map(({ description }) => description)).toEqual([]);
});

describe('by convention', () => {
  /** Of the session alone: done at once, with nothing that could be done twice. */
  const SESSION = [
    'signIn',
    'completeSignIn',
    'signInService',
    'openGuestLink',
    'useCode',
    'signOut',
    'refreshSession',
  ];
  const mutations = Object.values(schema.getMutationType()!.getFields());

  it.each(mutations.map((field) => [field.name, field] as const))(
    '%s takes one input with a command id and returns its result or a refusal',
    (name, { type, args }: GraphQLField<unknown, unknown>) => {
      const result = getNamedType(type);
      if (name === 'signOut') return;
      expect(isUnionType(result) && result.getTypes().map((one) => one.name)).toContain('Refusal');
      if (SESSION.includes(name)) return;
      expect(args.map((arg) => arg.name)).toEqual(['input']);
      const input = getNamedType(args[0]!.type);
      expect(isInputObjectType(input) && Object.keys(input.getFields())).toContain('commandId');
    },
  );

  it('a connection is paged by keys and counts itself', () => {
    const connections = fields.filter(([, { type }]) => {
      const named = getNamedType(type);
      return isObjectType(named) && 'pageInfo' in named.getFields();
    });
    expect(connections.length).toBeGreaterThan(4);
    for (const [name, { type, args }] of connections) {
      const connection = getNamedType(type);
      if (!isObjectType(connection)) throw new Error(name);
      expect([name, Object.keys(connection.getFields())]).toEqual([
        name,
        expect.arrayContaining(['nodes', 'edges', 'pageInfo', 'totalCount']),
      ]);
      expect([name, args.map((arg) => arg.name)]).toEqual([name, expect.arrayContaining(['first', 'after'])]);
    }
  });

  it('a part says how its service answered, and why not', () => {
    const parts = objects.filter((type) => type.name.endsWith('Part'));
    expect(parts.length).toBeGreaterThan(5);
    for (const part of parts) {
      if (!isObjectType(part)) continue;
      const { status, message } = part.getFields();
      expect([part.name, isNonNullType(status?.type), Boolean(message)]).toEqual([part.name, true, true]);
      // Whatever else is in it may be missing.
      for (const field of Object.values(part.getFields()))
        if (field.name !== 'status')
          expect([part.name, field.name, isNonNullType(field.type)]).toEqual([part.name, field.name, false]);
    }
  });

  it('a node has an id, and what `node` gives can be asked for by it', () => {
    const node = schema.getType('Node');
    expect(isInterfaceType(node) && Object.keys(node.getFields())).toEqual(['id']);
    expect(
      schema
        .getPossibleTypes(node as never)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(expect.arrayContaining(['Action', 'District', 'Meeting', 'Puskesmas', 'Viewer']));
  });

  it('no number of the domain is a float', () => {
    expect(
      fields.filter(([, { type }]) => getNamedType(type).name === 'Float').map(([name]) => name),
    ).toEqual([]);
  });
});
