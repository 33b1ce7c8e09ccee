import { draftsOf, type Draft } from './drafts.ts';

/** A page that shows `revision` with the drafts typed on it. */
function aPage() {
  let all: Readonly<Record<string, Draft>> = {};
  return (revision: number) =>
    draftsOf(
      all,
      (change) => {
        all = change(all);
      },
      revision,
    );
}

describe('what is typed', () => {
  it('is the saved text until somebody types', () => {
    const page = aPage();
    expect(page(1).text('notes', 'saved')).toBe('saved');
    expect(page(2).text('notes', 'saved by another')).toBe('saved by another');
    expect(page(2).base('notes', 'saved by another')).toBeNull();
  });

  it('stays when the page learns that another saved something else, and knows what it was typed on', () => {
    const page = aPage();
    page(1).type('notes', 'typed', 'saved');
    page(1).type('notes', 'typed on', 'saved');
    expect(page(2).text('notes', 'saved by another')).toBe('typed on');
    expect(page(2).base('notes', 'saved by another')).toBe('saved');
  });

  it('gives way to the saved text once the page shows the revision that saved it', () => {
    const page = aPage();
    page(1).type('notes', 'typed', 'saved');
    page(1).saved('notes', 'typed', 2);
    expect(page(1).text('notes', 'saved')).toBe('typed');
    expect(page(1).base('notes', 'saved')).toBeNull();
    expect(page(3).text('notes', 'later by another')).toBe('later by another');
  });

  it('after it was sent goes on from what was sent', () => {
    const page = aPage();
    page(1).type('notes', 'first', 'saved');
    page(1).type('notes', 'first and second', 'saved');
    page(1).saved('notes', 'first', 2);
    expect(page(2).text('notes', 'first')).toBe('first and second');
    expect(page(2).base('notes', 'first')).toBe('first');
  });

  it('of one thing says nothing of another', () => {
    const page = aPage();
    page(1).type('a', 'typed', '');
    expect(page(1).text('b', 'saved')).toBe('saved');
    page(1).drop('a');
    expect(page(1).text('a', '')).toBe('');
  });
});
