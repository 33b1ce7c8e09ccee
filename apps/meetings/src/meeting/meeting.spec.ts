import { Refusal } from '@lokmin/contracts';
import type { AgendaItem, KnownAction } from './meeting.entity.ts';
import {
  agendaOf,
  demandAnotherHand,
  demandFitting,
  demandStart,
  furthest,
  monthsOf,
  outcomeOf,
} from './meeting.rules.ts';

const anAction = (given: Partial<KnownAction>): KnownAction => ({
  actionId: given.indicatorCode ?? 'action',
  revision: 1,
  unitId: 'manggar',
  indicatorCode: 'A',
  title: `Tindak lanjut ${given.indicatorCode ?? 'A'}`,
  status: 'ready',
  ownerName: 'Pemegang Program KIA',
  dueDate: '2025-01-31',
  overdue: false,
  progress: 0,
  agreed: true,
  carriedOver: 0,
  changedAt: new Date('2025-01-10T02:00:00Z'),
  ...given,
});
const red = (code: string, performance: string | null = '50.00') => ({
  code,
  name: `Cakupan ${code}`,
  performance,
});
const order = (...taken: Parameters<typeof agendaOf>) =>
  agendaOf(...taken).map(({ kind, indicatorCode }) => `${kind} ${indicatorCode}`);
