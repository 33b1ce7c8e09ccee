import { jest } from '@jest/globals';

// Node would wait for messages of other pages for ever.
const Channel = globalThis.BroadcastChannel;
globalThis.BroadcastChannel = class extends Channel {
  constructor(name: string) {
    super(name);
    (this as unknown as { unref(): void }).unref();
  }
};
const { accessToken, readSession, signIn, signOut, startSession } = await import('./session.ts');

/** What the gateway answers next; the browser's own `fetch` is the border of this page. */
const answer = (data: unknown) =>
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () =>
      Response.json({ data }, { headers: { 'content-type': 'application/json' } }),
    );

afterEach(() => jest.restoreAllMocks());

const session = {
  __typename: 'Session',
  accessToken: 'a.b.c',
  accessExpiresAt: '2100-01-01T00:00:00Z',
  viewer: { __typename: 'Viewer', id: 'p', name: 'Kepala Puskesmas Manggar', posts: [] },
};
const away = {
  __typename: 'Refusal',
  code: 'service.unavailable',
  field: null,
  message: { __typename: 'Text', id: 'Layanan tidak menjawab.', en: 'The service does not answer.' },
  details: [],
};

describe('a sign-out', () => {
  it('that is refused leaves the person signed in and says why; one that is done ends it', async () => {
    answer({ signIn: session });
    expect(await signIn('kapus.manggar', 'x')).toBeNull();
    answer({ signOut: away });
    expect(await signOut()).toMatchObject({ code: 'service.unavailable' });
    expect([readSession().status, accessToken()]).toEqual(['in', 'a.b.c']);
    answer({ signOut: { __typename: 'SignedOut', ended: true } });
    expect(await signOut()).toBeNull();
    expect([readSession(), accessToken()]).toEqual([{ status: 'out', ended: false }, null]);
  });
});

describe('the start of a page', () => {
  it('says what is away, and goes on by itself once it is back', async () => {
    jest.useFakeTimers();
    try {
      answer({ refreshSession: away });
      await startSession();
      expect(readSession()).toEqual({ status: 'unreachable', why: 'service' });
      jest.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Failed to fetch'));
      await jest.advanceTimersByTimeAsync(5_000);
      expect(readSession()).toEqual({ status: 'unreachable', why: 'network' });
      answer({ refreshSession: session });
      await jest.advanceTimersByTimeAsync(5_000);
      expect(readSession().status).toBe('in');
    } finally {
      jest.useRealTimers();
    }
  });
});
