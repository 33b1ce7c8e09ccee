import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MATRIX } from '@lokmin/access';
import { buildSchema, isObjectType } from 'graphql';
import { RESOLVERS } from '../schema.ts';
import { RULES } from './rules.ts';

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8'));
const ROOTS = ['Query', 'Mutation', 'Subscription'];

/** `Type.field` of every method that resolves something, as the decorators of NestJS mark it. */
function resolved(): string[] {
  return RESOLVERS.flatMap((resolver) => {
    const prototype = resolver.prototype as object;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const method: unknown = Object.getOwnPropertyDescriptor(prototype, name)?.value;
      if (name === 'constructor' || typeof method !== 'function') return [];
      const own = (key: string): unknown => Reflect.getMetadata(key, method);
      const type = own('graphql:resolve_property')
        ? String(Reflect.getMetadata('graphql:resolver_name', resolver))
        : own('graphql:resolver_type');
      return typeof type === 'string' ? [`${type}.${(own('graphql:resolver_name') as string) ?? name}`] : [];
    });
  });
}

/** Every field of the printed schema that must ask somebody: those of the roots, and those with arguments. */
const asking = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.name.startsWith('__'))
  .flatMap((type) =>
    isObjectType(type)
      ? Object.values(type.getFields())
          .filter(({ args }) => args.length > 0 || ROOTS.includes(type.name))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );

describe('a field of the schema', () => {
  it('has a rule by which somebody may have it, and every rule has its field', () => {
    expect(Object.keys(RULES).sort()).toEqual([...new Set(resolved())].sort());
  });

  it('is resolved by a method that is looked at here, where it asks anything', () => {
    const known = new Set(resolved());
    expect(asking.filter((field) => !known.has(field))).toEqual([]);
    expect(asking.length).toBeGreaterThan(50);
  });

  it('is public where its method says so, and nowhere else', () => {
    const isPublic = RESOLVERS.flatMap((resolver) => {
      const prototype = resolver.prototype as object;
      return Object.getOwnPropertyNames(prototype).filter((name) =>
        Boolean(
          Reflect.getMetadata(
            'lokmin.public',
            Object.getOwnPropertyDescriptor(prototype, name)!.value as object,
          ),
        ),
      );
    });
    const declared = Object.keys(RULES).filter((field) => RULES[field] === 'public');
    expect(declared.map((field) => field.split('.')[1]).sort()).toEqual(isPublic.sort());
  });

  it('changes something only by an operation, or for its own person', () => {
    for (const [field, rule] of Object.entries(RULES))
      if (field.startsWith('Mutation.'))
        expect([field, rule]).toEqual([
          field,
          expect.stringMatching(
            new RegExp(
              `^(${[...Object.keys(MATRIX), 'public', 'own', 'own action', 'guest link'].join('|')})$`,
            ),
          ),
        ]);
  });
});
