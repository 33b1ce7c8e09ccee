import type { Clock } from '@lokmin/calendar';
import { TokenKeyState, type Envelope } from '@lokmin/contracts';
import { TOKEN_AUDIENCE, TOKEN_ISSUER } from '@lokmin/service';
import { importJWK, jwtVerify, type CryptoKey } from 'jose';

/** Who asks, as an access token proves it. The services prove it again for themselves. */
export interface Caller {
  readonly personId: string;
  /** A service account is a program of somebody's; whose budget it has, and nothing else, depends on this. */
  readonly kind: 'person' | 'service';
  readonly token: string;
  /** Milliseconds since 1970; the token or its key ends then. */
  readonly expiresAt: number;
}

const REMEMBERED_TOKENS = 20_000;
/** An access token of ours has a few hundred characters; a longer one is not worth looking at. */
const TOKEN_CHARACTERS = 4_000;

/** Verifies access tokens by the public keys in the reference stream, and remembers each until it expires. */
export class Tokens {
  readonly #keys = new Map<string, { key: CryptoKey | Uint8Array; revision: number; notAfter: number }>();
  readonly #remembered = new Map<string, Caller>();

  constructor(private readonly clock: Clock) {}

  get knowsAKey(): boolean {
    return this.#keys.size > 0;
  }

  /** Takes a key from the directory; the highest revision wins. */
  async learn(fact: Envelope & { data: unknown }): Promise<void> {
    if (fact.type !== TokenKeyState.type) return;
    const { kid, publicJwk, notAfter } = TokenKeyState.data.parse(fact.data);
    const key = await importJWK(publicJwk, 'EdDSA');
    const known = this.#keys.get(kid);
    if (known && known.revision >= fact.revision) return;
    this.#keys.set(kid, { key, revision: fact.revision, notAfter: Date.parse(notAfter) });
    if (known) this.#remembered.clear(); // it may end earlier now
  }

  /** A token that was verified before and holds now; costs one look-up. */
  recall(token: string): Caller | undefined {
    const caller = this.#remembered.get(token);
    if (!caller) return undefined;
    if (caller.expiresAt > this.clock.now().getTime()) return caller;
    this.#remembered.delete(token);
    return undefined;
  }

  /** @throws Error for a token that is forged, expired or of an unknown key */
  async verify(token: string): Promise<Caller> {
    const known = this.recall(token);
    if (known) return known;
    if (token.length > TOKEN_CHARACTERS) throw new Error('the token is too long');
    let keyEndsAt = 0;
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const known = this.#keys.get(kid ?? '');
        if (!known) throw new Error(`unknown key ${kid}`);
        keyEndsAt = known.notAfter;
        return known.key;
      },
      {
        issuer: TOKEN_ISSUER,
        audience: TOKEN_AUDIENCE,
        algorithms: ['EdDSA'],
        currentDate: this.clock.now(),
        requiredClaims: ['sub', 'exp'],
      },
    );
    const caller: Caller = {
      personId: payload.sub!,
      kind: payload['kind'] === 'service' ? 'service' : 'person',
      token,
      expiresAt: Math.min(payload.exp! * 1000, keyEndsAt),
    };
    if (caller.expiresAt <= this.clock.now().getTime()) throw new Error('the key has ended');
    if (this.#remembered.size >= REMEMBERED_TOKENS) this.#remembered.clear();
    this.#remembered.set(token, caller);
    return caller;
  }
}

/** The token of an `Authorization: Bearer` header; undefined without one. */
export const bearerToken = (authorization: string | undefined): string | undefined =>
  authorization?.startsWith('Bearer ') ? authorization.slice(7) : undefined;
