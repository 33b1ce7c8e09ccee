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
