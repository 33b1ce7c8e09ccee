import { createHash, randomBytes } from 'node:crypto';
import { dayEnds, localDate, type Clock } from '@lokmin/calendar';
import {
  AddGuest,
  ChangeGuest,
  EndGuest,
  GUEST_LINK_DAYS,
  IssueGuestLink,
  Refusal,
  RevokeGuestLink,
  type AskInput,
  type AskReply,
  type OpenGuestLink,
} from '@lokmin/contracts';
import { currentCause, demandRevision, inTransaction, once, withCause, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, type EntityManager } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Announcer } from '../announce.ts';
import { Keys } from '../session/keys.ts';
import { SignInRates } from '../session/rate.ts';
import { plusDays } from '../session/session.rules.ts';
import { District } from '../unit/unit.entity.ts';
import { Guest, GuestLink } from './guest.entity.ts';

type GuestView = AskReply<typeof AddGuest>;

const MOST_LISTED = 200;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const unknownGuest = () => new Refusal('not-found', { what: { id: 'Tamu', en: 'The guest' } });
const unknownLink = () => new Refusal('not-found', { what: { id: 'Tautan', en: 'The link' } });

/** People of other sectors, kept by their puskesmas, and the links by which they do one thing each (decision 0025). */
@Injectable()
export class Guests {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(SignInRates) private readonly rates: SignInRates,
    private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * For everybody who sees people there; the telephone number for those who keep guests, and null for the others.
   * @throws Refusal `not-found`, `access.forbidden`
   */
  async list(unitId: string): Promise<GuestView[]> {
    const { districtCode } = await this.roster.unit(unitId);
    await this.roster.demand('people.view', { districtCode, unitId });
    const keeps = await this.roster.may('guest.keep', { districtCode, unitId });
    const { manager } = this.database;
    const guests = await manager
      .createQueryBuilder(Guest, 'guest')
      .where('guest.unitId = :unitId', { unitId })
      .orderBy('guest.endedAt IS NOT NULL')
      .addOrderBy('lower(guest.name)')
      .addOrderBy('guest.guestId')
      .limit(MOST_LISTED)
      .getMany();
    const links = await linksOf(guests, manager);
    return guests.map((guest) => {
      const view = viewOf(guest, links);
      return keeps ? view : { ...view, phone: null };
    });
  }

