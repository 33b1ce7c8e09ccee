import { ROLES } from '@lokmin/access';
import { localDate, type Clock } from '@lokmin/calendar';
import { Refusal, type AskInput, type AskReply, type ImportDirectory } from '@lokmin/contracts';
import { inTransaction, once, type Tx } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { Announcer, villagesOf } from '../announce.ts';
import { Person, Post } from '../person/person.entity.ts';
import { hashPassword } from '../session/password.ts';
import { Account } from '../session/session.entity.ts';
import { CoachingGroup, District, Unit, UnitIdentifier, Village } from '../unit/unit.entity.ts';
import {
  readFiles,
  type CoachingGroupRow,
  type ImportError,
  type PersonRow,
  type Placed,
  type UnitRow,
  type VillageRow,
} from './csv.ts';

type Report = AskReply<typeof ImportDirectory>;
/** What a row did. */
type Outcome = 'created' | 'changed' | 'unchanged';

/** A reply stays well below the limit of a message; the first errors show what is wrong with the rest. */
const ERRORS_TOLD = 500;

/** Later than every day that matters. */
const FOR_EVER = '9999-12-31';

/** Rolls the transaction back and carries what was wrong. */
class RowsRefused extends Error {
  constructor(readonly errors: ImportError[]) {
    super(`${errors.length} errors in the rows`);
  }
}

/** Takes what differs from `wanted`; says whether anything did. */
function change<T extends object>(thing: T, wanted: Partial<T>): boolean {
  const differs = (Object.keys(wanted) as (keyof T)[]).filter((key) => thing[key] !== wanted[key]);
  Object.assign(thing, wanted);
  return differs.length > 0;
}

@Injectable()
export class DirectoryImport {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Roster) private readonly roster: Roster,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Districts, units, coaching groups, villages, people and their posts; all or nothing. The same rows again change and announce
   * nothing. A thing that is missing from a file stays as it is.
   * @returns what the rows did, or everything wrong with them, by file, row and column
   * @throws Refusal `access.forbidden` for a caller who is no administrator
   */
  async run(input: AskInput<typeof ImportDirectory>): Promise<Report> {
    const allowed = await this.#districtsOfCaller();
    try {
      return await inTransaction(
        this.database,
        () => this.clock.now(),
        (tx) =>
          once(tx, 'import-directory', input, async () => {
            await tx.query(`SELECT pg_advisory_xact_lock(hashtext('directory import'))`);
            const rows = readFiles(input.files);
            const importing = new Importing(
              tx,
              new Announcer(tx, this.roster),
              this.roster,
              allowed,
              input.initialPassword,
              rows.errors,
            );
            for (const row of rows.units) await importing.unit(row);
            for (const row of rows.villages) await importing.village(row);
            await importing.announceUnits();
            for (const row of rows['coaching-groups']) await importing.coachingGroup(row);
            await importing.announceGroups();
            for (const row of rows.people) await importing.person(row);
            if (rows.errors.length > 0) throw new RowsRefused(rows.errors);
            await importing.openAccounts();
            return { ...importing.outcomes, errors: [] };
          }),
      );
    } catch (error) {
      if (!(error instanceof RowsRefused)) throw error;
      const files = input.files.map(({ name }) => name);
      const place = ({ file, row }: ImportError) => files.indexOf(file) * 1_000_000 + row;
      const errors = error.errors.toSorted((a, b) => place(a) - place(b)).slice(0, ERRORS_TOLD);
      return { created: 0, changed: 0, unchanged: 0, errors };
    }
  }

  async #districtsOfCaller(): Promise<Set<string>> {
    const held: { code: string }[] = await this.database.query(
      'SELECT DISTINCT district_code AS code FROM post JOIN unit USING (unit_id) WHERE person_id = $1',
      [this.roster.caller()],
    );
    const allowed = new Set<string>();
    for (const { code } of held)
      if (await this.roster.may('directory.import', { districtCode: code })) allowed.add(code);
    if (allowed.size === 0) throw new Refusal('access.forbidden', { operation: 'directory.import' });
    return allowed;
  }
}

