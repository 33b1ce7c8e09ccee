import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export interface TestProvider {
  readonly issuer: string;
  /** What the provider says of each of its accounts. */
  readonly accounts: Map<string, Record<string, unknown>>;
  /** Signs in at the provider, as a browser without a session there, and comes back. @returns the address it came back to */
  comeBack(address: string, account: string): Promise<URL>;
  /** Signs with another key from now on; the old one is published no more, or still in its place. */
  rotate(publish?: 'the new key' | 'the old key'): Promise<void>;
  stop(): Promise<void>;
}

/** A real OpenID Connect provider on loopback, with one client. */
export async function aProvider(client: {
  id: string;
  secret: string;
  returnAddress: string;
}): Promise<TestProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = () => {};
  let signIn = '';
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const accounts: TestProvider['accounts'] = new Map();
  let keys = 0;
  let published: typeof handle = () => {};
  const rotate: TestProvider['rotate'] = async (publish = 'the new key') => {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    keys += 1;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          redirect_uris: [client.returnAddress],
          response_types: ['code'],
          grant_types: ['authorization_code'],
          token_endpoint_auth_method: 'client_secret_post',
        },
      ],
      claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'groups'] },
      conformIdTokenClaims: false,
      cookies: { keys: ['a key of the test'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_context, id) => ({
        accountId: id,
        claims: () => ({ sub: id, ...accounts.get(id) }),
      }),
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
      jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: `key-${keys}`, alg: 'RS256', use: 'sig' }] },
      loadExistingGrant: async ({ oidc }) => {
        const grant = new oidc.provider.Grant({
          clientId: oidc.client!.clientId,
          accountId: oidc.session!.accountId!,
        });
        grant.addOIDCScope('openid profile');
        await grant.save();
        return grant;
      },
      pkce: { required: () => true },
    });
    const answer = provider.callback();
    if (publish === 'the new key') published = (request, response) => void answer(request, response);
    handle = (request, response) =>
      request.url?.startsWith('/interaction/')
        ? void provider.interactionFinished(request, response, { login: { accountId: signIn } })
        : request.url === '/jwks'
          ? published(request, response)
          : void answer(request, response);
  };
  await rotate();
  return {
    issuer,
    accounts,
    comeBack: async (address, account) => {
      signIn = account;
      const cookies = new Map<string, string>();
      let next = new URL(address);
      for (let steps = 0; !next.href.startsWith(client.returnAddress); steps += 1) {
        if (steps > 10) throw new Error(`The provider leads nowhere: ${next.href}`);
        const response = await fetch(next, {
          redirect: 'manual',
          headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
        });
        for (const set of response.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
          cookies.set(name!, value!);
        }
        const location = response.headers.get('location');
        if (!location) throw new Error(`The provider says ${response.status}: ${await response.text()}`);
        next = new URL(location, next);
      }
      return next;
    },
    rotate,
    stop: () => new Promise((done) => server.close(() => done())),
  };
}
