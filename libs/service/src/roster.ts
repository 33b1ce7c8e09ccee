import { mayDo, mayKnow, type HeldPost, type Operation, type Target } from '@lokmin/access';
import { localDate, type Clock, type Zone } from '@lokmin/calendar';
import {
  CoachingGroupState,
  DistrictState,
  GuestState,
  PersonState,
  PostState,
  Refusal,
  TokenKeyState,
  UnitState,
  unknownDistrict,
  type Fact,
  type GUEST_PURPOSES,
} from '@lokmin/contracts';
import { currentCause, NotYet, type Asker, type Tx } from '@lokmin/messaging';
import { errors, importJWK, jwtVerify, type CryptoKey, type JWK } from 'jose';
import type { DataSource } from 'typeorm';
import { prepared, type Queryable } from './database.ts';

/** Claims that every access token carries. */
export const TOKEN_ISSUER = 'lokmin';
export const TOKEN_AUDIENCE = 'lokmin';
/** Of the tokens of guests: what is for people refuses them, whatever it is. */
export const GUEST_AUDIENCE = 'lokmin-guest';
/** The id of the session, or of the link of a guest, that the token was given to. */
export const SESSION_CLAIM = 'sid';

export interface KnownUnit {
  readonly unitId: string;
  readonly kind: 'puskesmas' | 'district_office';
  readonly districtCode: string;
  readonly code: string;
  readonly name: string;
  readonly timeZone: Zone;
  /** Its last working day; null: none is set. */
  readonly validTo: string | null;
}
/** A village that a puskesmas serves. */
export interface KnownVillage {
  readonly villageId: string;
  /** As Kemendagri writes it; null: not known. */
  readonly code: string | null;
  readonly name: string;
}
export interface KnownPerson {
  readonly personId: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
}
export interface KnownPost extends HeldPost {
  readonly postId: string;
  readonly personId: string;
  readonly personName: string;
  readonly title: string;
}

/** A guest whose link is open, and what it is good for. */
export interface LinkInForce {
  readonly guest: KnownGuest;
  readonly purpose: (typeof GUEST_PURPOSES)[number];
  readonly aboutId: string;
  readonly expiresAt: string;
}
export interface KnownGuest {
  readonly guestId: string;
  readonly unitId: string;
  readonly name: string;
  readonly office: string;
  readonly active: boolean;
}

type RosterFact =
  | Fact<typeof DistrictState>
  | Fact<typeof UnitState>
  | Fact<typeof PersonState>
  | Fact<typeof PostState>
  | Fact<typeof CoachingGroupState>
  | Fact<typeof GuestState>
  | Fact<typeof TokenKeyState>;

const UNIT = `unit_id AS "unitId", kind, district_code AS "districtCode", code, name, time_zone AS "timeZone", valid_to::text AS "validTo"`;
const POST = `post.post_id AS "postId", post.person_id AS "personId", post.unit_id AS "unitId", post.district_code AS "districtCode",
  post.role, post.program, post.title, post.valid_from::text AS "validFrom", post.valid_to::text AS "validTo"`;
/**
 * A district ($2) and with it the posts of a person ($1), in one row where there are none; of somebody who is not active any
 * more: none, however long their token holds.
 */
const STANDING = prepared(
  `SELECT ${POST}, coalesce(unit_ids, '{}') AS coaches, district.name AS "districtName", district.time_zone AS "timeZone"
   FROM (SELECT $2::text AS code) AS asked LEFT JOIN known_district AS district USING (code)
     LEFT JOIN (known_post AS post JOIN known_person AS person ON person.person_id = post.person_id AND person.active
       LEFT JOIN known_coaching_group USING (coaching_group_id)) ON post.person_id = $1`,
);
const POSTS = prepared(
  `SELECT ${POST}, coalesce(unit_ids, '{}') AS coaches
   FROM known_post AS post JOIN known_person AS person USING (person_id)
     LEFT JOIN known_coaching_group USING (coaching_group_id)
   WHERE person_id = $1 AND person.active`,
);
const DISTRICT = prepared('SELECT name, time_zone AS "timeZone" FROM known_district WHERE code = $1');
const PUSKESMAS = prepared(
  `SELECT ${UNIT} FROM known_unit WHERE district_code = $1 AND kind = 'puskesmas' AND (valid_to IS NULL OR valid_to >= $2::date)
     AND ($3::uuid[] IS NULL OR unit_id = ANY ($3)) ORDER BY code`,
);
const signedOut = (reason: string) => new Refusal('access.signed-out', { reason });
const unknownUnit = () => new Refusal('not-found', { what: { id: 'Unit', en: 'The unit' } });
/** Verified tokens are remembered until they expire, at most this many. */
const REMEMBERED_TOKENS = 10_000;

