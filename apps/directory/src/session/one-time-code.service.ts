import { randomUUID, timingSafeEqual } from 'node:crypto';
import type { Clock } from '@lokmin/calendar';
import { IssueCodes, Refusal, type AskInput, type AskReply, type ListAccounts } from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { BY_TITLE_AND_NAME, endOf, IS_AFTER, pageOf } from '../person/paging.ts';
import { answersFor, demandAnswersFor } from '../person/reach.ts';
import { makeCode } from './password.ts';
import { Seal } from './seal.ts';
import { plainCode } from './second-factor.rules.ts';
import { OneTimeCode } from './session.entity.ts';
import { CODE_FAILURES, plusDays } from './session.rules.ts';

/** `$1`: people. */
const ACCOUNTS = `
  SELECT person_id AS "personId", name, login FROM account JOIN person USING (person_id) WHERE active AND person_id = ANY ($1)`;

interface ListedAccount extends Omit<
  AskReply<typeof ListAccounts>['items'][number],
  'mayIssue' | 'codeExpiresAt'
> {
  codeExpiresAt: Date | null;
  isAfter: boolean | null;
}

/** Codes by which people without a password set one: printed on slips, or told to who forgot it. */
@Injectable()
export class OneTimeCodes {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Seal) private readonly seal: Seal,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `not-found`, `access.forbidden` */
  async listAccounts({
    unitId,
    first,
    after,
  }: AskInput<typeof ListAccounts>): Promise<AskReply<typeof ListAccounts>> {
    const { districtCode } = await this.roster.unit(unitId);
    await this.roster.demand('code.issue', { districtCode, unitId });
    const now = this.clock.now();
    const people = await this.database.query<ListedAccount[]>(
      `SELECT *, ${IS_AFTER} FROM (
         SELECT DISTINCT ON (person_id) person_id AS "personId", person.name, title, login,
           password_hash IS NOT NULL AS "hasPassword", second_factor.person_id IS NOT NULL AS "hasSecondFactor",
           open.expires_at AS "codeExpiresAt"
         FROM post JOIN unit USING (unit_id) JOIN district ON district.code = unit.district_code
           JOIN person USING (person_id) JOIN account USING (person_id) LEFT JOIN second_factor USING (person_id)
           LEFT JOIN (SELECT person_id, expires_at FROM one_time_code WHERE ended_at IS NULL AND expires_at > $1) AS open
             USING (person_id)
         WHERE unit_id = $2 AND person.active AND ($1::timestamptz AT TIME ZONE district.time_zone)::date
           BETWEEN post.valid_from AND coalesce(post.valid_to, 'infinity')
         ORDER BY person_id, title, post_id
       ) AS people ORDER BY ${BY_TITLE_AND_NAME}`,
      [now, unitId, ...endOf(after)],
    );
    const { items: page, next, totalCount } = pageOf(people, first);
    const answer = await answersFor(
      this.database,
      this.roster,
      'code.issue',
      page.map(({ personId }) => personId),
      now,
    );
    const caller = this.roster.caller();
    return {
      items: page.map((account) => ({
        ...account,
        codeExpiresAt: account.codeExpiresAt?.toISOString() ?? null,
        mayIssue: account.personId !== caller && answer(account.personId) === 'allowed',
      })),
      next,
      totalCount,
    };
  }

  /**
   * Issues a code to each person; an older one of theirs is good no more. A password that they have stays until it is used.
   * @throws Refusal `not-found`, `access.forbidden`, `access.further-reach`, `code.own`, `code.shown-once`
   */
  async issue(input: AskInput<typeof IssueCodes>): Promise<AskReply<typeof IssueCodes>> {
    const personIds = [...new Set(input.personIds)];
    const caller = this.roster.caller();
    const fieldOf = (i: number) => `personIds.${input.personIds.indexOf(personIds[i]!)}`;
    await demandAnswersFor(this.database, this.roster, 'code.issue', personIds, this.clock.now(), fieldOf);
    if (personIds.includes(caller)) throw new Refusal('code.own', {}, fieldOf(personIds.indexOf(caller)));
    let slips: AskReply<typeof IssueCodes>['slips'] | null = null;
    await inTransaction(
      this.database,
      () => this.clock.now(),
      (tx) =>
        once(tx, IssueCodes.subject, input, async () => {
          slips = await this.#issue(tx, personIds, input.validDays, caller);
          return {}; // the codes stay out of what is kept of a command
        }),
    );
    if (!slips) throw new Refusal('code.shown-once');
    return { slips };
  }

  async #issue(tx: Tx, personIds: readonly string[], validDays: number, issuedBy: string) {
    const accounts = await tx.query<{
      personId: string;
      name: string;
      login: string;
      title: string;
      unitName: string;
    }>(
      `SELECT account.*, held.* FROM (${ACCOUNTS}) AS account JOIN LATERAL (
         SELECT title, unit.name AS "unitName"
         FROM post JOIN unit USING (unit_id) WHERE person_id = account."personId" AND coalesce(post.valid_to, 'infinity') >= $2::date
         ORDER BY post.valid_from, title, post_id LIMIT 1
       ) AS held ON true ORDER BY held."unitName", title, name`,
      [personIds, tx.now],
    );
    const without = personIds.find((id) => !accounts.some(({ personId }) => personId === id));
    if (without)
      throw new Refusal('not-found', { what: { id: 'Akun petugas', en: 'The account' } }, 'personIds');
    const expiresAt = plusDays(tx.now, validDays);
    await tx.query(
      `UPDATE one_time_code SET ended_at = $2, ended_because = 'replaced' WHERE person_id = ANY ($1) AND ended_at IS NULL`,
      [personIds, tx.now],
    );
    const slips = accounts.map(({ personId, name, title, unitName, login }) => ({
      personId,
      name,
      title,
      unitName,
      login,
      code: makeCode(3, 4),
      expiresAt: expiresAt.toISOString(),
    }));
    await tx.manager.insert(
      OneTimeCode,
      slips.map(({ personId, code }) => ({
        codeId: uuidv7(),
        personId,
        hmac: this.#hash(code, personId),
        issuedBy,
        issuedAt: tx.now,
        expiresAt,
        failures: 0,
        endedAt: null,
        endedBecause: null,
      })),
    );
    return slips;
  }

  /**
   * Whose code it is. A wrong one counts against the code that the person has; the tenth ends it. Takes as long, and
   * says the same, for a login that is not there.
   * @throws Refusal `code.wrong`
   */
  async demandRight(personId: string | null, typed: string): Promise<string> {
    const whose = personId ?? randomUUID();
    const hmac = this.#hash(plainCode(typed), whose);
    const now = this.clock.now();
    const [open] = await this.database.query(
      `SELECT code_id AS "codeId", hmac FROM one_time_code WHERE person_id = $1 AND ended_at IS NULL AND expires_at > $2`,
      [whose, now],
    );
    const right = timingSafeEqual(
      Buffer.from((open?.hmac as string | undefined) ?? '0'.repeat(64)),
      Buffer.from(hmac),
    );
    if (right) return open.codeId as string;
    await inTransaction(
      this.database,
      () => now,
      (tx) =>
        tx.query(
          `UPDATE one_time_code SET failures = failures + 1,
             ended_at = CASE WHEN failures + 1 >= $3 THEN $2::timestamptz END,
             ended_because = CASE WHEN failures + 1 >= $3 THEN 'guessed' END
           WHERE person_id = $1 AND ended_at IS NULL`,
          [whose, now, CODE_FAILURES],
        ),
    );
    throw new Refusal('code.wrong');
  }

  /** Uses a code up. @throws Refusal `code.wrong` when it is not open any more */
  async use(tx: Tx, codeId: string): Promise<void> {
    const [used] = await tx.query<{ code_id: string }>(
      `WITH used AS (
         UPDATE one_time_code SET ended_at = $2, ended_because = 'used'
         WHERE code_id = $1 AND ended_at IS NULL AND expires_at > $2 RETURNING code_id
       ) SELECT code_id FROM used`,
      [codeId, tx.now],
    );
    if (!used) throw new Refusal('code.wrong');
  }

  #hash(code: string, personId: string): string {
    return this.seal.hash(plainCode(code), `one-time ${personId}`);
  }
}