const refusal = (act: () => unknown): string | null => {
  try {
    act();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};

describe('an agenda', () => {
  it('opens with the review: overdue first, then what was carried over most often, then by due date', () => {
    const actions = [
      anAction({ indicatorCode: 'LATER', dueDate: '2025-03-01' }),
      anAction({ indicatorCode: 'SOON', dueDate: '2025-02-01' }),
      anAction({ indicatorCode: 'CARRIED', carriedOver: 2 }),
      anAction({ indicatorCode: 'OVERDUE', overdue: true }),
    ];
    expect(order(actions, [], null)).toEqual([
      'review OVERDUE',
      'review CARRIED',
      'review SOON',
      'review LATER',
    ]);
  });

  it('then takes the proposals, worst indicator first, then what is red and has no action', () => {
    const proposal = { status: 'proposed', agreed: false, ownerName: null, dueDate: null };
    const actions = [
      anAction({ ...proposal, indicatorCode: 'B' }),
      anAction({ ...proposal, indicatorCode: 'A' }),
      anAction({ ...proposal, indicatorCode: 'OLD' }),
    ];
    expect(
      order(actions, [red('A', '9.50'), red('B', '79.99'), red('C', null), red('D', '10.00')], null),
    ).toEqual(['proposal A', 'proposal B', 'proposal OLD', 'result D', 'result C']);
  });

  it('reviews a proposal that a meeting agreed on and nobody completed', () => {
    expect(order([anAction({ status: 'proposed', ownerName: null, dueDate: null })], [], null)).toEqual([
      'review A',
    ]);
  });

  it('reviews what was completed since the last meeting, and neither what was before nor what was withdrawn', () => {
    const actions = [
      anAction({ indicatorCode: 'NEW', status: 'completed', changedAt: new Date('2025-01-20T00:00:00Z') }),
      anAction({ indicatorCode: 'OLD', status: 'completed', changedAt: new Date('2025-01-10T00:00:00Z') }),
      anAction({ indicatorCode: 'GONE', status: 'withdrawn' }),
    ];
    expect(order(actions, [], new Date('2025-01-13T04:00:00Z'))).toEqual(['review NEW']);
  });
});

describe('the months of a meeting', () => {
  it('are its own and, unless another is given, the one before', () => {
    expect(monthsOf('2025-01', null)).toEqual({ month: '2025-01', dataPeriod: '2024-12' });
    expect(monthsOf('2025-03', '2025-01')).toEqual({ month: '2025-03', dataPeriod: '2025-01' });
    expect(refusal(() => monthsOf('2025-01', '2025-01'))).toBe('meeting.period-not-before');
  });

  it('are of a year that nobody mistyped', () => {
    expect(monthsOf('2000-02', null)).toEqual({ month: '2000-02', dataPeriod: '2000-01' });
    for (const [month, dataPeriod] of [
      ['2000-01', null],
      ['1900-01', null],
      ['2025-01', '0204-12'],
    ] as const)
      expect(refusal(() => monthsOf(month, dataPeriod))).toBe('meeting.too-old');
  });

  it('let it start in its month by the clocks of the unit, or later', () => {
    const at = (startsAt: string) => () =>
      demandStart(
        '2025-01',
        { startsAt: new Date(startsAt), durationMinutes: 120, place: 'Aula' },
        'Asia/Jayapura',
        '2025-01-02',
      );
    expect(refusal(at('2024-12-31T15:00:00Z'))).toBeNull(); // midnight there
    expect(refusal(at('2024-12-31T14:59:00Z'))).toBe('meeting.outside-month');
    expect(refusal(at('2025-02-03T02:00:00Z'))).toBeNull();
    expect(refusal(at('2030-01-02T14:59:00Z'))).toBeNull(); // the last minute of the last day
    expect(refusal(at('2030-01-02T15:00:00Z'))).toBe('meeting.too-far');
  });
});

describe('the outcome of a meeting', () => {
  const item = (
    kind: AgendaItem['kind'],
    actionId: string,
    status: string,
    decision: AgendaItem['decision'],
  ) => ({ kind, actionId, decision, actionState: { status } }) as AgendaItem;

  it('names what was agreed and what is carried over, but nothing that ended meanwhile', () => {
    expect(
      outcomeOf([
        item('review', 'goes on', 'in_progress', 'continue'),
        item('review', 'undecided', 'ready', null),
        item('review', 'done', 'completed', 'noted'),
        item('proposal', 'agreed', 'proposed', 'agree'),
        item('proposal', 'put off', 'proposed', 'put_off'),
        item('proposal', 'withdrawn', 'withdrawn', 'agree'),
      ]),
    ).toEqual({ agreed: ['agreed'], carriedOver: ['goes on', 'undecided'] });
  });

  it('is refused while a proposal has no decision', () => {
    const undecided = [item('proposal', 'a', 'proposed', null)];
    expect(refusal(() => outcomeOf(undecided))).toBe('meeting.undecided');
    expect(refusal(() => outcomeOf([item('proposal', 'a', 'withdrawn', null)]))).toBeNull();
  });
});

describe('a decision', () => {
  it('fits the kind of the item, and continues nothing that has ended', () => {
    const fits = (kind: AgendaItem['kind'], status: string | null, decision: AgendaItem['decision']) =>
      refusal(() => demandFitting({ kind }, status, decision)) === null;
    expect(fits('review', 'in_progress', 'continue')).toBe(true);
    expect(fits('review', 'completed', 'continue')).toBe(false);
    expect(fits('review', 'completed', 'noted')).toBe(true);
    expect(fits('topic', null, 'noted')).toBe(true);
    expect(fits('topic', null, 'agree')).toBe(false);
  });
});

describe('of several meetings on one period', () => {
  it('the one that was held counts, also after a newer one was scheduled or cancelled', () => {
    const held = { status: 'concluded', month: '2025-01' } as const;
    const later = { status: 'scheduled', month: '2025-02' } as const;
    const gone = { status: 'cancelled', month: '2025-03' } as const;
    expect(furthest([gone, held, later])).toBe(held);
    expect(furthest([gone, later])).toBe(later);
    expect(furthest([held, { ...held, month: '2025-02' }])).toMatchObject({ month: '2025-02' });
  });
});

describe('signing', () => {
  it('needs minutes that not the signer alone took', () => {
    expect(refusal(() => demandAnotherHand({ recordedBy: ['head'] }, 'head'))).toBe('minutes.sole-hand');
    expect(refusal(() => demandAnotherHand({ recordedBy: ['head', 'ktu'] }, 'head'))).toBeNull();
    expect(refusal(() => demandAnotherHand({ recordedBy: [] }, 'head'))).toBeNull(); // from before this was kept
  });
});
