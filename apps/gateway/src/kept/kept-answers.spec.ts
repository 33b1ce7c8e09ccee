import {
  ActionProgressed,
  EvaluationSubmitted,
  PersonState,
  TokenKeyState,
  UnitState,
  ValuesRecorded,
} from '@lokmin/contracts';
import type { HeardFact } from '../live/facts.ts';
import { KEPT_FOR_MS, KeptAnswers, SETTLING_MS } from './kept-answers.ts';
import {
  isAnyUnheard,
  readSeen,
  SPREAD_MS,
  stillToSend,
  writeSeen,
  type Seen,
  type SeenUntil,
} from './seen.ts';

const FAR = Number.MAX_SAFE_INTEGER;
const answer = (text = 'answer') => ({ body: Buffer.from(text), contentType: 'application/json' });

describe('kept answers', () => {
  let now = 0;
  let elapsed = 0;
  let kept: KeptAnswers;
  beforeEach(() => {
    now = 1_000_000;
    elapsed = 1_000_000;
    kept = new KeptAnswers(
      1024 * 1024,
      () => now,
      () => elapsed,
    );
  });
  const fact = (
    districtcode: string | null,
    type: string = EvaluationSubmitted.type,
    data: object = { evaluationId: 'e1' },
    revision = 1,
  ) => ({ type, districtcode, data, revision }) as HeardFact;
  const keep = (key: string, district = '19.06', mark = kept.mark(), validUntil = FAR) =>
    kept.keep(key, answer(), mark, [district], validUntil);

  it('are found until a fact of their district comes', () => {
    keep('a', '19.06');
    keep('b', '19.05');
    expect(kept.find('a')?.body.toString()).toBe('answer');
    kept.heard(fact('19.06'));
    expect(kept.find('a')).toBeUndefined();
    expect(kept.find('b')).toBeDefined();
  });

  it('are not kept when a fact of their district came while they were composed', () => {
    const mark = kept.mark();
    kept.heard(fact('19.06'));
    expect(keep('a', '19.06', mark)).toBe(false);
    expect(keep('b', '19.05', mark)).toBe(true);
    expect(keep('a', '19.06')).toBe(true);
  });

  it('stand for every district they were composed from', () => {
    kept.keep('both', answer(), kept.mark(), ['19.06', '19.05'], FAR);
    kept.heard(fact('19.05'));
    expect(kept.find('both')).toBeUndefined();
    expect(kept.keep('none', answer(), kept.mark(), [], FAR)).toBe(false);
  });

  it('are all dropped by a fact without district, but not by a token key', () => {
    keep('a');
    kept.heard(fact(null, TokenKeyState.type, {}));
    expect(kept.find('a')).toBeDefined();
    kept.heard(fact(null, PersonState.type, {}));
    expect(kept.find('a')).toBeUndefined();
  });

  it('are all dropped by a gap, which also spoils what is being composed', () => {
    keep('a');
    const mark = kept.mark();
    kept.gap();
    expect(kept.find('a')).toBeUndefined();
    expect(keep('a', '19.06', mark)).toBe(false);
    expect(keep('a')).toBe(true);
  });

  it('are not kept while the services may not have learned new reference data', () => {
    kept.heard(fact('19.06', UnitState.type, {}));
    expect(keep('a', '19.06')).toBe(false);
    expect(keep('b', '19.05')).toBe(true);
    elapsed += SETTLING_MS;
    expect(keep('a', '19.06')).toBe(true);
    kept.heard(fact(null, PersonState.type, {}));
    expect(keep('b', '19.05')).toBe(false);
  });

  it('end when the clock reaches their time, and after a while in any case', () => {
    keep('a', '19.06', kept.mark(), now + 5_000);
    expect(keep('late', '19.06', kept.mark(), now)).toBe(false);
    now += 4_999;
    expect(kept.find('a')).toBeDefined();
    now += 1;
    expect(kept.find('a')).toBeUndefined();
    keep('b');
    elapsed += KEPT_FOR_MS;
    expect(kept.find('b')).toBeUndefined();
  });

  it('stay within their bytes: the least recently used goes first', () => {
    const large = { body: Buffer.alloc(200 * 1024), contentType: 'application/json' };
    for (const key of ['a', 'b', 'c', 'd']) kept.keep(key, large, kept.mark(), ['19.06'], FAR);
    kept.find('a');
    for (const key of ['e', 'f']) kept.keep(key, large, kept.mark(), ['19.06'], FAR);
    expect(['a', 'b', 'c', 'd', 'e', 'f'].filter((key) => !kept.find(key))).toEqual(['b']);
    expect(kept.bytes).toBeLessThanOrEqual(1024 * 1024);
    const tooLarge = { body: Buffer.alloc(300 * 1024), contentType: 'application/json' };
    expect(kept.keep('g', tooLarge, kept.mark(), ['19.06'], FAR)).toBe(false);
    kept.gap();
    expect(kept.bytes).toBe(0);
  });

  it('know which revisions were heard, the highest of each thing', () => {
    kept.heard(fact('19.06', ValuesRecorded.type, { unitId: 'u1', period: '2024-12' }, 7));
    kept.heard(fact('19.06', ActionProgressed.type, { actionId: 'a1' }, 3));
    kept.heard(fact('19.06', ActionProgressed.type, { actionId: 'a1' }, 2));
    expect(kept.hasHeard('values u1 2024-12', 7)).toBe(true);
    expect(kept.hasHeard('values u1 2024-12', 8)).toBe(false);
    expect(kept.hasHeard('values u1 2024-11', 1)).toBe(false);
    expect(kept.hasHeard('action a1', 3)).toBe(true);
    expect(kept.hasHeard('evaluation e1', 1)).toBe(false);
  });

  it('are passed by for a client that has seen more, until that was heard or is long ago', () => {
    const [action, file] = [{ thing: 'action a1' as const, revision: 3, at: now }, { until: now + 60_000 }];
    const isBehind = (...seen: (Seen | SeenUntil)[]) => isAnyUnheard(readSeen(writeSeen(seen)), kept, now);
    expect([isBehind(action), isBehind(file)]).toEqual([true, true]);
    kept.heard(fact('19.06', ActionProgressed.type, { actionId: 'a1' }, 3));
    expect([isBehind(action), isBehind(file), isBehind(action, file)]).toEqual([false, true, true]);
    now += 60_000;
    expect(isBehind(file)).toBe(false);
    const old = { thing: 'action a2' as const, revision: 1, at: now - 3_600_000 };
    expect(isBehind(old)).toBe(false);
  });

  it('are told of again by the client, for other processes, until all will have heard', () => {
    const [action, file] = [{ thing: 'action a1' as const, revision: 3, at: now }, { until: now + 60_000 }];
    const left = () => stillToSend([action, file], kept, now);
    expect(left()).toEqual([action, file]);
    kept.heard(fact('19.06', ActionProgressed.type, { actionId: 'a1' }, 3));
    expect(left()).toEqual([action, file]);
    now += SPREAD_MS;
    expect(left()).toEqual([file]);
    now += 60_000;
    expect(left()).toEqual([]);
    expect(readSeen(`action a1@x@1, nonsense, past@, ${'y'.repeat(5_000)}`)).toEqual([]);
  });
});
