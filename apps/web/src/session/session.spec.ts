import { jest } from '@jest/globals';

// Node would wait for messages of other pages for ever.
const Channel = globalThis.BroadcastChannel;
globalThis.BroadcastChannel = class extends Channel {
  constructor(name: string) {
    super(name);
    (this as unknown as { unref(): void }).unref();
  }
};
const { accessToken, readSession, signIn, signOut } = await import('./session.ts');

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
