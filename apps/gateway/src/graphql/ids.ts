import { parseGlobalId, Refusal } from '@lokmin/contracts';

/**
 * The key inside a global id.
 * @param field where it came from, for the refusal
 * @throws Refusal `input.invalid` when it is not the id of such a thing
 */
export function keyOf(type: string, id: string, field: string): string {
  const parsed = parseGlobalId(id);
  if (parsed?.type !== type) throw new Refusal('input.invalid', { field, problem: `${type}.id` }, field);
  return parsed.key;
}

export const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The key inside the global id of a thing that is looked for; null when it is the id of no such thing. */
export function uuidOf(type: string, id: string): string | null {
  const parsed = parseGlobalId(id);
  return parsed?.type === type && UUID.test(parsed.key) ? parsed.key : null;
}
