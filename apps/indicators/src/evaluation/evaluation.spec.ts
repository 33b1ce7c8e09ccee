import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@lokmin/contracts';
import type { ResultView } from '../value/rollup.entity.ts';
import {
  changesBetween,
  giveBack,
  stands,
  stepFrom,
  STEPS,
  verify,
  type Decided,
  type Decider,
  type Frozen,
  type FrozenValue,
  type Standing,
  type Step,
} from './evaluation.rules.ts';

const codeOf = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
};
const submitted: Decided = {
  status: 'submitted',
  revision: 5,
  submission: 3,
  period: '2024-12',
  submittedBy: 'head',
  programOf: new Map([
    ['KIA-K1', 'KIA'],
    ['KIA-K4', 'KIA'],
    ['GIZ-DS', 'Gizi'],
    ['TB-SR', 'P2 TB'],
  ]),
  verified: ['Gizi'],
};
const officer: Decider = { personId: 'officer', may: () => true };
const only = (...programs: string[]): Decider => ({
  personId: 'verifier',
  may: (program) => program !== undefined && programs.includes(program),
});
const nobody: Decider = { personId: 'auditor', may: () => false };

describe('the life of an evaluation', () => {
  const STANDINGS: Standing[] = ['draft', 'submitted', 'returned', 'verified', 'locked'];
  it.each<[Step, string[]]>([
    [
      'submit',
      ['submitted', 'evaluation.submitted', 'submitted', 'evaluation.submitted', 'evaluation.locked'],
    ],
    [
      'return',
      ['evaluation.not-begun', 'returned', 'evaluation.not-submitted', 'returned', 'evaluation.locked'],
    ],
    [
      'verify',
      ['evaluation.not-begun', 'verified', 'evaluation.returned', 'evaluation.verified', 'evaluation.locked'],
    ],
    [
      'lock',
      [
        'evaluation.not-begun',
        'evaluation.not-verified',
        'evaluation.returned',
        'locked',
        'evaluation.locked',
      ],
    ],
  ])('from each standing, when it is to %s', (step, outcomes) => {
    expect(STANDINGS.map((standing) => codeOf(() => stepFrom(step, standing, {})))).toEqual(outcomes);
  });

  it('is drawn in the documents as it is', () => {
    const drawn = readFileSync(join(import.meta.dirname, '../../../../docs/evaluation-workflow.md'), 'utf8');
    const arrows = Object.entries(STEPS).flatMap(([step, from]) =>
      Object.entries(from).flatMap(([standing, to]) =>
        typeof to === 'string' ? [`  ${standing} --> ${to}: ${step}`] : [],
      ),
    );
    expect(drawn.match(/^ {2}\w+ --> .*$/gm)?.sort()).toEqual(arrows.sort());
  });

  it('locks the values of all but a draft and a returned one', () => {
    expect(STANDINGS.filter(stands)).toEqual(['submitted', 'verified', 'locked']);
  });
});

describe('verifying', () => {
  it('takes what the caller may and is not verified yet, and leaves it submitted while others wait', () => {
    expect(verify(submitted, only('KIA', 'Gizi'), null, 5)).toEqual({
      programs: ['KIA'],
      awaiting: ['P2 TB'],
      status: 'submitted',
    });
  });

  it('makes the whole verified with the last programme', () => {
    expect(verify(submitted, officer, null, 5)).toEqual({
      programs: ['KIA', 'P2 TB'],
      awaiting: [],
      status: 'verified',
    });
    const last = { ...submitted, verified: ['Gizi', 'KIA'] };
    expect(verify(last, only('P2 TB'), ['P2 TB'], 5).status).toBe('verified');
    expect(verify(submitted, officer, ['KIA'], 5)).toMatchObject({
      awaiting: ['P2 TB'],
      status: 'submitted',
    });
  });

  it('does not mind what others verified since the caller looked, and does mind a later submission', () => {
    expect(verify(submitted, officer, null, 3).programs).toEqual(['KIA', 'P2 TB']);
    for (const seen of [2, 6])
      expect(codeOf(() => verify(submitted, officer, null, seen))).toBe('revision.stale');
  });

  it.each<[string, Decided, Decider, string[] | null]>([
    ['access.forbidden', submitted, nobody, null],
    ['access.forbidden', submitted, only('KIA'), ['Gizi']],
    ['access.forbidden', submitted, only('KIA'), ['KIA', 'Gizi']],
    ['access.forbidden', { ...submitted, status: 'locked' }, nobody, null],
    ['evaluation.unknown-program', submitted, officer, ['Gigi']],
    ['evaluation.own', submitted, { personId: 'head', may: () => true }, null],
    ['evaluation.verified', submitted, only('Gizi'), null],
    ['evaluation.verified', { ...submitted, status: 'verified' }, officer, null],
    ['evaluation.returned', { ...submitted, status: 'returned' }, officer, null],
    ['evaluation.locked', { ...submitted, status: 'locked' }, officer, null],
  ])('is refused: %s', (code, evaluation, by, programs) => {
    expect(codeOf(() => verify(evaluation, by, programs, 5))).toBe(code);
  });
});

