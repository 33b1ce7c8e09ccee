import { parseArgs } from 'node:util';
import { localDate, type Clock } from '@lokmin/calendar';
import { TIME_ZONES } from '@lokmin/contracts';
import { inTransaction } from '@lokmin/messaging';
import { CLOCK, Roster } from '@lokmin/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import { uuidv7 } from 'uuidv7';
import { z } from 'zod';
import { Announcer } from './announce.ts';
import { Person, Post } from './person/person.entity.ts';
import { Keys } from './session/keys.ts';
import { hashPassword, makePassword } from './session/password.ts';
import { SecondFactors } from './session/second-factor.service.ts';
import { Account } from './session/session.entity.ts';
import { isStrongPassword, PASSWORD_LEAST } from './session/session.rules.ts';
import { Sessions } from './session/session.service.ts';
import { dotted } from './unit/unit.api.ts';
import { District, Unit } from './unit/unit.entity.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const stop = (line: string) => {
  process.stderr.write(`${line}\n`);
  process.exitCode = 1;
};

const password = (login: string) =>
  z
    .string()
    .max(1000)
    .refine(
      (given) => isStrongPassword(given, login),
      `a password has at least ${PASSWORD_LEAST} characters and does not contain the login`,
    );

const administrator = z.object({
  login: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$/, '2 to 64 letters, digits, dots, underscores or hyphens'),
  name: z.string().trim().min(1),
  email: z.email().optional(),
  district: z
    .string()
    .transform(dotted)
    .pipe(z.string().regex(/^\d{2}\.\d{2}$/, 'a district code such as 19.06')),
  'district-name': z.string().min(1).optional(),
  province: z.string().min(1).optional(),
  'time-zone': z.enum(TIME_ZONES).default('Asia/Jakarta'),
});

/** Reads the options of a command. @returns null, after saying what is wrong, when they do not fit */
function read<S extends z.ZodObject>(schema: S, args: string[]): z.infer<S> | null {
  const options = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, { type: 'string' as const }]),
  );
  const allowed = Object.keys(options)
    .map((name) => `--${name} <...>`)
    .join(' ');
  let values: unknown;
  try {
    values = parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    stop(`${(error as Error).message}\nOptions: ${allowed}`);
    return null;
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  stop(parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'));
  stop(`Options: ${allowed}`);
  return null;
}

/** The password from the environment variable, or a new one that is shown once. */
function choosePassword(variable: string, login: string): { value: string; made: boolean } | null {
  const given = process.env[variable];
  if (given === undefined || given === '') return { value: makePassword(), made: true };
  const parsed = password(login).safeParse(given);
  if (parsed.success) return { value: given, made: false };
  stop(`${variable}: ${parsed.error.issues[0]!.message}`);
  return null;
}

/**
 * `first-administrator --login --name --district [--district-name --province --time-zone --email]`: only while the
 * district has no administrator. Makes the district and its office when they are missing. The password is taken from
 * LOKMIN_ADMINISTRATOR_PASSWORD, else made and printed once.
 */
export async function makeFirstAdministrator(app: NestFastifyApplication, args: string[]): Promise<void> {
  const options = read(administrator, args);
  const chosen = options && choosePassword('LOKMIN_ADMINISTRATOR_PASSWORD', options.login);
  if (!options || !chosen) return;
  const passwordHash = await hashPassword(chosen.value);
  const code = options.district;
  const clock = app.get<Clock>(CLOCK);
  const problem = await inTransaction(
    app.get(DataSource),
    () => clock.now(),
    async (tx) => {
      const { manager } = tx;
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('directory import'))`);
      const announcer = new Announcer(tx, app.get(Roster));
      const [there] = await tx.query<{ login: string }>(
        `SELECT login FROM post JOIN unit USING (unit_id) JOIN account USING (person_id)
         WHERE role = 'administrator' AND district_code = $1 LIMIT 1`,
        [code],
      );
      if (there) return `The district ${code} has an administrator already (${there.login}).`;
      if (
        (await tx.query('SELECT 1 FROM account WHERE lower(login) = lower($1)', [options.login])).length > 0
      )
        return `The login ${options.login} is taken.`;

      let district = await manager.findOneBy(District, { code });
      if (!district) {
        const { 'district-name': name, province, 'time-zone': timeZone } = options;
        if (!name || !province)
          return `The district ${code} is new: give --district-name and --province too.`;
        district = manager.create(District, { code, name, province, timeZone, revision: 1 });
        await manager.insert(District, district);
        await announcer.district(district);
      }
      const today = localDate(tx.now, district.timeZone);
      let office = await manager.findOneBy(Unit, { code });
      if (!office) {
        office = manager.create(Unit, {
          unitId: uuidv7(),
          kind: 'district_office',
          districtCode: code,
          code,
          name: `Dinas Kesehatan ${district.name}`,
          kecamatanCode: null,
          kecamatanName: null,
          coachingGroupId: null,
          validFrom: today,
          validTo: null,
          revision: 1,
        });
        await manager.insert(Unit, office);
        await announcer.unit(office, district);
      }
      const person = manager.create(Person, {
        personId: uuidv7(),
        name: options.name,
        email: options.email ?? null,
        emailFailedAt: null,
        phone: null,
        active: true,
        revision: 1,
      });
      await manager.insert(Person, person);
      await announcer.person(person);
      await manager.insert(Account, { personId: person.personId, login: options.login, passwordHash });
      const post = manager.create(Post, {
        postId: uuidv7(),
        personId: person.personId,
        unitId: office.unitId,
        role: 'administrator',
        program: null,
        coachingGroupId: null,
        title: 'Administrator',
        validFrom: today,
        validTo: null,
        revision: 1,
      });
      await manager.insert(Post, post);
      await announcer.post(post, office);
      return null;
    },
  );
  if (problem) return stop(problem);
  say(`The administrator ${options.login} of the district ${code} is made.`);
  if (chosen.made) say(`Password (shown only now): ${chosen.value}`);
}

/** `set-password --login`: from LOKMIN_NEW_PASSWORD, else made and printed once. Ends the person's sessions. */
export async function setPassword(app: NestFastifyApplication, args: string[]): Promise<void> {
  const options = read(z.object({ login: z.string().min(1) }), args);
  const chosen = options && choosePassword('LOKMIN_NEW_PASSWORD', options.login);
  if (!options || !chosen) return;
  if (!(await app.get(Sessions).setPassword(options.login, chosen.value)))
    return stop(`There is no login ${options.login}.`);
  say(`The password of ${options.login} is set; sessions that were open have ended.`);
  if (chosen.made) say(`Password (shown only now): ${chosen.value}`);
}

/** `remove-second-factor --login`: for somebody who lost it and whom no administrator can help. Ends the person's sessions. */
export async function removeSecondFactor(app: NestFastifyApplication, args: string[]): Promise<void> {
  const options = read(z.object({ login: z.string().min(1) }), args);
  if (!options) return;
  const removed = await app.get(SecondFactors).removeOf(options.login);
  if (removed === null) return stop(`There is no login ${options.login}.`);
  say(
    removed
      ? `The second factor of ${options.login} is taken off; sessions that were open have ended.`
      : `${options.login} has no second factor.`,
  );
}

/** `rotate-key`: announces the next token key now; it signs ten minutes later. */
export async function rotateKey(app: NestFastifyApplication): Promise<void> {
  const signsFrom = await app.get(Keys).rotate();
  if (!signsFrom) return stop('A new key is announced already and will sign soon.');
  say(`A new key is announced; it signs from ${signsFrom.toISOString()}.`);
}