/** What somebody may see of a district at once, and what deciding it needed to know. */
export interface OverviewGrant {
  /** The units of the coaching group; null: all of the district. */
  readonly only: readonly string[] | null;
  /** The local day there. */
  readonly today: string;
  /** Null while the district is unknown. */
  readonly districtName: string | null;
  /** Decides about more in the same district, by the same posts. */
  readonly may: (operation: Operation, target: Target) => boolean;
}

interface KnownKey {
  readonly key: CryptoKey | Uint8Array;
  readonly notAfter: Date;
}

/** Who is who and who may do what, from this service's own copy of the directory's facts. */
export class Roster {
  readonly #keys = new Map<string, KnownKey>();
  readonly #tokens = new Map<string, { asker: Asker; expiresAt: number }>();

  constructor(
    private readonly database: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Keeps the newest revision of what the directory says. */
  async learn(fact: RosterFact, tx: Tx): Promise<void> {
    const upsert = (table: string, key: string, row: Record<string, unknown>) => {
      const columns = Object.keys(row);
      return tx.query(
        `INSERT INTO ${table} AS known (${columns.join(', ')}) VALUES (${columns.map((_, i) => `$${i + 1}`).join(', ')})
         ON CONFLICT (${key}) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
         WHERE excluded.revision > known.revision`,
        Object.values(row),
      );
    };
    const { revision } = fact;
    switch (fact.type) {
      case DistrictState.type:
        await upsert('known_district', 'code', {
          code: fact.data.code,
          revision,
          name: fact.data.name,
          time_zone: fact.data.timeZone,
        });
        break;
      case UnitState.type: {
        const { unitId, kind, districtCode, code, name, timeZone, validFrom, validTo, villages } = fact.data;
        await upsert('known_unit', 'unit_id', {
          unit_id: unitId,
          revision,
          kind,
          district_code: districtCode,
          code,
          name,
          time_zone: timeZone,
          valid_from: validFrom,
          valid_to: validTo,
          villages: JSON.stringify(villages ?? []), // a fact of before there were villages says nothing of them
        });
        break;
      }
      case PersonState.type: {
        const { personId, name, email, phone, active } = fact.data;
        await upsert('known_person', 'person_id', {
          person_id: personId,
          revision,
          name,
          email,
          phone,
          active,
        });
        break;
      }
      case PostState.type: {
        const { postId, personId, unitId, districtCode, role, program, title, validFrom, validTo } =
          fact.data;
        await upsert('known_post', 'post_id', {
          post_id: postId,
          revision,
          person_id: personId,
          unit_id: unitId,
          district_code: districtCode,
          role,
          program,
          title,
          valid_from: validFrom,
          valid_to: validTo,
          coaching_group_id: fact.data.coachingGroupId,
        });
        break;
      }
      case CoachingGroupState.type:
        await upsert('known_coaching_group', 'coaching_group_id', {
          coaching_group_id: fact.data.coachingGroupId,
          revision,
          district_code: fact.data.districtCode,
          unit_ids: fact.data.unitIds,
        });
        break;
      case GuestState.type:
        await upsert('known_guest', 'guest_id', {
          guest_id: fact.data.guestId,
          revision,
          unit_id: fact.data.unitId,
          district_code: fact.data.districtCode,
          name: fact.data.name,
          office: fact.data.office,
          active: fact.data.active,
          links: JSON.stringify(fact.data.links),
        });
        break;
      case TokenKeyState.type:
        await upsert('known_key', 'kid', {
          kid: fact.data.kid,
          revision,
          public_jwk: fact.data.publicJwk,
          not_after: fact.data.notAfter,
        });
        break;
    }
  }

  async knowsAKey(): Promise<boolean> {
    return (await this.database.query('SELECT 1 FROM known_key LIMIT 1')).length > 0;
  }

  /**
   * Proves the person behind an access token.
   * @throws Refusal `access.signed-out` for a token that is expired, forged, of an unknown key or of an inactive person;
   * the error itself when it could not be proved, as while the database is away: that says nothing about the token
   */
  async identify(token: string): Promise<Asker> {
    const now = this.clock.now();
    const remembered = this.#tokens.get(token);
    if (remembered && remembered.expiresAt > now.getTime()) return remembered.asker;
    const { asker, expiresAt } = await this.#prove(token, TOKEN_AUDIENCE);
    const [person] = await this.database.query('SELECT 1 FROM known_person WHERE person_id = $1 AND active', [
      asker.actor,
    ]);
    if (!person) throw signedOut('unknown person');
    if (this.#tokens.size >= REMEMBERED_TOKENS) this.#tokens.clear();
    this.#tokens.set(token, { asker, expiresAt });
    return asker;
  }

  /**
   * Proves the guest behind an access token and the link that it was given for; `guestLink` says whether that is still open.
   * @throws Refusal `access.signed-out`, also for the token of a person
   */
  async identifyGuest(token: string): Promise<Asker> {
    return (await this.#prove(token, GUEST_AUDIENCE)).asker;
  }

  async #prove(token: string, audience: string): Promise<{ asker: Asker; expiresAt: number }> {
    try {
      let keyEndsAt = 0;
      const keyOf = async ({ kid }: { kid?: string }) => {
        const { key, notAfter } = await this.#key(kid);
        keyEndsAt = notAfter.getTime();
        return key;
      };
      const { payload } = await jwtVerify(token, keyOf, {
        issuer: TOKEN_ISSUER,
        audience,
        algorithms: ['EdDSA'],
        currentDate: this.clock.now(),
      });
      if (!payload.sub || !payload.exp) throw signedOut('names nobody, or has no end');
      const session = payload[SESSION_CLAIM];
      return {
        asker: { actor: payload.sub, sessionId: typeof session === 'string' ? session : null },
        expiresAt: Math.min(payload.exp * 1000, keyEndsAt),
      };
    } catch (error) {
      throw error instanceof errors.JOSEError ? signedOut(error.message) : error;
    }
  }

  /**
   * What the guest who asks may do: the one thing of the link, by which the token came, while that is open. Asked with each
   * request, so that a link that is revoked opens nothing from the moment at which this service hears of it.
   * @throws Refusal `access.signed-out`
   */
  async guestLink(purpose: LinkInForce['purpose'], db: Queryable = this.database): Promise<LinkInForce> {
    const { actor, sessionId } = currentCause();
    const guest = actor === null ? null : await this.findGuest(actor, db);
    const link = guest?.links.find(({ linkId }) => linkId === sessionId);
    if (!guest?.active || link?.purpose !== purpose || new Date(link.expiresAt) <= this.clock.now())
      throw signedOut('the link is not open');
    return { guest, purpose, aboutId: link.aboutId, expiresAt: link.expiresAt };
  }

  async findGuest(
    guestId: string,
    db: Queryable = this.database,
  ): Promise<(KnownGuest & Pick<Fact<typeof GuestState>['data'], 'links'>) | null> {
    const [guest] = await db.query<KnownGuest & Pick<Fact<typeof GuestState>['data'], 'links'>>(
      `SELECT guest_id AS "guestId", unit_id AS "unitId", name, office, active, links FROM known_guest WHERE guest_id = $1`,
      [guestId],
    );
    return guest ?? null;
  }

  async #key(kid: string | undefined): Promise<KnownKey> {
    if (!kid || kid.includes('\0')) throw signedOut('no key is named'); // PostgreSQL takes no NUL
    let known = this.#keys.get(kid);
    if (!known) {
      const [row] = await this.database.query(
        'SELECT public_jwk, not_after AS "notAfter" FROM known_key WHERE kid = $1',
        [kid],
      );
      if (!row) throw signedOut(`unknown key ${kid}`);
      known = { key: await importJWK(row.public_jwk as JWK, 'EdDSA'), notAfter: row.notAfter as Date };
      this.#keys.set(kid, known);
    }
    if (known.notAfter <= this.clock.now()) throw signedOut(`key ${kid} has ended`);
    return known;
  }

  /** The person who asks. @throws Refusal `access.signed-out` outside a signed-in request */
  caller(): string {
    const { actor } = currentCause();
    if (!actor) throw new Refusal('access.signed-out');
    return actor;
  }

  /**
   * Decides; deny by default.
   * @param unknown what is said of a thing that is not there: who may not know of the target hears the same
   * @throws Refusal what `unknown` says, as a rule `not-found`; `access.forbidden` when the caller may know of the
   * target, and none of their posts of today allows this
   */
  async demand(
    operation: Operation,
    target: Target,
    unknown: () => Refusal = () =>
      target.unitId === undefined ? unknownDistrict(target.districtCode) : unknownUnit(),
  ): Promise<void> {
    const { posts, today } = await this.#standing(target.districtCode);
    this.#decide(posts, today, operation, target, unknown);
  }

  /** For what everybody with a post in a district shares. @throws Refusal `not-found` to anybody else */
  async demandPostIn(districtCode: string): Promise<void> {
    const { posts, today } = await this.#standing(districtCode);
    if (!mayKnow(posts, { districtCode }, today)) throw unknownDistrict(districtCode);
  }

  #decide(
    posts: readonly HeldPost[],
    today: string,
    operation: Operation,
    target: Target,
    unknown: () => Refusal,
  ): void {
    if (mayDo(posts, operation, target, today)) return;
    throw mayKnow(posts, target, today) ? new Refusal('access.forbidden', { operation }) : unknown();
  }

