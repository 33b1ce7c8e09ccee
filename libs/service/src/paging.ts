import { invalidInput, problem, type Refusal } from '@lokmin/contracts';

/** Where a page of things in order of time ends; the next one begins after it. */
export const cursorOf = (at: Date, id: string): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/** What is refused where `after` is not such an end. */
export const notACursor = (): Refusal => invalidInput('after', problem('format.cursor'));

/** @throws Refusal `input.invalid` */
export function parseCursor(cursor: string): { at: string; id: string } {
  const [, at, id] =
    /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at))) throw notACursor();
  return { at, id };
}
