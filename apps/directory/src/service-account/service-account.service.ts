import { createHash, randomBytes } from 'node:crypto';
import { localDate, type Clock } from '@lokmin/calendar';
import {
  MakeServiceAccount,
  Refusal,
  RenewServiceSecret,
  RevokeServiceAccount,
  type AskInput,
  type AskReply,
  type SignInService,
} from '@lokmin/contracts';
import { currentCause, demandRevision, inTransaction, once, withCause, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, IsNull, MoreThan, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Announcer } from '../announce.ts';
import { Person, Post } from '../person/person.entity.ts';
import { Attempts } from '../session/attempts.ts';
import { SignInRates } from '../session/rate.ts';
import { Keys } from '../session/keys.ts';
import { plusDays, plusMinutes } from '../session/session.rules.ts';
import { District, Unit } from '../unit/unit.entity.ts';
import { ServiceAccount, ServiceSecret } from './service-account.entity.ts';

type AccountView = AskReply<typeof RevokeServiceAccount>;
type WithSecret = AskReply<typeof MakeServiceAccount>;

/** An account is made anew at least once in so many days: what nobody looks after ends by itself. */
const LONGEST_DAYS = 366;
const MOST_LISTED = 200;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
/** Told apart from a person's login where attempts are counted. */
const attemptsOf = (login: string) => `service account ${login}`;
const unknown = () => new Refusal('not-found', { what: { id: 'Akun layanan', en: 'The service account' } });

/** Accounts of programs: made, renewed and revoked by administrators of their district. */
@Injectable()
export class ServiceAccounts {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(Attempts) private readonly attempts: Attempts,
    @Inject(SignInRates) private readonly rates: SignInRates,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`, `access.forbidden` */
  async list(districtCode: string): Promise<AccountView[]> {
    await this.roster.demand('service-account.keep', { districtCode });
    const { manager } = this.database;
    const accounts = await manager.find(ServiceAccount, {
      where: { districtCode },
      order: { madeAt: 'DESC', personId: 'DESC' },
      take: MOST_LISTED,
    });
    const views: AccountView[] = [];
    for (const account of accounts) views.push(await viewOf(account, manager, this.clock.now()));
    return views;
  }

  /** @throws Refusal `not-found`, `access.forbidden`, `service-account.taken`, `service-account.expiry` */
  async make(input: AskInput<typeof MakeServiceAccount>): Promise<WithSecret> {
    const { districtCode, login, name, role, expiresOn } = input;
    await this.roster.demand('service-account.keep', { districtCode });
    return this.#command(MakeServiceAccount.subject, input, async (tx, tell) => {
      const { manager } = tx;
      const district = await manager.findOneByOrFail(District, { code: districtCode });
      const office = await manager.findOneByOrFail(Unit, { districtCode, kind: 'district_office' });
      const today = localDate(tx.now, district.timeZone);
      const until = localDate(plusDays(tx.now, LONGEST_DAYS), district.timeZone);
      if (expiresOn < today || expiresOn > until)
        throw new Refusal('service-account.expiry', { from: today, until }, 'expiresOn');
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('service accounts'))`);
      const [taken] = await tx.query(
        'SELECT FROM service_account WHERE lower(login) = lower($1) UNION SELECT FROM account WHERE lower(login) = lower($1)',
        [login],
      );
      if (taken) throw new Refusal('service-account.taken', { login }, 'login');
      const announcer = new Announcer(tx, this.roster);
      const person = manager.create(Person, {
        personId: uuidv7(),
        name,
        email: null,
        emailFailedAt: null,
        phone: null,
        active: true,
        revision: 1,
      });
      await manager.insert(Person, person);
      await announcer.person(person);
      const { personId } = person;
      const post = manager.create(Post, {
        postId: uuidv7(),
        personId,
        unitId: office.unitId,
        role,
        program: null,
        coachingGroupId: null,
        title: 'Akun layanan',
        validFrom: today,
        validTo: expiresOn,
        revision: 1,
      });
      await manager.insert(Post, post);
      await announcer.post(post, office);
      const account = manager.create(ServiceAccount, {
        personId,
        districtCode,
        login,
        postId: post.postId,
        madeAt: tx.now,
        lastUsedAt: null,
        revokedAt: null,
        revision: 1,
      });
      await manager.insert(ServiceAccount, account);
      tell(await addSecret(tx, personId));
      return account;
    });
  }

  /** @throws Refusal `not-found`, `access.forbidden`, `revision.stale`, `service-account.ended` */
  renew(input: AskInput<typeof RenewServiceSecret>): Promise<WithSecret> {
    return this.#command(RenewServiceSecret.subject, input, async (tx, tell) => {
      const account = await this.#held(tx, input);
      const { personId } = account;
      const endsAt = plusMinutes(tx.now, input.oldHoldsHours * 60);
      // However often it is renewed, one old secret holds beside the new one: the newest.
      const [newest, ...older] = await secretsOf(tx.manager, personId, tx.now);
      for (const { secretId } of older)
        await tx.manager.update(ServiceSecret, { secretId }, { endsAt: tx.now });
      if (newest && (newest.endsAt === null || newest.endsAt > endsAt))
        await tx.manager.update(ServiceSecret, { secretId: newest.secretId }, { endsAt });
      tell(await addSecret(tx, personId));
      account.revision += 1;
      return tx.manager.save(ServiceAccount, account);
    });
  }

  /**
   * Ends it at once: services ask for the posts of a person with each request, and one who is not active has none.
   * @throws Refusal `not-found`, `access.forbidden`, `revision.stale`, `service-account.ended`
   */
  async revoke(input: AskInput<typeof RevokeServiceAccount>): Promise<AccountView> {
    const { account } = await this.#command(RevokeServiceAccount.subject, input, async (tx) => {
      const { manager } = tx;
      const account = await this.#held(tx, input);
      const { personId } = account;
      const person = await manager.findOneByOrFail(Person, { personId });
      person.active = false;
      person.revision += 1;
      await manager.save(Person, person);
      await new Announcer(tx, this.roster).person(person);
      await manager.update(ServiceSecret, { personId, endsAt: IsNull() }, { endsAt: tx.now });
      await manager.update(ServiceSecret, { personId, endsAt: MoreThan(tx.now) }, { endsAt: tx.now });
      account.revokedAt = tx.now;
      account.revision += 1;
      return manager.save(ServiceAccount, account);
    });
    return account;
  }

  /**
   * An unknown account is answered like a wrong secret, and wrong secrets count like wrong passwords.
   * @throws Refusal `service-account.wrong`, `sign-in.locked`, `request.too-many`
   */
  async signIn({
    login,
    secret,
    address,
  }: AskInput<typeof SignInService>): Promise<AskReply<typeof SignInService>> {
    await this.rates.take(address, attemptsOf(login));
    await this.attempts.count(attemptsOf(login));
    const [found] = await this.database.query<{ personId: string; secretId: string }[]>(
      `SELECT account.person_id AS "personId", secret_id AS "secretId"
       FROM service_account AS account JOIN service_secret AS secret USING (person_id) JOIN person USING (person_id)
         JOIN post USING (post_id) JOIN district ON district.code = district_code
       WHERE lower(account.login) = lower($1) AND secret.sha256 = $2 AND person.active AND revoked_at IS NULL
         AND coalesce(secret.ends_at, 'infinity') > $3
         AND post.valid_to >= ($3::timestamptz AT TIME ZONE district.time_zone)::date`,
      [login.trim(), sha256(secret), this.clock.now()],
    );
    if (!found) throw new Refusal('service-account.wrong');
    const { personId, secretId } = found;
    // In the name of the account, so that the trail shows by which secret it came.
    await withCause({ ...currentCause(), actor: personId, sessionId: secretId }, () =>
      this.#transaction(async (tx) => {
        await this.attempts.clear(tx, attemptsOf(login));
        await tx.manager.update(ServiceSecret, { secretId }, { lastUsedAt: tx.now });
        await tx.manager.update(ServiceAccount, { personId }, { lastUsedAt: tx.now });
      }),
    );
    const access = await this.keys.sign(personId, secretId, 'service');
    return { accessToken: access.token, accessExpiresAt: access.expiresAt.toISOString(), personId };
  }

  /** The account that a command is about, locked. */
  async #held(
    tx: Tx,
    { serviceAccountId, expectedRevision }: { serviceAccountId: string; expectedRevision: number },
  ): Promise<ServiceAccount> {
    const account = await tx.manager.findOne(ServiceAccount, {
      where: { personId: serviceAccountId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!account) throw unknown();
    const { districtCode } = account;
    await this.roster.demand('service-account.keep', { districtCode }, unknown);
    demandRevision(account.revision, expectedRevision);
    if (account.revokedAt) throw new Refusal('service-account.ended');
    return account;
  }

  /** The secret stays out of what is kept of the command: it is told with the first answer, and then never again. */
  async #command(
    operation: string,
    input: { commandId: string },
    work: (tx: Tx, tell: (secret: string) => void) => Promise<ServiceAccount>,
  ): Promise<WithSecret> {
    let told: string | null = null;
    const account = await this.#transaction((tx) => {
      told = null; // a transaction may be tried again
      return once(tx, operation, input, async () =>
        viewOf(await work(tx, (secret) => (told = secret)), tx.manager, tx.now),
      );
    });
    return { account, secret: told };
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, () => this.clock.now(), work);
  }
}

