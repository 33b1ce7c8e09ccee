import { Refusal } from './refusals.ts';
import { findUnwritable, unwritable } from './writable.ts';

describe('what people send', () => {
  it.each([
    ['NUL', 'a\u0000b', 'U+0000'],
    ['escape', '\u001b[31m', 'U+001B'],
    ['half a character', 'a\ud800b', 'U+D800'],
    ['a turn of direction', 'invoice\u202efdp.exe', 'U+202E'],
    ['an isolate', '\u2066x', 'U+2066'],
  ])('is not written with %s', (_, text, character) => {
    expect(findUnwritable({ values: [{ note: 'baik' }, { note: text }] })).toEqual({
      field: 'values.1.note',
      character,
    });
  });

  it('is named by its holder when the name itself is wrong', () => {
    expect(findUnwritable({ people: { 'a\u0000': 1 } })).toEqual({ field: 'people', character: 'U+0000' });
  });

  it('may have lines, tabs, every script and whole characters', () => {
    expect(findUnwritable(['baris 1\r\n\tbaris 2', 'ꦲꦏ꧀ꦱꦫ', '👩‍⚕️ ≥ 80 %', 7, null, true])).toBeNull();
  });

  it('is refused in the language of the sentence', () => {
    const details = { field: 'note', problem: unwritable('U+0000') };
    const { message } = new Refusal('input.invalid', details, 'note').toData();
    expect(message.id).toMatch(/^Isian tidak sah pada note: berisi karakter U\+0000 /);
    expect(message.en).toMatch(/at note: holds the character U\+0000,/);
  });
});
