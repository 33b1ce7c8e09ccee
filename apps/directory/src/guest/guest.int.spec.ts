import { randomUUID } from 'node:crypto';
import {
  AddGuest,
  asksOf,
  ChangeGuest,
  EndGuest,
  GuestState,
  IssueGuestLink,
  ListGuests,
  OpenGuestLink,
  RevokeGuestLink,
  Viewer,
  type AskReply,
} from '@lokmin/contracts';
import { currentCause, withCause } from '@lokmin/messaging';
import { GUEST_AUDIENCE, Roster } from '@lokmin/service';
import { eventually } from '@lokmin/testing';
import { decodeJwt } from 'jose';
import { aDirectory, type TestDirectory } from '../../test/directory.ts';

type Guest = AskReply<typeof AddGuest>;
const ACTION = randomUUID();
const OTHER_ACTION = randomUUID();
const DAY = 24 * 60;

let directory: TestDirectory;
let manggar: string;
beforeAll(async () => {
  directory = await aDirectory();
  await directory.hire([
    ['kapus.manggar', '1012406', 'kepala_puskesmas'],
    ['ktu.manggar', '1012406', 'ktu'],
    ['kia.manggar', '1012406', 'pemegang_program', 'KIA'],
    ['kapus.gantung', '1012404', 'kepala_puskesmas'],
    ['dinas', '19.06', 'petugas_dinas'],
  ]);
  [{ id: manggar }] = await directory.database.query(`SELECT unit_id AS id FROM unit WHERE code = '1012406'`);
});
afterAll(() => directory?.stop());

const refusedAs = (code: string) => expect.objectContaining({ code });
const command = () => ({ commandId: randomUUID() });
const CARD = { name: 'Sekretaris Camat', office: 'Kantor Camat Manggar', phone: '0812 0000 1234' };
const add = (by = 'kapus.manggar', card: object = {}) =>
  directory.as(by, AddGuest, { ...command(), unitId: manggar, ...CARD, ...card });
/** By the clocks of the district, WIB. */
const localDay = (days: number) =>
  new Date(directory.now().getTime() + (days * DAY + 7 * 60) * 60_000).toISOString().slice(0, 10);
const issue = async ({ guestId }: Guest, more: object = {}) =>
  directory.as('kapus.manggar', IssueGuestLink, {
    ...command(),
    guestId,
    purpose: 'report-action',
    aboutId: ACTION,
    expiresOn: localDay(30),
    ...more,
  });
const open = (secret: string | null, address: string | null = null) =>
  directory.ask(OpenGuestLink, { secret: secret!, address });
const listed = async (by = 'kia.manggar') => (await directory.as(by, ListGuests, { unitId: manggar })).items;
/** What the directory's own copy says of a token: what every service decides by. */
const linkOf = async (token: string) => {
  const roster = directory.running.app.get(Roster);
  const asker = await roster.identifyGuest(token);
  return withCause({ ...currentCause(), ...asker }, () => roster.guestLink('report-action'));
};

describe('a guest', () => {
  it('is written down by the head or the head of administration, for those who see people there', async () => {
    const camat = await add();
    expect(camat).toMatchObject({ ...CARD, unitId: manggar, endedAt: null, revision: 1, links: [] });
    const kader = await add('ktu.manggar', { name: 'Kader', office: 'Posyandu Melati', phone: null });
    expect((await listed()).map(({ name }) => name)).toEqual(['Kader', 'Sekretaris Camat']);
    expect(await listed('dinas')).toHaveLength(2);
    for (const [by, phone] of [
      ['kia.manggar', null],
      ['dinas', null],
      ['kapus.manggar', CARD.phone],
      ['ktu.manggar', CARD.phone],
    ] as const)
      expect([by, (await listed(by))[1]!.phone]).toEqual([by, phone]);
    const changed = await directory.as('ktu.manggar', ChangeGuest, {
      ...command(),
      guestId: kader.guestId,
      expectedRevision: 1,
      name: 'Kader Melati',
      office: 'Posyandu Melati 1',
      phone: '0813',
    });
    expect(changed).toMatchObject({ name: 'Kader Melati', office: 'Posyandu Melati 1', revision: 2 });
    for (const by of ['kia.manggar', 'dinas', 'admin'])
      await expect(add(by)).rejects.toEqual(refusedAs('access.forbidden'));
    await expect(add('kapus.gantung')).rejects.toEqual(refusedAs('not-found'));
    await expect(listed('kapus.gantung')).rejects.toEqual(refusedAs('not-found'));
    for (const guestId of [kader.guestId, randomUUID()])
      await expect(
        directory.as('kapus.gantung', EndGuest, { ...command(), guestId, expectedRevision: 1 }),
      ).rejects.toEqual(refusedAs('not-found'));
  });

  it('is announced without the telephone number, which is masked in the trail', async () => {
    const { guestId } = await add();
    const [{ body }] = await directory.database.query(
      `SELECT body FROM outbox WHERE subject = $1 ORDER BY position DESC LIMIT 1`,
      [`${GuestState.type}.${guestId}`],
    );
    expect(JSON.parse(body).data).toEqual({
      guestId,
      unitId: manggar,
      districtCode: '19.06',
      name: CARD.name,
      office: CARD.office,
      active: true,
      links: [],
    });
    const trail = JSON.stringify(
      await directory.database.query(`SELECT * FROM audit_entry WHERE record_kind = 'Guest'`),
    );
    expect(trail).toContain(CARD.office);
    expect(trail).not.toContain(CARD.phone);
  });

  it('who is ended has no link any more, cannot get one, and loses the telephone number a year later', async () => {
    const ended = await add();
    const other = await add();
    const { secret } = await issue(ended);
    const { accessToken } = await open(secret);
    const ending = { ...command(), guestId: ended.guestId, expectedRevision: 2 };
    const over = await directory.as('kapus.manggar', EndGuest, ending);
    expect(over).toMatchObject({ endedAt: directory.now().toISOString(), links: [] });
    expect(await directory.as('kapus.manggar', EndGuest, ending)).toEqual(over);
    await expect(linkOf(accessToken)).rejects.toEqual(refusedAs('access.signed-out'));
    await expect(open(secret)).rejects.toEqual(refusedAs('guest-link.revoked'));
    await expect(issue(over)).rejects.toEqual(refusedAs('guest.ended'));
    const phoneOf = async ({ guestId }: Guest) =>
      (await directory.database.query('SELECT phone FROM guest WHERE guest_id = $1', [guestId]))[0].phone;
    directory.pass(364 * DAY);
    await expect(
      eventually(async () => (await phoneOf(ended)) === null, { deadlineMs: 2_500 }),
    ).rejects.toThrow();
    directory.pass(2 * DAY);
    await eventually(async () => (await phoneOf(ended)) === null);
    expect(await phoneOf(other)).toBe(CARD.phone);
  });
});

