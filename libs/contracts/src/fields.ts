import { z } from 'zod';
import type { Problem } from './problems.ts';

/** What a rule of our own has against a value, as `problemOf` tells it. */
const says = (problem: Problem) => ({ params: { problem } });

/** Something that can be seen; a space without width or a mark of direction alone cannot. */
const hasInk = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);
/** A control character or a line end. */
const BREAK = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** True for what fits on one line: a title, a place, a name. */
export const isOneLine = (text: string): boolean => !BREAK.test(text);

/** One line that may stay empty, trimmed. @param most UTF-16 units */
export const oneLineOrNone = (most: number) =>
  z.string().trim().max(most).refine(isOneLine, says('more-than-one-line'));
/** One line with something in it, trimmed: a title, a place, a name. @param most UTF-16 units */
export const oneLine = (most: number) => oneLineOrNone(most).refine(hasInk, says('blank'));

/**
 * Lines that may stay empty, kept as they were typed but for their ends, which are `\n`. Other control characters no
 * text has (`findUnwritable`).
 * @param most UTF-16 units
 */
export const linesOrNone = (most: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, '\n'))
    .max(most);
/** Lines with something in them, trimmed: a note, a reason. @param most UTF-16 units */
export const lines = (most: number) =>
  z
    .string()
    .trim()
    .overwrite((text) => text.replace(/\r\n?/g, '\n'))
    .max(most)
    .refine(hasInk, says('blank'));

/**
 * A list in which nothing stands twice; the refusal names the second one.
 * @param keyOf what makes two items the same
 * @param at the field of an item that it is about; none: the item itself
 */
export const withoutTwins =
  <Item>(problem: Problem, keyOf: (item: Item) => string, ...at: string[]) =>
  ({ value, issues }: z.core.ParsePayload<Item[]>): void => {
    const seen = new Set<string>();
    value.forEach((item, i) => {
      const key = keyOf(item);
      if (seen.has(key)) issues.push({ code: 'custom', path: [i, ...at], params: { problem }, input: item });
      seen.add(key);
    });
  };
