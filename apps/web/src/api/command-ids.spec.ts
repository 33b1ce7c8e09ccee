import { commandIds, randomId } from './command-ids.ts';

const counted = () => {
  let count = 0;
  return commandIds(() => `id-${(count += 1)}`);
};

describe('the command id of a press', () => {
  it('stays the same while the outcome of the same content is not known', () => {
    const ids = counted();
    const first = ids.idFor({ puskesmas: '1012406', period: '2024-12' });
    expect(ids.idFor({ puskesmas: '1012406', period: '2024-12' })).toBe(first);
  });

  it('is a new one for another content', () => {
    const ids = counted();
    const first = ids.idFor({ value: '12' });
    expect(ids.idFor({ value: '13' })).not.toBe(first);
  });

  it('is a new one after the outcome is known', () => {
    const ids = counted();
    const first = ids.idFor({ value: '12' });
    ids.settle();
    expect(ids.idFor({ value: '12' })).not.toBe(first);
  });
});

describe('a random id', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

  it('is a version 4 UUID', () => {
    expect(randomId()).toMatch(uuid);
  });

  it('is one too where crypto.randomUUID does not exist', () => {
    const plain = { getRandomValues: <T>(bytes: T) => crypto.getRandomValues(bytes as never) as T };
    const ids = new Set(Array.from({ length: 50 }, () => randomId(plain as unknown as Crypto)));
    expect(ids.size).toBe(50);
    for (const id of ids) expect(id).toMatch(uuid);
  });
});
