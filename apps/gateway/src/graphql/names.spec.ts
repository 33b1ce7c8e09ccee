import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as contracts from '@lokmin/contracts';
import { Refusal, type AskType } from '@lokmin/contracts';
import { buildSchema, isInputObjectType, isObjectType } from 'graphql';
import { inNamesOfSchema, pathInSchema } from './names.ts';

const schema = buildSchema(
  readFileSync(join(import.meta.dirname, '../../../..', 'apps/gateway/schema.graphql'), 'utf8'),
);
/** What callers of the schema can fill in. */
const NAMES = new Set(
  Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isInputObjectType(type)) return Object.keys(type.getFields());
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).flatMap(({ args }) => args.map(({ name }) => name));
  }),
);

/** Asked by the command line only. */
const ELSEWHERE: AskType[] = [contracts.ImportDirectory, contracts.PublishBundle];
/** Filled in by the gateway itself: from cookie and headers, or found by what was asked for. */
const OWN = ['refreshToken', 'device', 'address', 'answer', 'binding', 'coachingGroupId', 'purpose'];

const ASKS = Object.values<unknown>(contracts).filter(
  (thing): thing is AskType =>
    typeof thing === 'object' && thing !== null && 'input' in thing && !ELSEWHERE.includes(thing as AskType),
);

interface Def {
  readonly type: string;
  readonly innerType?: Schema;
  readonly element?: Schema;
  readonly shape?: Record<string, Schema>;
}
interface Schema {
  readonly _zod: { readonly def: unknown };
}
const defOf = (schema: Schema) => schema._zod.def as Def;
const pathsIn = (schema: Schema, path: string[] = []): string[] => {
  const { innerType, element, shape } = defOf(schema);
  if (innerType) return pathsIn(innerType, path);
  if (element) return [path.join('.'), ...pathsIn(element, [...path, '0'])];
  if (!shape) return [path.join('.')];
  return Object.entries(shape).flatMap(([name, part]) => pathsIn(part, [...path, name]));
};

it('a field of a service is told by a name that the schema has', () => {
  expect(ASKS.length).toBeGreaterThan(40);
  for (const { subject, input } of ASKS)
    for (const path of pathsIn(input)) {
      const names = pathInSchema(path)
        .split('.')
        .filter((name) => !/^\d+$/.test(name));
      const unknown = names.filter((name) => !NAMES.has(name) && !OWN.includes(name));
      expect([subject, path, unknown]).toEqual([subject, path, []]);
    }
});

it.each([
  ['sessionIds.1', 'sessions.1'],
  ['attendees.0.attendeeId', 'attendees.0.attendee'],
  ['email.action', 'action'],
  ['note', 'note'],
])('what a service calls %s is %s', (field, named) => {
  const refusal = inNamesOfSchema(new Refusal('input.invalid', { field, problem: 'x' }, field)).toData();
  expect([refusal.field, refusal.details['field'], refusal.message.en]).toEqual([
    named,
    named,
    `The input is not valid at ${named}: x.`,
  ]);
});