/** One run over the rows, inside its transaction. */
class Importing {
  readonly #districts = new Map<string, District>();
  readonly #groups = new Map<string, { group: CoachingGroup; name: string; row: number; changed: boolean }>();
  readonly #units = new Map<string, { unit: Unit; changed: boolean }>();
  readonly #people = new Map<string, { person: Person; outcome: Outcome; first: Placed<PersonRow> }>();
  readonly #newAccounts: { personId: string; login: string }[] = [];
  readonly #posts = new Set<string>();
  readonly #seen = new Set<string>();
  readonly outcomes: Record<Outcome, number> = { created: 0, changed: 0, unchanged: 0 };

  constructor(
    private readonly tx: Tx,
    private readonly announcer: Announcer,
    private readonly roster: Roster,
    private readonly allowed: ReadonlySet<string>,
    private readonly initialPassword: string | null,
    private readonly errors: ImportError[],
  ) {}

  async unit(row: Placed<UnitRow>): Promise<void> {
    const isPuskesmas = row.kind === 'puskesmas';
    const fits = [
      this.#demand(
        isPuskesmas ? /^\d{7}$/.test(row.code) : row.code === row.district_code,
        row,
        'code',
        isPuskesmas
          ? 'Puskesmas memakai nomor registrasi 7 angka.'
          : 'Kantor dinas memakai kode kabupatennya.',
        isPuskesmas
          ? 'A puskesmas has a registration number of 7 digits.'
          : 'A district office has the code of its district.',
      ),
      this.#demand(
        isPuskesmas ? row.kecamatan_code?.startsWith(`${row.district_code}.`) : row.kecamatan_code === null,
        row,
        'kecamatan_code',
        isPuskesmas
          ? `Wajib diisi dengan kecamatan di kabupaten ${row.district_code}.`
          : 'Kosongkan untuk kantor dinas.',
        isPuskesmas
          ? `Fill in a kecamatan of the district ${row.district_code}.`
          : 'Leave it empty for a district office.',
      ),
      this.#demand(
        isPuskesmas === (row.kecamatan_name !== null),
        row,
        'kecamatan_name',
        isPuskesmas ? 'Wajib diisi.' : 'Kosongkan untuk kantor dinas.',
        isPuskesmas ? 'This must be filled in.' : 'Leave it empty for a district office.',
      ),
      this.#once(row, 'code', `unit ${row.code}`),
      this.#mayChange(row, 'district_code', row.district_code),
    ];
    if (fits.includes(false)) return;
    const district = await this.#district(row);
    if (!district) return;

    const wanted = {
      kind: row.kind,
      districtCode: row.district_code,
      code: row.code,
      name: row.name,
      kecamatanCode: row.kecamatan_code,
      kecamatanName: row.kecamatan_name,
      validFrom: row.valid_from,
    };
    const known = await this.tx.manager.findOneBy(Unit, { code: row.code });
    if (
      known &&
      !this.#demand(
        known.districtCode === row.district_code && known.kind === row.kind,
        row,
        'code',
        `Nomor ini sudah dipakai ${known.name} di ${known.districtCode}.`,
        `This number is used by ${known.name} in ${known.districtCode}.`,
      )
    )
      return;
    const unit =
      known ??
      this.tx.manager.create(Unit, {
        ...wanted,
        unitId: uuidv7(),
        validTo: null,
        coachingGroupId: null,
        revision: 0,
      });
    const differs = change(unit, wanted);
    if (!known) await this.tx.manager.insert(Unit, { ...unit, revision: 1 });
    const renumbered = await this.#identifiers(unit, district, row);
    if (!known || differs || renumbered) {
      unit.revision += 1;
      await this.tx.manager.save(Unit, unit);
      this.#units.set(unit.unitId, { unit, changed: true });
    }
    this.#count(known ? (differs || renumbered ? 'changed' : 'unchanged') : 'created');
  }

  /** One row for each puskesmas of a group. A puskesmas of another group leaves that for this one. */
  async coachingGroup(row: Placed<CoachingGroupRow>): Promise<void> {
    const unit = await this.#unitOf(row);
    if (!unit || !this.#once(row, 'unit_code', `coached ${row.unit_code}`)) return;
    const isOurs = this.#demand(
      unit.kind === 'puskesmas' && unit.districtCode === row.district_code,
      row,
      'unit_code',
      `Bukan puskesmas di kabupaten ${row.district_code}.`,
      `No puskesmas of the district ${row.district_code}.`,
    );
    if (!isOurs) return;
    const { manager } = this.tx;
    const key = `${row.district_code} ${row.code}`;
    const seen = this.#groups.get(key);
    if (
      seen &&
      !this.#demand(
        seen.name === row.name,
        row,
        'name',
        `Berbeda dari baris ${seen.row} kelompok ini: "${seen.name}".`,
        `Differs from row ${seen.row} of this group: "${seen.name}".`,
      )
    )
      return;
    const by = { districtCode: row.district_code, code: row.code };
    const known = seen?.group ?? (await manager.findOneBy(CoachingGroup, by));
    const group =
      known ??
      manager.create(CoachingGroup, { ...by, name: row.name, coachingGroupId: uuidv7(), revision: 0 });
    if (!known) await manager.insert(CoachingGroup, { ...group, revision: 1 });
    const renamed = change(group, { name: row.name });
    const { coachingGroupId } = group;
    const moved = unit.coachingGroupId !== coachingGroupId;
    if (moved) {
      if (unit.coachingGroupId) await this.#leaves(unit.coachingGroupId);
      await manager.update(Unit, { unitId: unit.unitId }, { coachingGroupId });
    }
    this.#groups.set(key, {
      group,
      name: row.name,
      row: row.row,
      changed: !known || renamed || moved || seen?.changed === true,
    });
    this.#count(
      moved && unit.coachingGroupId === null ? 'created' : moved || renamed ? 'changed' : 'unchanged',
    );
  }

  /** A group loses a puskesmas to another one. */
  async #leaves(coachingGroupId: string): Promise<void> {
    const group = await this.tx.manager.findOneByOrFail(CoachingGroup, { coachingGroupId });
    const key = `${group.districtCode} ${group.code}`;
    const seen = this.#groups.get(key);
    this.#groups.set(
      key,
      seen ? { ...seen, changed: true } : { group, name: group.name, row: 0, changed: true },
    );
  }

  /** Each group that is other than before, once, with all its puskesmas. */
  async announceGroups(): Promise<void> {
    for (const { group, changed } of this.#groups.values()) {
      if (!changed) continue;
      const { coachingGroupId } = group;
      const { manager } = this.tx;
      group.revision += 1;
      await manager.save(CoachingGroup, group);
      const units = await manager.find(Unit, { where: { coachingGroupId }, order: { code: 'ASC' } });
      await this.announcer.coachingGroup(
        group,
        units.map(({ unitId }) => unitId),
      );
    }
  }

  async village(row: Placed<VillageRow>): Promise<void> {
    const unit = await this.#unitOf(row);
    if (!unit || !this.#once(row, 'name', `village ${row.unit_code} ${row.name}`)) return;
    const { unitId } = unit;
    const code = row.code ?? null;
    const fits = [
      this.#demand(unit.kind === 'puskesmas', row, 'unit_code', 'Bukan puskesmas.', 'No puskesmas.'),
      code === null || this.#once(row, 'code', `village ${code}`),
      this.#demand(
        code === null || code.startsWith(`${unit.districtCode}.`),
        row,
        'code',
        `Bukan desa di kabupaten ${unit.districtCode}.`,
        `No village of the district ${unit.districtCode}.`,
      ),
    ];
    if (fits.includes(false)) return;
    const { manager } = this.tx;
    const coded = code === null ? null : await manager.findOneBy(Village, { code });
    const named = await manager.findOneBy(Village, { unitId, name: row.name });
    const own =
      this.#demand(
        !coded || coded.unitId === unitId,
        row,
        'code',
        'Kode ini sudah dipakai desa puskesmas lain.',
        'This code is used by a village of another puskesmas.',
      ) &&
      this.#demand(
        !coded || !named || coded.villageId === named.villageId,
        row,
        'name',
        'Nama ini sudah dipakai desa lain puskesmas ini.',
        'This name is used by another village of this puskesmas.',
      );
    if (!own) return;
    if (!this.#units.has(unitId)) this.#units.set(unitId, { unit, changed: false });
    const known = coded ?? named;
    const wanted = { name: row.name, synthetic: row.synthetic, ...(code !== null && { code }) };
    if (known && !change(known, wanted)) return this.#count('unchanged');
    await manager.save(Village, known ?? { villageId: uuidv7(), unitId, code: null, ...wanted });
    this.#count(known ? 'changed' : 'created');
  }

  /** Each unit that is other than before, once; also one whose villages were never announced. */
  async announceUnits(): Promise<void> {
    for (const { unit, changed } of this.#units.values()) {
      const now = await villagesOf(unit, this.tx);
      const told = await this.roster.villages(unit.unitId, this.tx);
      const isTold =
        now.length === told.length &&
        now.every(({ villageId, code, name }, i) => {
          const each = told[i]!;
          return each.villageId === villageId && each.code === code && each.name === name;
        });
      if (!changed && isTold) continue;
      if (!changed) {
        unit.revision += 1;
        await this.tx.manager.save(Unit, unit);
      }
      const district = await this.tx.manager.findOneByOrFail(District, { code: unit.districtCode });
      await this.announcer.unit(unit, district);
    }
  }

  async person(row: Placed<PersonRow>): Promise<void> {
    const unit = await this.#unitOf(row);
    const group = row.coaching_group
      ? unit &&
        (await this.tx.manager.findOneBy(CoachingGroup, {
          districtCode: unit.districtCode,
          code: row.coaching_group,
        }))
      : null;
    const fits = [
      this.#demand(
        (row.role === 'tpcb') === (group !== null),
        row,
        'coaching_group',
        row.role === 'tpcb'
          ? 'Wajib diisi dengan kode kelompok binaan di kabupaten ini.'
          : 'Hanya anggota TPCB yang memiliki kelompok binaan.',
        row.role === 'tpcb'
          ? 'Fill in the code of a coaching group of this district.'
          : 'Only a member of a coaching team (tpcb) has a coaching group.',
      ),
      !unit ||
        this.#demand(
          ROLES[row.role] === unit.kind && row.role !== 'akun_layanan',
          row,
          'role',
          `Jabatan ${row.role} tidak ada di ${unit.name}.`,
          `There is no ${row.role} at ${unit.name}.`,
        ),
      this.#demand(
        row.program === null || row.role === 'pemegang_program' || row.role === 'verifikator',
        row,
        'program',
        'Hanya pemegang program dan verifikator yang memiliki program.',
        'Only a pemegang_program and a verifikator have a programme.',
      ),
      this.#demand(
        row.valid_to === null || row.valid_to >= row.valid_from,
        row,
        'valid_to',
        'Tanggal akhir mendahului tanggal mulai.',
        'The end is before the beginning.',
      ),
      this.#once(
        row,
        'role',
        `post ${row.login.toLowerCase()} ${row.unit_code} ${row.role} ${row.program} ${row.coaching_group} ${row.valid_from}`,
      ),
    ];
    if (!unit || fits.includes(false)) return;
    const held = await this.#person(row);
    if (!held) return;

    const { personId } = held.person;
    const { role, program, title } = row;
    const coachingGroupId = group?.coachingGroupId ?? null;
    const wanted = { title, validFrom: row.valid_from, validTo: row.valid_to };
    const same = await this.tx.manager.findBy(Post, {
      personId,
      unitId: unit.unitId,
      role,
      program: program ?? IsNull(),
      coachingGroupId: coachingGroupId ?? IsNull(),
    });
    const overlaps = (post: Post) =>
      post.validFrom <= (row.valid_to ?? FOR_EVER) && (post.validTo ?? FOR_EVER) >= row.valid_from;
    // A post with the same start is this one; else one that overlaps is, and its dates are corrected.
    const known = same.find((post) => post.validFrom === row.valid_from) ?? same.find(overlaps);
    const others = same.filter((post) => post !== known);
    if (
      !this.#demand(
        !others.some(overlaps) && !(known && this.#posts.has(known.postId)),
        row,
        'valid_from',
        'Masa jabatan ini bertumpang tindih dengan masa lain dari jabatan yang sama.',
        'This term overlaps with another term of the same post.',
      )
    )
      return;
    const post =
      known ??
      this.tx.manager.create(Post, {
        ...wanted,
        postId: uuidv7(),
        personId,
        unitId: unit.unitId,
        role,
        program,
        coachingGroupId,
        revision: 0,
      });
    this.#posts.add(post.postId);
    const differs = change(post, wanted);
    if (!known || differs) {
      post.revision += 1;
      await this.tx.manager.save(Post, post);
      await this.announcer.post(post, unit);
    }
    this.#count(known ? (differs || held.outcome === 'changed' ? 'changed' : 'unchanged') : 'created');
    if (held.outcome === 'changed') held.outcome = 'unchanged'; // told with the first of the person's rows
  }

  /** For the new people, last: hashing is slow on purpose, so it is done only for rows without errors, and side by side. */
  async openAccounts(): Promise<void> {
    const password = this.initialPassword;
    const accounts = this.#newAccounts.map(async (account) => ({
      ...account,
      passwordHash: password === null ? null : await hashPassword(password),
    }));
    await this.tx.manager.insert(Account, await Promise.all(accounts));
  }

  async #district(row: Placed<UnitRow>): Promise<District | null> {
    const wanted = { name: row.district_name, province: row.province, timeZone: row.time_zone };
    const { manager } = this.tx;
    const seen = this.#districts.get(row.district_code);
    if (seen) {
      const columns = { name: 'district_name', province: 'province', timeZone: 'time_zone' } as const;
      const [other] = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
        (key) => seen[key] !== wanted[key],
      );
      return !other ||
        this.#demand(
          false,
          row,
          columns[other],
          `Berbeda dari baris lain kabupaten ${row.district_code}: "${seen[other]}".`,
          `Differs from another row of the district ${row.district_code}: "${seen[other]}".`,
        )
        ? seen
        : null;
    }
    const known = await manager.findOneBy(District, { code: row.district_code });
    const district = known ?? manager.create(District, { code: row.district_code, ...wanted, revision: 0 });
    const zoneChanged = known !== null && known.timeZone !== wanted.timeZone;
    if (change(district, wanted) || !known) {
      district.revision += 1;
      await manager.save(District, district);
      await this.announcer.district(district);
    }
    if (zoneChanged) {
      for (const unit of await manager.findBy(Unit, { districtCode: district.code })) {
        unit.revision += 1;
        await manager.save(Unit, unit);
        await this.announcer.unit(unit, district);
      }
    }
    this.#districts.set(district.code, district);
    return district;
  }

  /** A number that changed ends yesterday and begins anew today. @returns whether any did */
  async #identifiers(unit: Unit, district: District, row: Placed<UnitRow>): Promise<boolean> {
    const { manager, now } = this.tx;
    const today = localDate(now, district.timeZone);
    let changed = false;
    for (const [scheme, value] of Object.entries(row.identifiers) as [UnitIdentifier['scheme'], string][]) {
      const present = await manager.findOneBy(UnitIdentifier, {
        unitId: unit.unitId,
        scheme,
        validTo: IsNull(),
      });
      if (present?.value === value) continue;
      const other = await manager.findOneBy(UnitIdentifier, { scheme, value, validTo: IsNull() });
      if (
        !this.#demand(
          !other,
          row,
          `id_${scheme}`,
          `"${value}" sudah dipakai unit lain.`,
          `"${value}" is used by another unit.`,
        )
      )
        continue;
      changed = true;
      if (present && present.validFrom < today) {
        const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
        const { unitId, validFrom } = present;
        await manager.update(UnitIdentifier, { unitId, scheme, validFrom }, { validTo: yesterday });
      }
      const validFrom = present ? (present.validFrom < today ? today : present.validFrom) : unit.validFrom;
      await manager.save(UnitIdentifier, { unitId: unit.unitId, scheme, value, validFrom, validTo: null });
    }
    return changed;
  }

  /** The person behind a login, made when new; details are those of the person's first row. */
  async #person(row: Placed<PersonRow>) {
    const { manager } = this.tx;
    const key = row.login.toLowerCase();
    const wanted = { name: row.name, email: row.email, phone: row.phone };
    const seen = this.#people.get(key);
    if (seen) {
      const [other] = (Object.keys(wanted) as (keyof typeof wanted)[]).filter(
        (part) => seen.first[part] !== wanted[part],
      );
      return !other ||
        this.#demand(
          false,
          row,
          other,
          `Berbeda dari baris ${seen.first.row} dengan nama pengguna yang sama.`,
          `Differs from row ${seen.first.row} with the same login.`,
        )
        ? seen
        : null;
    }
    const known = await this.#personByLogin(row.login);
    const person =
      known ??
      manager.create(Person, {
        ...wanted,
        emailFailedAt: null,
        personId: uuidv7(),
        active: true,
        revision: 0,
      });
    if (person.email !== row.email) person.emailFailedAt = null; // what was refused was the address before
    const differs = change(person, wanted);
    if (
      known &&
      differs &&
      !this.#demand(
        await this.#isOurs(person.personId),
        row,
        'login',
        'Orang ini juga bertugas di kabupaten lain; data dirinya tidak dapat diubah dari sini.',
        'This person also works in another district; their details cannot be changed from here.',
      )
    )
      return null;
    if (!known || differs) {
      person.revision += 1;
      await manager.save(Person, person);
      await this.announcer.person(person);
    }
    if (!known) this.#newAccounts.push({ personId: person.personId, login: row.login });
    const outcome: Outcome = known ? (differs ? 'changed' : 'unchanged') : 'created';
    const held = { person, outcome, first: row };
    this.#people.set(key, held);
    return held;
  }

  async #personByLogin(login: string): Promise<Person | null> {
    const [account] = await this.tx.query<{ person_id: string }>(
      'SELECT person_id FROM account WHERE lower(login) = lower($1)',
      [login],
    );
    return account ? this.tx.manager.findOneByOrFail(Person, { personId: account.person_id }) : null;
  }

  async #isOurs(personId: string): Promise<boolean> {
    const posts = await this.tx.manager.findBy(Post, { personId });
    const units = await this.tx.manager.findBy(Unit, { unitId: In(posts.map(({ unitId }) => unitId)) });
    return units.every(({ districtCode }) => this.allowed.has(districtCode));
  }

  /** The unit of a row, among those of this import and those known before. */
  async #unitOf(row: Placed<VillageRow | PersonRow | CoachingGroupRow>): Promise<Unit | null> {
    const unit = await this.tx.manager.findOneBy(Unit, { code: row.unit_code });
    if (!unit) {
      this.#fail(
        row,
        'unit_code',
        `Kode unit ${row.unit_code} tidak dikenal.`,
        `The unit code ${row.unit_code} is not known.`,
      );
      return null;
    }
    return this.#mayChange(row, 'unit_code', unit.districtCode) ? unit : null;
  }

  #mayChange(row: Placed<object>, column: string, districtCode: string): boolean {
    return this.#demand(
      this.allowed.has(districtCode),
      row,
      column,
      `Anda bukan administrator kabupaten ${districtCode}.`,
      `You are no administrator of the district ${districtCode}.`,
    );
  }

  #once(row: Placed<object>, column: string, key: string): boolean {
    const isNew = !this.#seen.has(key);
    this.#seen.add(key);
    return this.#demand(isNew, row, column, 'Baris ini muncul dua kali.', 'This row appears twice.');
  }

  #demand(holds: boolean | undefined, row: Placed<object>, column: string, id: string, en: string): boolean {
    if (!holds) this.#fail(row, column, id, en);
    return holds === true;
  }

  #fail({ file, row }: Placed<object>, column: string, id: string, en: string): void {
    this.errors.push({ file, row, column, message: { id, en } });
  }

  #count(outcome: Outcome): void {
    this.outcomes[outcome] += 1;
  }
}