describe('returning', () => {
  const k1 = { code: 'KIA-K1', reason: 'Berbeda dari register' };
  const ds = { code: 'GIZ-DS', reason: 'Penyebut kosong' };
  const back = (
    indicators: { code: string; reason: string }[],
    { evaluation = submitted, by = officer, reason = undefined as string | undefined, seen = 5 } = {},
  ) => giveBack(evaluation, by, { expectedRevision: seen, reason, indicators });

  it('of all of it ends every verification', () => {
    expect(back([], { reason: 'Periksa kembali' })).toEqual({
      reason: 'Periksa kembali',
      indicators: [],
      ended: ['Gizi'],
    });
  });

  it('of single indicators ends the verification of their programmes alone', () => {
    expect(back([k1]).ended).toEqual([]);
    expect(back([ds])).toEqual({
      reason: 'GIZ-DS: Penyebut kosong',
      indicators: [{ ...ds, program: 'Gizi' }],
      ended: ['Gizi'],
    });
  });

  it('tells all reasons in one where none is given for the whole', () => {
    expect(back([k1, ds]).reason).toBe('KIA-K1: Berbeda dari register\nGIZ-DS: Penyebut kosong');
    expect(back([k1], { reason: 'Tiga angka' }).reason).toBe('Tiga angka');
  });

  it('of a verified one is possible', () => {
    expect(back([k1], { evaluation: { ...submitted, status: 'verified' } }).indicators).toHaveLength(1);
  });

  it('lets a verifier of one programme return indicators of it, and never the whole', () => {
    expect(back([k1], { by: only('KIA') }).indicators).toHaveLength(1);
    for (const indicators of [[], [ds], [k1, ds], [{ code: 'X', reason: 'x' }]])
      expect(codeOf(() => back(indicators, { by: only('KIA'), reason: 'x' }))).toBe('access.forbidden');
  });

  it.each<[string, () => unknown]>([
    ['evaluation.reason-missing', () => back([])],
    ['evaluation.unknown-indicator', () => back([{ code: 'X', reason: 'x' }])],
    ['evaluation.own', () => back([k1], { by: { personId: 'head', may: () => true } })],
    ['revision.stale', () => back([k1], { seen: 3 })],
    ['evaluation.not-submitted', () => back([k1], { evaluation: { ...submitted, status: 'returned' } })],
    ['evaluation.locked', () => back([k1], { evaluation: { ...submitted, status: 'locked' } })],
    ['access.forbidden', () => back([k1], { by: nobody })],
  ])('is refused: %s', (code, work) => {
    expect(codeOf(work)).toBe(code);
  });
});