describe('the link of a guest', () => {
  it('gives a token for ten minutes that is good for its one thing, and shows when it was opened', async () => {
    const guest = await add();
    const { guest: linked, secret } = await issue(guest);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(linked.links).toMatchObject([{ purpose: 'report-action', aboutId: ACTION, lastOpenedAt: null }]);
    for (let times = 0; times < 2; times += 1) {
      const { accessToken, accessExpiresAt } = await open(secret);
      expect(decodeJwt(accessToken)).toMatchObject({
        aud: GUEST_AUDIENCE,
        sub: guest.guestId,
        sid: linked.links[0]!.linkId,
      });
      expect(new Date(accessExpiresAt).getTime() - directory.now().getTime()).toBeLessThanOrEqual(600_000);
      expect(await linkOf(accessToken)).toMatchObject({
        guest: { guestId: guest.guestId, unitId: manggar, name: CARD.name },
        aboutId: ACTION,
      });
    }
    const shown = (await listed()).find(({ guestId }) => guestId === guest.guestId)!;
    expect(shown.links[0]!.lastOpenedAt).toBe(directory.now().toISOString());
    const [noted] = await directory.database.query(
      `SELECT person_id, session_id, operation, unit_id FROM audit_entry WHERE part = 'guest_link' ORDER BY number DESC LIMIT 1`,
    );
    expect(noted).toEqual({
      person_id: guest.guestId,
      session_id: linked.links[0]!.linkId,
      operation: OpenGuestLink.subject,
      unit_id: manggar,
    });
  });

  it('opens nothing that is for people: its token is refused before anything is looked at', async () => {
    const { secret } = await issue(await add());
    const { accessToken } = await open(secret);
    await expect(directory.ask(Viewer, {}, accessToken)).rejects.toEqual(refusedAs('access.signed-out'));
    await expect(directory.ask(ListGuests, { unitId: manggar }, accessToken)).rejects.toEqual(
      refusedAs('access.signed-out'),
    );
    await expect(
      directory.ask(AddGuest, { ...command(), unitId: manggar, ...CARD }, accessToken),
    ).rejects.toEqual(refusedAs('access.signed-out'));
    const roster = directory.running.app.get(Roster);
    await expect(roster.identify(accessToken)).rejects.toEqual(refusedAs('access.signed-out'));
    const person = await directory.signIn('kapus.manggar');
    await expect(roster.identifyGuest(person.accessToken)).rejects.toEqual(refusedAs('access.signed-out'));
    expect(asksOf('directory').filter(({ access }) => access === 'guest')).toEqual([]);
  });

  it('ends when another is issued for the same thing, and not when one is for another thing', async () => {
    const guest = await add();
    const first = await issue(guest);
    const other = await issue(guest, { aboutId: OTHER_ACTION });
    const { accessToken } = await open(first.secret);
    const second = await issue(guest);
    await expect(open(first.secret)).rejects.toEqual(refusedAs('guest-link.revoked'));
    await expect(linkOf(accessToken)).rejects.toEqual(refusedAs('access.signed-out'));
    await open(second.secret);
    await open(other.secret);
    expect(second.guest.links.map(({ aboutId }) => aboutId)).toEqual([ACTION, OTHER_ACTION]);
  });

  it('ends at once when it is revoked, also for what it was exchanged for', async () => {
    const { guest, secret } = await issue(await add());
    const { accessToken } = await open(secret);
    const { linkId } = guest.links[0]!;
    for (const unknown of [linkId, randomUUID()])
      await expect(
        directory.as('kapus.gantung', RevokeGuestLink, { ...command(), linkId: unknown }),
      ).rejects.toEqual(refusedAs('not-found'));
    await linkOf(accessToken);
    expect((await directory.as('ktu.manggar', RevokeGuestLink, { ...command(), linkId })).links).toEqual([]);
    await expect(linkOf(accessToken)).rejects.toEqual(refusedAs('access.signed-out'));
    await expect(open(secret)).rejects.toEqual(refusedAs('guest-link.revoked'));
    await expect(directory.as('ktu.manggar', RevokeGuestLink, { ...command(), linkId })).rejects.toEqual(
      refusedAs('guest-link.ended'),
    );
  });

  it('expires with its last local day, at most 90 days on', async () => {
    const guest = await add();
    for (const expiresOn of [localDay(-1), localDay(91)])
      await expect(issue(guest, { expiresOn })).rejects.toEqual(refusedAs('guest-link.expiry'));
    await issue(guest, { expiresOn: localDay(90) });
    const { secret } = await issue(guest, { expiresOn: localDay(0) });
    const { accessToken } = await open(secret);
    await linkOf(accessToken);
    const { expiresAt } = (await listed()).find(({ guestId }) => guestId === guest.guestId)!.links[0]!;
    directory.pass((new Date(expiresAt).getTime() - directory.now().getTime()) / 60_000);
    await expect(open(secret)).rejects.toEqual(refusedAs('guest-link.expired'));
    await expect(linkOf(accessToken)).rejects.toEqual(refusedAs('access.signed-out'));
  });

  it('ends before its token does where that lasts longer', async () => {
    const guest = await add();
    const { guest: linked, secret } = await issue(guest, { expiresOn: localDay(0) });
    const ends = new Date(linked.links[0]!.expiresAt).getTime();
    directory.pass((ends - directory.now().getTime()) / 60_000 - 1);
    const { accessToken } = await open(secret);
    await linkOf(accessToken);
    directory.pass(1);
    await expect(linkOf(accessToken)).rejects.toEqual(refusedAs('access.signed-out'));
  });

  it('has a secret that is told once and stands in no table', async () => {
    const guest = await add();
    const same = command();
    const { secret } = await issue(guest, same);
    expect(await issue(guest, same)).toMatchObject({ secret: null });
    await open(secret);
    const tables: { table: string }[] = await directory.database.query(
      `SELECT quote_ident(table_name) AS table FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    for (const { table } of tables) {
      const found = await directory.database.query(
        `SELECT 1 FROM ${table} AS t WHERE t::text LIKE '%' || $1 || '%'`,
        [secret],
      );
      expect([table, found]).toEqual([table, []]);
    }
  });

  it('is announced until it is revoked or has expired, and shown until it is revoked', async () => {
    const guest = await add();
    const announced = async () => {
      const [{ body }] = await directory.database.query(
        `SELECT body FROM outbox WHERE subject = $1 ORDER BY position DESC LIMIT 1`,
        [`${GuestState.type}.${guest.guestId}`],
      );
      return (JSON.parse(body).data.links as { aboutId: string }[]).map(({ aboutId }) => aboutId);
    };
    await issue(guest, { expiresOn: localDay(0) });
    expect(await announced()).toEqual([ACTION]);
    directory.pass(DAY);
    const { guest: linked } = await issue(guest, { aboutId: OTHER_ACTION });
    expect(await announced()).toEqual([OTHER_ACTION]);
    expect(linked.links.map(({ aboutId }) => aboutId)).toEqual([OTHER_ACTION, ACTION]);
  });

  it('is issued to as many at once as ask, without one waiting for the connection of another', async () => {
    const guest = await add();
    const { accessToken } = await directory.signIn('kapus.manggar');
    const { guestId } = guest;
    const link = { guestId, purpose: 'report-action' as const, aboutId: ACTION, expiresOn: localDay(30) };
    await Promise.all(
      Array.from({ length: 40 }, () => directory.ask(IssueGuestLink, { ...command(), ...link }, accessToken)),
    );
    expect((await listed()).find((each) => each.guestId === guestId)!.links).toHaveLength(1);
  });

  it('that nobody issued is not known, and an address may try ten times as often as a login', async () => {
    await expect(open('a'.repeat(43))).rejects.toEqual(refusedAs('guest-link.unknown'));
    const tried = await Promise.allSettled(
      Array.from({ length: 130 }, () => open('b'.repeat(43), '10.0.0.9')),
    );
    const codes = tried.map((each) => (each as PromiseRejectedResult).reason.code as string);
    // The bucket fills up while they try.
    const unknown = codes.filter((code) => code === 'guest-link.unknown').length;
    expect(unknown).toBeGreaterThanOrEqual(100);
    expect(unknown).toBeLessThan(130);
    expect(codes.filter((code) => code === 'request.too-many')).toHaveLength(130 - unknown);
    await expect(open('b'.repeat(43), '10.0.0.10')).rejects.toEqual(refusedAs('guest-link.unknown'));
  });
});
