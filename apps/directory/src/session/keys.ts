import type { Clock } from '@lokmin/calendar';
import { inTransaction, type Tx } from '@lokmin/messaging';
import { CLOCK, GUEST_AUDIENCE, Roster, SESSION_CLAIM, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Announcer } from '../announce.ts';
import { TokenKey } from './session.entity.ts';
import {
  ACCESS_MINUTES,
  KEY_DAYS,
  KEY_LEAD_MINUTES,
  KEY_MARGIN_MINUTES,
  KEY_SUCCESSOR_DAYS,
  plusDays,
  plusMinutes,
  signingKey,
} from './session.rules.ts';

/** The Ed25519 keys that sign access tokens. */
@Injectable()
export class Keys {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Roster) private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Makes the first key, and later the successor of one that nears its end. Safe to call often, by all replicas. */
  async keep(): Promise<void> {
    if (this.#suffices(await this.database.manager.find(TokenKey))) return;
    await this.#locked(async (tx, keys) => {
      if (!this.#suffices(keys)) await this.#next(tx, keys);
    });
  }

  /**
   * Announces a new key, which signs from ten minutes later; the present one ends when its last token does.
   * @returns from when the new key signs, or null when one is waiting already
   */
  async rotate(): Promise<Date | null> {
    return this.#locked(async (tx, keys) =>
      keys.some((key) => key.signsFrom > tx.now) ? null : this.#next(tx, keys),
    );
  }

  /**
   * @param sessionId what the audit trail names beside the person; the link of a guest
   * @param kind of whom: of people and programs the gateway chooses the budget of requests by it, and nothing else is
   * decided by it; the token of a guest is for other ears than theirs
   * @returns an access token that proves the person or guest for ten minutes; it says nothing about posts
   */
  async sign(
    personId: string,
    sessionId: string,
    kind: 'person' | 'service' | 'guest' = 'person',
  ): Promise<{ token: string; expiresAt: Date }> {
    const now = this.clock.now();
    const key = signingKey(await this.database.manager.find(TokenKey), now);
    if (!key) throw new Error('No token key can sign at present');
    const issuedAt = Math.floor(now.getTime() / 1000);
    const expiresAt = issuedAt + ACCESS_MINUTES * 60;
    const token = await new SignJWT({ [SESSION_CLAIM]: sessionId, ...(kind === 'service' && { kind }) })
      .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
      .setIssuer(TOKEN_ISSUER)
      .setAudience(kind === 'guest' ? GUEST_AUDIENCE : TOKEN_AUDIENCE)
      .setSubject(personId)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(await importJWK(key.privateJwk, 'EdDSA'));
    return { token, expiresAt: new Date(expiresAt * 1000) };
  }

  #suffices(keys: readonly TokenKey[]): boolean {
    const now = this.clock.now();
    return (
      signingKey(keys, now) !== null && keys.some((key) => key.notAfter > plusDays(now, KEY_SUCCESSOR_DAYS))
    );
  }

  async #next(tx: Tx, keys: readonly TokenKey[]): Promise<Date> {
    const announcer = new Announcer(tx, this.roster);
    const present = signingKey(keys, tx.now);
    const signsFrom = present ? plusMinutes(tx.now, KEY_LEAD_MINUTES) : tx.now;
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const next = tx.manager.create(TokenKey, {
      kid: uuidv7(),
      publicJwk: (await exportJWK(publicKey)) as TokenKey['publicJwk'],
      privateJwk: (await exportJWK(privateKey)) as TokenKey['privateJwk'],
      signsFrom,
      notAfter: plusDays(signsFrom, KEY_DAYS),
      revision: 1,
    });
    await tx.manager.insert(TokenKey, next);
    await announcer.key(next);
    const end = plusMinutes(signsFrom, ACCESS_MINUTES + KEY_MARGIN_MINUTES);
    if (present && present.notAfter > end) {
      present.notAfter = end;
      present.revision += 1;
      await tx.manager.save(TokenKey, present);
      await announcer.key(present);
    }
    return signsFrom;
  }

  #locked<T>(work: (tx: Tx, keys: TokenKey[]) => Promise<T>): Promise<T> {
    return inTransaction(
      this.database,
      () => this.clock.now(),
      async (tx) => {
        await tx.query(`SELECT pg_advisory_xact_lock(hashtext('token keys'))`);
        return work(tx, await tx.manager.find(TokenKey));
      },
    );
  }
}