/** @returns the secret itself, which nothing keeps */
async function addSecret(tx: Tx, personId: string): Promise<string> {
  const secret = `lokmin_${randomBytes(32).toString('base64url')}`;
  await tx.manager.insert(ServiceSecret, {
    secretId: uuidv7(),
    personId,
    sha256: sha256(secret),
    madeAt: tx.now,
    endsAt: null,
    lastUsedAt: null,
  });
  return secret;
}

/** Those that open the account now, the newest first. */
const secretsOf = (manager: EntityManager, personId: string, now: Date): Promise<ServiceSecret[]> =>
  manager.find(ServiceSecret, {
    where: [
      { personId, endsAt: IsNull() },
      { personId, endsAt: MoreThan(now) },
    ],
    order: { madeAt: 'DESC', secretId: 'DESC' },
  });

async function viewOf(account: ServiceAccount, manager: EntityManager, now: Date): Promise<AccountView> {
  const { personId, districtCode, login, madeAt, lastUsedAt, revokedAt, revision } = account;
  const { name } = await manager.findOneByOrFail(Person, { personId });
  const { role, validTo } = await manager.findOneByOrFail(Post, { postId: account.postId });
  const at = (instant: Date | null) => instant?.toISOString() ?? null;
  return {
    serviceAccountId: personId,
    districtCode,
    login,
    name,
    role: role as AccountView['role'],
    expiresOn: validTo!,
    madeAt: madeAt.toISOString(),
    lastUsedAt: at(lastUsedAt),
    revokedAt: at(revokedAt),
    revision,
    secrets: (await secretsOf(manager, personId, now)).map((secret) => ({
      madeAt: secret.madeAt.toISOString(),
      endsAt: at(secret.endsAt),
      lastUsedAt: at(secret.lastUsedAt),
    })),
  };
}