  /** @throws Refusal `not-found`, `access.forbidden` */
  async add(input: AskInput<typeof AddGuest>): Promise<GuestView> {
    const { unitId, name, office, phone } = input;
    const { districtCode } = await this.roster.unit(unitId);
    await this.roster.demand('guest.keep', { districtCode, unitId });
    return this.#command(AddGuest.subject, input, async (tx) =>
      tx.manager.create(Guest, {
        guestId: uuidv7(),
        unitId,
        districtCode,
        name,
        office,
        phone,
        addedAt: tx.now,
        endedAt: null,
        revision: 0,
      }),
    );
  }

  /** @throws Refusal `not-found`, `access.forbidden`, `revision.stale`, `guest.ended` */
  async change(input: AskInput<typeof ChangeGuest>): Promise<GuestView> {
    const { guestId, name, office, phone } = input;
    await this.#demandKeep(guestId);
    return this.#command(ChangeGuest.subject, input, async (tx) => {
      const guest = await this.#held(tx, guestId);
      demandRevision(guest.revision, input.expectedRevision);
      return Object.assign(guest, { name, office, phone });
    });
  }

  /** @throws Refusal `not-found`, `access.forbidden`, `revision.stale`, `guest.ended` */
  async end(input: AskInput<typeof EndGuest>): Promise<GuestView> {
    const { guestId } = input;
    await this.#demandKeep(guestId);
    return this.#command(EndGuest.subject, input, async (tx) => {
      const guest = await this.#held(tx, guestId);
      demandRevision(guest.revision, input.expectedRevision);
      await tx.manager.update(GuestLink, { guestId, revokedAt: IsNull() }, { revokedAt: tx.now });
      return Object.assign(guest, { endedAt: tx.now });
    });
  }

  /**
   * What the link is about is not looked at here: the service that has the thing opens it to nobody but its owner.
   * @throws Refusal `not-found`, `access.forbidden`, `guest.ended`, `guest-link.expiry`
   */
  async issue(input: AskInput<typeof IssueGuestLink>): Promise<AskReply<typeof IssueGuestLink>> {
    const { guestId, purpose, aboutId, expiresOn } = input;
    await this.#demandKeep(guestId);
    let secret: string | null = null;
    const guest = await this.#command(IssueGuestLink.subject, input, async (tx) => {
      const guest = await this.#held(tx, guestId);
      const { timeZone } = await tx.manager.findOneByOrFail(District, { code: guest.districtCode });
      const from = localDate(tx.now, timeZone);
      const until = localDate(plusDays(tx.now, GUEST_LINK_DAYS), timeZone);
      if (expiresOn < from || expiresOn > until)
        throw new Refusal('guest-link.expiry', { from, until }, 'expiresOn');
      const open = { guestId, purpose, aboutId, revokedAt: IsNull() };
      await tx.manager.update(GuestLink, open, { revokedAt: tx.now });
      secret = randomBytes(32).toString('base64url');
      await tx.manager.insert(GuestLink, {
        linkId: uuidv7(),
        guestId,
        purpose,
        aboutId,
        sha256: sha256(secret),
        madeAt: tx.now,
        expiresAt: dayEnds(expiresOn, timeZone),
        revokedAt: null,
        lastOpenedAt: null,
      });
      return guest;
    });
    // It stays out of what is kept of the command: told with the first answer, and then never again.
    return { guest, secret };
  }

  /** @throws Refusal `not-found`, `access.forbidden`, `guest.ended`, `guest-link.ended` */
  async revoke(input: AskInput<typeof RevokeGuestLink>): Promise<GuestView> {
    const { linkId } = input;
    const link = await this.database.manager.findOneBy(GuestLink, { linkId });
    if (!link) throw unknownLink();
    await this.#demandKeep(link.guestId, unknownLink);
    return this.#command(RevokeGuestLink.subject, input, async (tx) => {
      const guest = await this.#held(tx, link.guestId);
      const { affected } = await tx.manager.update(
        GuestLink,
        { linkId, revokedAt: IsNull() },
        { revokedAt: tx.now },
      );
      if (affected === 0) throw new Refusal('guest-link.ended');
      return guest;
    });
  }

  /**
   * Whoever has the secret is told what became of the link. Nobody can guess one; an address, behind which a whole
   * meeting may sit, may try as often as when it signs in.
   * @throws Refusal `guest-link.unknown`, `guest-link.revoked`, `guest-link.expired`, `request.too-many`
   */
  async open({ secret, address }: AskInput<typeof OpenGuestLink>): Promise<AskReply<typeof OpenGuestLink>> {
    await this.rates.take(address, null);
    const { manager } = this.database;
    const link = await manager.findOneBy(GuestLink, { sha256: sha256(secret.trim()) });
    if (!link) throw new Refusal('guest-link.unknown');
    const { linkId, guestId } = link;
    if (link.revokedAt) throw new Refusal('guest-link.revoked');
    if (link.expiresAt <= this.clock.now()) throw new Refusal('guest-link.expired');
    await withCause({ ...currentCause(), actor: guestId, sessionId: linkId }, () =>
      this.#transaction((tx) => tx.manager.update(GuestLink, { linkId }, { lastOpenedAt: tx.now })),
    );
    const { token, expiresAt } = await this.keys.sign(guestId, linkId, 'guest');
    return { accessToken: token, accessExpiresAt: expiresAt.toISOString() };
  }

  /** Decided before a transaction takes a connection: a guest stays with one puskesmas. */
  async #demandKeep(guestId: string, unknown = unknownGuest): Promise<void> {
    const guest = await this.database.manager.findOneBy(Guest, { guestId });
    if (!guest) throw unknown();
    await this.roster.demand('guest.keep', guest, unknown);
  }

  /** The guest that a command is about, locked. */
  async #held(tx: Tx, guestId: string): Promise<Guest> {
    const guest = await tx.manager.findOneOrFail(Guest, {
      where: { guestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (guest.endedAt) throw new Refusal('guest.ended');
    return guest;
  }

  /** Saves and announces what the work leaves, as the next revision of the guest. */
  #command(
    operation: string,
    input: { commandId: string },
    work: (tx: Tx) => Promise<Guest>,
  ): Promise<GuestView> {
    return this.#transaction((tx) =>
      once(tx, operation, input, async () => {
        const { manager } = tx;
        const guest = await work(tx);
        guest.revision += 1;
        await manager.save(Guest, guest);
        const links = await linksOf([guest], manager);
        const open = links.filter(({ expiresAt }) => expiresAt > tx.now);
        await new Announcer(tx, this.roster).guest(guest, open);
        return viewOf(guest, links);
      }),
    );
  }

  #transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return inTransaction(this.database, () => this.clock.now(), work);
  }
}

/** Those of the guests that are not revoked, the newest first. */
const linksOf = (guests: readonly Guest[], manager: EntityManager): Promise<GuestLink[]> =>
  manager.find(GuestLink, {
    where: { guestId: In(guests.map(({ guestId }) => guestId)), revokedAt: IsNull() },
    order: { madeAt: 'DESC', linkId: 'DESC' },
  });

/** @param links of this guest, and maybe of others */
function viewOf(guest: Guest, links: readonly GuestLink[]): GuestView {
  const { guestId, unitId, districtCode, name, office, phone, endedAt, revision } = guest;
  return {
    guestId,
    unitId,
    districtCode,
    name,
    office,
    phone,
    endedAt: endedAt?.toISOString() ?? null,
    revision,
    links: links
      .filter((link) => link.guestId === guestId)
      .map(({ linkId, purpose, aboutId, expiresAt, madeAt, lastOpenedAt }) => ({
        linkId,
        purpose,
        aboutId,
        expiresAt: expiresAt.toISOString(),
        madeAt: madeAt.toISOString(),
        lastOpenedAt: lastOpenedAt?.toISOString() ?? null,
      })),
  };
}
