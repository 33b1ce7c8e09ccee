import { createHash } from 'node:crypto';
import { localDate, type Clock } from '@lokmin/calendar';
import {
  Refusal,
  type AskInput,
  type AskReply,
  type FinishSingleSignOn,
  type OpenedSession,
  type SingleSignOn as AskSingleSignOn,
  type StartSingleSignOn,
} from '@lokmin/contracts';
import { inTransaction, type Tx } from '@lokmin/messaging';
import { CLOCK, LOG, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import * as oidc from 'openid-client';
import type { Logger } from 'pino';
import { DataSource, In, IsNull, LessThanOrEqual } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Announcer } from '../announce.ts';
import { DIRECTORY_CONFIG, type DirectoryConfig, type SingleSignOnConfig } from '../config.ts';
import { Person, Post } from '../person/person.entity.ts';
import { District, Unit } from '../unit/unit.entity.ts';
import { SignInRates } from './rate.ts';
import { Seal } from './seal.ts';
import { Account, Identity, MappedPost, SingleSignOnAttempt } from './session.entity.ts';
import { plusDays, plusMinutes } from './session.rules.ts';
import { Sessions } from './session.service.ts';
import { readClaims, SINGLE_SIGN_ON_MINUTES, type Claimed, type Grant } from './single-sign-on.rules.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** The gateway waits ten seconds for a command; two requests to the provider fit into that. */
const PROVIDER_SECONDS = 4;