describe('what changed between two submissions', () => {
  const result = (given: Partial<ResultView>): ResultView =>
    ({
      numerator: '551',
      denominator: '693',
      coverage: '79.51',
      runningTarget: '100.00',
      performance: '79.51',
      judgement: 'kurang',
      ...given,
    }) as ResultView;
  const value = (element: string, number: string | null, given: Partial<FrozenValue> = {}): FrozenValue => ({
    period: '2024-12',
    element,
    covers: 'year_to_date',
    state: number === null ? 'not_reported' : 'reported',
    value: number,
    ...given,
  });
  const K1 = { code: 'KIA-K1', elements: ['K1.num', 'K1.den'] };
  const K4 = { code: 'KIA-K4', elements: ['K4.num', 'K1.den'] };
  const before: Frozen = {
    results: { 'KIA-K1': result({}), 'KIA-K4': result({ numerator: '500' }) },
    values: [value('K1.num', '551'), value('K1.den', '693'), value('K4.num', '500')],
  };
  const after = (values: FrozenValue[], results: Record<string, ResultView> = {}): Frozen => ({
    results: { ...before.results, ...results },
    values,
  });

  it('is nothing where every number is the same, in whatever spelling', () => {
    const same = after([value('K4.num', '500.00'), value('K1.num', '551.0'), value('K1.den', '693')], {
      'KIA-K1': result({ coverage: '79.510', runningTarget: '100' }),
    });
    expect(changesBetween(before, same, [K1, K4])).toEqual([]);
  });

  it('tells 10 from 1 and 100', () => {
    for (const [a, b] of [
      ['10', '1'],
      ['100', '10'],
      ['0.10', '0.01'],
      ['0', '10'],
    ] as const)
      expect(
        changesBetween(
          { results: {}, values: [value('K1.num', a)] },
          { results: {}, values: [value('K1.num', b)] },
          [K1],
        ),
      ).toHaveLength(1);
  });

  it('names the indicator with its figures and the counts behind them, from what to what', () => {
    const now = after([value('K1.num', '650'), value('K1.den', '693'), value('K4.num', '500')], {
      'KIA-K1': result({ numerator: '650', coverage: '93.80', performance: '93.80', judgement: 'baik' }),
    });
    expect(changesBetween(before, now, [K1, K4])).toEqual([
      {
        code: 'KIA-K1',
        before: expect.objectContaining({ coverage: '79.51', judgement: 'kurang' }),
        after: expect.objectContaining({ coverage: '93.80', judgement: 'baik' }),
        values: [
          {
            element: 'K1.num',
            period: '2024-12',
            covers: 'year_to_date',
            before: { state: 'reported', value: '551' },
            after: { state: 'reported', value: '650' },
          },
        ],
      },
    ]);
  });

  it('of a count that several indicators share is a change of each', () => {
    const now = after([value('K1.num', '551'), value('K1.den', '700'), value('K4.num', '500')]);
    expect(changesBetween(before, now, [K1, K4]).map(({ code }) => code)).toEqual(['KIA-K1', 'KIA-K4']);
  });

  it('is told also where two counts cancel each other out, and of months before', () => {
    const month = (period: string, number: string) => value('K1.num', number, { period, covers: 'month' });
    const was = { ...before, values: [month('2024-10', '5'), month('2024-11', '7')] };
    const is = { ...before, values: [month('2024-10', '7'), month('2024-11', '5')] };
    expect(changesBetween(was, is, [K1])[0]!.values.map(({ period }) => period)).toEqual([
      '2024-10',
      '2024-11',
    ]);
  });

  it('tells zero from missing, a value that came from one that went, and a state that changed', () => {
    const change = (was: FrozenValue[], is: FrozenValue[]) =>
      changesBetween({ results: {}, values: was }, { results: {}, values: is }, [K1])[0]?.values[0];
    expect(change([value('K1.num', '0')], [value('K1.num', null)])).toMatchObject({
      before: { value: '0' },
      after: { state: 'not_reported', value: null },
    });
    expect(change([], [value('K1.num', '0')])).toMatchObject({ before: null, after: { value: '0' } });
    expect(change([value('K1.num', '0')], [])).toMatchObject({ before: { value: '0' }, after: null });
    expect(change([value('K1.num', '5')], [value('K1.num', '5', { state: 'estimated' })])).toMatchObject({
      after: { state: 'estimated' },
    });
  });

  it('is told where only the figures are other', () => {
    const now = after([...before.values], { 'KIA-K1': result({ runningTarget: '95.00' }) });
    expect(changesBetween(before, now, [K1])).toMatchObject([{ code: 'KIA-K1', values: [] }]);
  });
});
