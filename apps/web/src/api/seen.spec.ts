import { seenRevisions } from './seen.ts';

describe('what a page has seen', () => {
  it('is nothing before the first command', () => {
    expect(seenRevisions().toSend()).toBeNull();
  });

  it('is sent back until an answer says that it is known', () => {
    const seen = seenRevisions();
    seen.accept(null, 'evaluation 1@2@1000');
    expect(seen.toSend()).toBe('evaluation 1@2@1000');
    seen.accept('evaluation 1@2@1000', 'evaluation 1@2@1000');
    expect(seen.toSend()).toBe('evaluation 1@2@1000');
    seen.accept('evaluation 1@2@1000', '');
    expect(seen.toSend()).toBeNull();
  });

  it('is kept when an answer does not speak of it', () => {
    const seen = seenRevisions();
    seen.accept(null, 'action 1@2@1000');
    seen.accept('action 1@2@1000', null);
    expect(seen.toSend()).toBe('action 1@2@1000');
  });

  it('is not forgotten by the late answer to an earlier request', () => {
    const seen = seenRevisions();
    seen.accept(null, 'action 1@2@1000');
    seen.accept('action 1@2@1000', 'action 1@2@1000, action 7@3@2000');
    seen.accept('action 1@2@1000', '');
    expect(seen.toSend()).toBe('action 7@3@2000');
  });

  it('is also what a live event tells, and of one thing the newest', () => {
    const seen = seenRevisions();
    seen.accept(null, 'action 1@2@1000');
    seen.hear('action 1@3@2000');
    seen.hear('action 1@2@3000');
    seen.hear(null);
    expect(seen.toSend()).toBe('action 1@3@2000');
    seen.accept('action 1@2@1000', '');
    expect(seen.toSend()).toBe('action 1@3@2000');
  });

  it('does not outgrow the header', () => {
    const seen = seenRevisions();
    for (let i = 0; i < 1_000; i += 1) seen.hear(`evaluation ${crypto.randomUUID()}@${i}@1732000000000`);
    expect(seen.toSend()).toContain('@999@');
    expect(seen.toSend()!.length).toBeLessThanOrEqual(3_000);
  });
});