/** Signing in with the account of an OpenID Connect provider. Lokmin's own sessions and tokens follow from it. */
@Injectable()
export class SingleSignOn {
  readonly #config: SingleSignOnConfig | null;
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SignInRates) private readonly rates: SignInRates,
    @Inject(Seal) private readonly seal: Seal,
    private readonly roster: Roster,
    @Inject(DIRECTORY_CONFIG) config: DirectoryConfig,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.#config = config.singleSignOn;
  }

  offered(): AskReply<typeof AskSingleSignOn> {
    return { name: this.#config?.name ?? null };
  }

  /**
   * Begins at the provider. What comes back is taken once, and only from the browser that holds `binding`.
   * @throws Refusal `sso.off`, `sso.unreachable`, `request.too-many`
   */
  async start({ address }: AskInput<typeof StartSingleSignOn>): Promise<AskReply<typeof StartSingleSignOn>> {
    const config = this.#demandConfig();
    await this.rates.take(address, null);
    const provider = await this.#provider(config);
    const [state, binding, nonce] = [oidc.randomState(), oidc.randomState(), oidc.randomNonce()];
    const verifier = oidc.randomPKCECodeVerifier();
    const expiresAt = plusMinutes(this.clock.now(), SINGLE_SIGN_ON_MINUTES);
    await this.#transaction(async (tx) => {
      await tx.manager.delete(SingleSignOnAttempt, { expiresAt: LessThanOrEqual(tx.now) });
      await tx.manager.insert(SingleSignOnAttempt, {
        stateSha256: sha256(state),
        bindingSha256: sha256(binding),
        sealed: this.seal.close(Buffer.from(JSON.stringify({ nonce, verifier })), sha256(state)),
        expiresAt,
      });
    });
    const target = oidc.buildAuthorizationUrl(provider, {
      redirect_uri: config.returnAddress,
      scope: config.scope,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { address: target.href, binding, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Takes what the provider sent back with the person, and signs in. A second factor is the provider's affair.
   * @throws Refusal `sso.off`, `sso.attempt-ended`, `sso.refused`, `sso.unreachable`, `sso.claim-missing`, `sso.no-post`,
   * `sso.no-account`, `sso.unknown-unit`, `request.too-many`
   */
  async finish({
    answer,
    binding,
    device,
    address,
  }: AskInput<typeof FinishSingleSignOn>): Promise<OpenedSession> {
    const config = this.#demandConfig();
    await this.rates.take(address, null);
    const returned = new URL(config.returnAddress);
    returned.search = answer;
    const state = returned.searchParams.get('state') ?? '';
    const attempt = await this.#takeAttempt(state, binding);
    const { nonce, verifier } = JSON.parse(
      this.seal.open(attempt.sealed, attempt.stateSha256).toString(),
    ) as { nonce: string; verifier: string };
    // Discovery and keys are read anew each time: a key that the provider changed a moment ago is no surprise.
    const provider = await this.#provider(config);
    let claims: oidc.IDToken;
    try {
      const tokens = await oidc.authorizationCodeGrant(provider, returned, {
        pkceCodeVerifier: verifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      });
      claims = tokens.claims()!;
    } catch (error) {
      this.log.warn({ err: error }, 'the provider of single sign-on did not give an identity');
      throw new Refusal('sso.refused');
    }
    const claimed = await this.#read(claims, config);
    const issued = await this.#transaction(async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('directory import'))`);
      const person = await this.#person(tx, claims.iss, claims.sub, claimed, config);
      await this.#keepPosts(tx, person.personId, claimed.grants);
      return this.sessions.begin(tx, person.personId, device, 'provider');
    });
    return this.sessions.withAccess(issued);
  }

  #demandConfig(): SingleSignOnConfig {
    if (!this.#config) throw new Refusal('sso.off');
    return this.#config;
  }

  /** @throws Refusal `sso.unreachable` */
  async #provider({ issuer, clientId, clientSecret }: SingleSignOnConfig): Promise<oidc.Configuration> {
    // Plain HTTP is for a provider on this machine; which one that may be the configuration has decided.
    const execute = [
      oidc.enableNonRepudiationChecks,
      ...(issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
    ];
    try {
      return await oidc.discovery(issuer, clientId, clientSecret, undefined, {
        execute,
        timeout: PROVIDER_SECONDS,
      });
    } catch (error) {
      this.log.warn({ err: error }, 'the provider of single sign-on does not answer');
      throw new Refusal('sso.unreachable');
    }
  }

  /** An attempt is gone with its first answer, right or wrong. @throws Refusal `sso.attempt-ended` */
  async #takeAttempt(state: string, binding: string): Promise<SingleSignOnAttempt> {
    const found = await this.#transaction(async (tx) => {
      const attempt = await tx.manager.findOne(SingleSignOnAttempt, {
        where: { stateSha256: sha256(state), bindingSha256: sha256(binding) },
        lock: { mode: 'pessimistic_write' },
      });
      if (attempt) await tx.manager.delete(SingleSignOnAttempt, { stateSha256: attempt.stateSha256 });
      return attempt && attempt.expiresAt > tx.now ? attempt : null;
    });
    if (!found) throw new Refusal('sso.attempt-ended');
    return found;
  }

  /** The claims by the mapping; where they give nothing any more, what earlier ones gave ends too. */
  async #read(claims: oidc.IDToken, { mapping }: SingleSignOnConfig): Promise<Claimed> {
    try {
      return readClaims(claims, mapping);
    } catch (error) {
      const { iss: issuer, sub: subject } = claims;
      await this.#transaction(async (tx) => {
        const known = await tx.manager.findOneBy(Identity, { issuer, subject });
        if (known) await this.#keepPosts(tx, known.personId, []);
      });
      throw error;
    }
  }

  /**
   * The person behind an identity. An account that was there is taken for the person's at the first sign-in, by its
   * login, and only when the claims give every post that it holds: otherwise whoever names logins at the provider would
   * reach further than the mapping says.
   */
  async #person(
    tx: Tx,
    issuer: string,
    subject: string,
    claimed: Claimed,
    { mapping }: SingleSignOnConfig,
  ): Promise<Person> {
    const known = await tx.manager.findOneBy(Identity, { issuer, subject });
    if (known) {
      const person = await tx.manager.findOneBy(Person, { personId: known.personId, active: true });
      if (!person) throw new Refusal('sso.no-account');
      return person;
    }
    const [account] = await tx.query<{ personId: string; active: boolean }>(
      'SELECT person_id AS "personId", active FROM account JOIN person USING (person_id) WHERE lower(login) = lower($1)',
      [claimed.login],
    );
    if (account) {
      const taken = await tx.manager.existsBy(Identity, { personId: account.personId });
      if (taken || !account.active || !(await this.#explains(tx, account.personId, claimed.grants)))
        throw new Refusal('sso.no-account');
      await tx.manager.insert(Identity, { issuer, subject, personId: account.personId });
      return tx.manager.findOneByOrFail(Person, { personId: account.personId });
    }
    const [program] = await tx.query('SELECT FROM service_account WHERE lower(login) = lower($1)', [
      claimed.login,
    ]);
    if (!mapping.createPeople || program) throw new Refusal('sso.no-account');
    const person = tx.manager.create(Person, {
      personId: uuidv7(),
      name: claimed.name,
      email: null,
      emailFailedAt: null,
      phone: null,
      active: true,
      revision: 1,
    });
    await tx.manager.insert(Person, person);
    await new Announcer(tx, this.roster).person(person);
    const { personId } = person;
    await tx.manager.insert(Account, { personId, login: claimed.login, passwordHash: null });
    await tx.manager.insert(Identity, { issuer, subject, personId });
    return person;
  }

  /** Whether the claims give every post of the person that is not over. */
  async #explains(tx: Tx, personId: string, grants: readonly Grant[]): Promise<boolean> {
    const posts = await tx.query<{ role: string; program: string | null; code: string }>(
      `SELECT role, program, unit.code FROM post JOIN unit USING (unit_id)
         JOIN district ON district.code = unit.district_code
       WHERE person_id = $1
         AND coalesce(post.valid_to, 'infinity') >= ($2::timestamptz AT TIME ZONE district.time_zone)::date`,
      [personId, tx.now],
    );
    return posts.every(({ role, program, code }) =>
      grants.some((given) => given.role === role && given.program === program && given.unit === code),
    );
  }

  /** Begins the posts that the claims give, and ends those that earlier ones gave and these do not. Others stay as they are. */
  async #keepPosts(tx: Tx, personId: string, grants: readonly Grant[]): Promise<void> {
    const announcer = new Announcer(tx, this.roster);
    const units = await tx.manager.findBy(Unit, { code: In(grants.map(({ unit }) => unit)) });
    const unitOf = new Map(units.map((unit) => [unit.code, unit]));
    const unknown = grants.find(({ unit }) => !unitOf.has(unit));
    if (unknown) throw new Refusal('sso.unknown-unit', { code: unknown.unit });
    const mapped = await tx.manager.findBy(MappedPost, { personId });
    const open = await tx.manager.findBy(Post, { personId, validTo: IsNull() });
    const isOf = (grant: Grant) => (post: Post) =>
      post.role === grant.role &&
      post.program === grant.program &&
      post.unitId === unitOf.get(grant.unit)!.unitId;
    for (const post of open) {
      if (!mapped.some(({ postId }) => postId === post.postId) || grants.some((grant) => isOf(grant)(post)))
        continue;
      const unit = await tx.manager.findOneByOrFail(Unit, { unitId: post.unitId });
      const yesterday = await this.#day(tx, unit, -1);
      // One that began today never was: it holds on no day.
      if (post.validFrom > yesterday) post.validFrom = yesterday;
      post.validTo = yesterday;
      await this.#save(tx, announcer, post, unit);
    }
    for (const grant of grants) {
      if (open.some((post) => post.validTo === null && isOf(grant)(post))) continue;
      const unit = unitOf.get(grant.unit)!;
      const { unitId } = unit;
      const today = await this.#day(tx, unit, 0);
      const ended = await tx.manager.findOneBy(Post, {
        postId: In(mapped.map(({ postId }) => postId)),
        ...{ unitId, role: grant.role, program: grant.program ?? IsNull() },
        validTo: await this.#day(tx, unit, -1),
      });
      const post =
        ended ??
        tx.manager.create(Post, {
          postId: uuidv7(),
          ...{ personId, unitId, role: grant.role, program: grant.program, coachingGroupId: null },
          title: grant.title ?? `${grant.role.replaceAll('_', ' ')} ${unit.name}`,
          validFrom: today,
          revision: 0,
        });
      post.validTo = null;
      await this.#save(tx, announcer, post, unit);
      if (!ended) await tx.manager.insert(MappedPost, { postId: post.postId, personId });
    }
  }

  async #save(tx: Tx, announcer: Announcer, post: Post, unit: Unit): Promise<void> {
    post.revision += 1;
    await tx.manager.save(Post, post);
    await announcer.post(post, unit);
  }

  async #day(tx: Tx, { districtCode }: Unit, days: number): Promise<string> {
    const { timeZone } = await tx.manager.findOneByOrFail(District, { code: districtCode });
    return localDate(plusDays(tx.now, days), timeZone);
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, () => this.clock.now(), work);
  }
}