  async may(operation: Operation, target: Target): Promise<boolean> {
    return (await this.grants())(operation, target);
  }

  /** Loads the caller's posts once, for deciding about many targets of one request. */
  async grants(): Promise<(operation: Operation, target: Target) => Promise<boolean>> {
    const posts = await this.#posts();
    const days = new Map<string, string>();
    return async (operation, target) => {
      const today = days.get(target.districtCode) ?? (await this.today(target.districtCode));
      days.set(target.districtCode, today);
      return mayDo(posts, operation, target, today);
    };
  }

  /** The caller's posts, and what deciding by them needs to know of a district. */
  async #standing(
    districtCode: string,
  ): Promise<{ posts: HeldPost[]; today: string; districtName: string | null }> {
    const rows = await this.database.query<
      (HeldPost & { postId: string | null; districtName: string | null; timeZone: Zone | null })[]
    >(STANDING, [this.caller(), districtCode]);
    const { districtName, timeZone } = rows[0]!;
    return {
      posts: rows.filter(({ postId }) => postId !== null),
      today: this.#todayIn(timeZone),
      districtName,
    };
  }

  /** Of somebody who is not active any more: none, however long their token holds. */
  async #posts(): Promise<HeldPost[]> {
    return this.database.query(POSTS, [this.caller()]);
  }

  /** Whether the caller may see every one of these units; of none, whether the whole district. */
  async maySeeUnits(districtCode: string, unitIds: readonly string[]): Promise<boolean> {
    const may = await this.grants();
    if (unitIds.length === 0) return may('unit.view', { districtCode });
    for (const unitId of unitIds) if (!(await may('unit.view', { districtCode, unitId }))) return false;
    return true;
  }

  /**
   * Decides about an overview: of a district by `district.view`; of a coaching group it is for those who may see every
   * puskesmas of it.
   * @throws Refusal `not-found`, `access.forbidden`
   */
  async demandOverview(districtCode: string, coachingGroupId: string | null): Promise<OverviewGrant> {
    const { posts, today, districtName } = await this.#standing(districtCode);
    const grant = {
      today,
      districtName,
      may: (operation: Operation, target: Target) => mayDo(posts, operation, target, today),
    };
    if (coachingGroupId === null) {
      this.#decide(posts, today, 'district.view', { districtCode }, () => unknownDistrict(districtCode));
      return { ...grant, only: null };
    }
    const [group] = await this.database.query<{ unitIds: string[] }[]>(
      `SELECT unit_ids AS "unitIds" FROM known_coaching_group WHERE coaching_group_id = $1 AND district_code = $2`,
      [coachingGroupId, districtCode],
    );
    const targets = group?.unitIds.map((unitId) => ({ districtCode, unitId })) ?? [];
    if (
      group &&
      (targets.length > 0 ? targets : [{ districtCode }]).every((each) => grant.may('unit.view', each))
    )
      return { ...grant, only: group.unitIds };
    throw new Refusal('not-found', { what: { id: 'Kelompok binaan', en: 'The coaching group' } });
  }

  /**
   * Whoever operates one district operates the system that all of them share.
   * @returns the districts that the caller operates, at least one
   * @throws Refusal `access.forbidden`
   */
  async demandOperator(): Promise<string[]> {
    const posts = await this.#posts();
    const districts: string[] = [];
    for (const districtCode of new Set(posts.map((post) => post.districtCode)))
      if (mayDo(posts, 'system.operate', { districtCode }, await this.today(districtCode)))
        districts.push(districtCode);
    if (districts.length === 0) throw new Refusal('access.forbidden', { operation: 'system.operate' });
    return districts;
  }

  /** The local day in a district; in UTC+7 while the district is unknown. */
  async today(districtCode: string): Promise<string> {
    return (await this.#district(districtCode)).today;
  }

  async #district(code: string): Promise<{ name: string | null; today: string }> {
    const [district] = await this.database.query<{ name: string; timeZone: Zone }[]>(DISTRICT, [code]);
    return {
      name: district?.name ?? null,
      today: this.#todayIn(district?.timeZone ?? null),
    };
  }

  #todayIn(zone: Zone | null): string {
    return localDate(this.clock.now(), zone ?? 'Asia/Jakarta');
  }

  /** @throws Refusal `not-found` */
  async unit(unitId: string, db: Queryable = this.database): Promise<KnownUnit> {
    const unit = await this.findUnit({ unitId }, db);
    if (!unit) throw unknownUnit();
    return unit;
  }

  /** For reactions: a unit that has not arrived yet will. @throws NotYet */
  async unitOrNotYet(unitId: string, tx: Tx): Promise<KnownUnit> {
    const unit = await tx.readOnce(`unit ${unitId}`, () => this.findUnit({ unitId }, tx));
    if (!unit) throw new NotYet(`unit ${unitId}`);
    return unit;
  }

  /** The villages of a puskesmas in order of code, then name; none for a unit that is not known. */
  async villages(unitId: string, db: Queryable = this.database): Promise<KnownVillage[]> {
    const [unit] = await db.query<{ villages: KnownVillage[] }>(
      'SELECT villages FROM known_unit WHERE unit_id = $1',
      [unitId],
    );
    return unit?.villages ?? [];
  }

  async findUnit(
    by: { unitId: string } | { code: string },
    db: Queryable = this.database,
  ): Promise<KnownUnit | null> {
    const [unit] = await ('unitId' in by
      ? db.query<KnownUnit>(`SELECT ${UNIT} FROM known_unit WHERE unit_id = $1`, [by.unitId])
      : db.query<KnownUnit>(`SELECT ${UNIT} FROM known_unit WHERE code = $1`, [by.code]));
    return unit ?? null;
  }

  /**
   * The puskesmas of a district that work today, in order of code; of them `only` those, unless it is null.
   * @param today the local day, where it is known already
   */
  async puskesmasOf(
    districtCode: string,
    only: readonly string[] | null,
    today?: string,
  ): Promise<KnownUnit[]> {
    return this.database.query<KnownUnit[]>(PUSKESMAS, [
      districtCode,
      today ?? (await this.today(districtCode)),
      only,
    ]);
  }

  async districtName(districtCode: string): Promise<string> {
    const { name } = await this.#district(districtCode);
    if (name === null) throw unknownDistrict(districtCode);
    return name;
  }

  async findPerson(personId: string, db: Queryable = this.database): Promise<KnownPerson | null> {
    const [person] = await db.query<KnownPerson>(
      `SELECT person_id AS "personId", name, email, phone FROM known_person WHERE person_id = $1`,
      [personId],
    );
    return person ?? null;
  }

  /** Posts held on a local day in a unit, or anywhere in a district; ordered by title. */
  async postsAt(
    where: { unitId: string } | { districtCode: string },
    today: string,
    db: Queryable = this.database,
  ): Promise<KnownPost[]> {
    const [condition, value] =
      'unitId' in where
        ? ['post.unit_id = $1', where.unitId]
        : ['post.district_code = $1', where.districtCode];
    return db.query<KnownPost>(
      `SELECT ${POST}, person.name AS "personName" FROM known_post AS post
       JOIN known_person AS person USING (person_id)
       WHERE ${condition} AND person.active AND post.valid_from <= $2::date AND (post.valid_to IS NULL OR post.valid_to >= $2::date)
       ORDER BY post.title, post.post_id`,
      [value, today],
    );
  }

  /** Those of the ids that are of guests who were ended. */
  async whoEnded(ids: readonly string[], db: Queryable = this.database): Promise<string[]> {
    const rows = await db.query<{ guestId: string }>(
      `SELECT guest_id AS "guestId" FROM known_guest WHERE guest_id = ANY ($1) AND NOT active`,
      [ids],
    );
    return rows.map(({ guestId }) => guestId);
  }

  /**
   * Those who left a unit: every post that they held there ended before a local day, or they are active nowhere any
   * more. Who is not known to have held one is none of them.
   */
  async whoLeft(
    unitId: string,
    personIds: readonly string[],
    today: string,
    db: Queryable = this.database,
  ): Promise<Set<string>> {
    const rows = await db.query<{ personId: string }>(
      `SELECT person_id AS "personId" FROM known_post JOIN known_person USING (person_id)
       WHERE unit_id = $1 AND person_id = ANY ($2)
       GROUP BY person_id HAVING bool_and(NOT active OR coalesce(valid_to, 'infinity') < $3::date)`,
      [unitId, personIds, today],
    );
    return new Set(rows.map(({ personId }) => personId));
  }
}
