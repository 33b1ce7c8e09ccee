import { commandIds, randomId } from './command-ids.ts';

const counted = () => {
  let count = 0;
  return commandIds(() => `id-${(count += 1)}`);
};

describe('the command of a press', () => {
  it('stays the same while the outcome of the same content is not known', () => {
    const ids = counted();
    const first = ids.inputFor({ puskesmas: '1012406', period: '2024-12' });
    expect(first).toEqual({ puskesmas: '1012406', period: '2024-12', commandId: 'id-1' });
    expect(ids.inputFor({ puskesmas: '1012406', period: '2024-12' })).toEqual(first);
  });

  it('is sent as it was, though the page has learned of a newer revision meanwhile', () => {
    const ids = counted();
    const first = ids.inputFor({ action: '7', expectedRevision: 2, title: 'Kelas ibu' });
    expect(ids.inputFor({ action: '7', expectedRevision: 3, title: 'Kelas ibu' })).toEqual(first);
    ids.settle();
    expect(ids.inputFor({ action: '7', expectedRevision: 3, title: 'Kelas ibu' })).toMatchObject({
      expectedRevision: 3,
      commandId: 'id-2',
    });
  });

  it('is a new one for another content', () => {
    const ids = counted();
    ids.inputFor({ value: '12', expectedRevision: 2 });
    expect(ids.inputFor({ value: '13', expectedRevision: 3 })).toEqual({
      value: '13',
      expectedRevision: 3,
      commandId: 'id-2',
    });
  });

  it('is a new one after the outcome is known', () => {
    const ids = counted();
    ids.inputFor({ value: '12' });
    ids.settle();
    expect(ids.inputFor({ value: '12' }).commandId).toBe('id-2');
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
