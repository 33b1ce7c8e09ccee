import type { AgendaFieldsFragment } from '../api/operations.generated.ts';
import { fittingOf, outcomeOf } from './outcome.ts';

type Item = Pick<AgendaFieldsFragment, 'title' | 'kind' | 'decision' | 'actionStatus'>;
const titles = (items: readonly Item[]) => items.map(({ title }) => title);

describe('what a meeting would come to', () => {
  const agenda: Item[] = [
    { title: 'goes on', kind: 'REVIEW', decision: 'CONTINUE', actionStatus: 'IN_PROGRESS' },
    { title: 'agreed before', kind: 'REVIEW', decision: null, actionStatus: 'PROPOSED' },
    { title: 'done', kind: 'REVIEW', decision: 'NOTED', actionStatus: 'COMPLETED' },
    { title: 'ready', kind: 'PROPOSAL', decision: 'AGREE', actionStatus: 'READY' },
    { title: 'bare', kind: 'PROPOSAL', decision: 'AGREE', actionStatus: 'PROPOSED' },
    { title: 'later', kind: 'PROPOSAL', decision: 'PUT_OFF', actionStatus: 'PROPOSED' },
    { title: 'open', kind: 'PROPOSAL', decision: null, actionStatus: 'PROPOSED' },
    { title: 'withdrawn', kind: 'PROPOSAL', decision: null, actionStatus: 'WITHDRAWN' },
    { title: 'red', kind: 'RESULT', decision: null, actionStatus: null },
    { title: 'topic', kind: 'TOPIC', decision: 'NOTED', actionStatus: null },
  ];
  const outcome = outcomeOf(agenda);

  it('agrees on the proposals that it says so of, ready or not', () => {
    expect(titles(outcome.agreed)).toEqual(['ready', 'bare']);
    expect(titles(outcome.putOff)).toEqual(['later']);
  });

  it('carries over what has not ended, whatever was said of it', () => {
    expect(titles(outcome.carriedOver)).toEqual(['goes on', 'agreed before']);
  });

  it('tells what still needs an owner and a due date', () => {
    expect(titles(outcome.incomplete)).toEqual(['bare', 'agreed before']);
  });

  it('waits for a decision on every proposal that stands', () => {
    expect(titles(outcome.undecided)).toEqual(['open']);
  });
});

it('what has ended is noted, not continued', () => {
  expect(fittingOf({ kind: 'REVIEW', actionStatus: 'READY' })).toEqual(['CONTINUE', 'NOTED']);
  expect(fittingOf({ kind: 'REVIEW', actionStatus: 'COMPLETED' })).toEqual(['NOTED']);
});
