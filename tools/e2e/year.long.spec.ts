import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastPostgresSettings } from '@lokmin/engines';
import { aFolder, eventually } from '@lokmin/testing';
import pg from 'pg';
import { loadDemonstration } from '../demo/load.ts';
import { holdsMeeting, signsMinutes } from '../demo/year.ts';
import { startSystem, type System } from '../local/system.ts';
import { Person } from './client.ts';

/** A year of the demonstration district by the test clock of all processes, and what every service made of it. */
const clockFolder = mkdtempSync(join(tmpdir(), 'lokmin-clock-'));
const clockFile = join(clockFolder, 'now');
const setClock = (instant: string) => writeFileSync(clockFile, instant);
/** A month is missed by those who were known in it: nobody is carried into the next one before meetings counts them. */
const moveTo = async (instant: string) => {
  await eventually(async () => (await stored('meetings', 'SELECT FROM unit_calendar')).length === PUSKESMAS, {
    deadlineMs: 60_000,
  });
  setClock(instant);
};
const MONTHS = 11;
const PUSKESMAS = 7;

let system: System;
let officer: Person;
beforeAll(async () => {
  setClock('2024-01-31T09:00:00+07:00');
  system = await startSystem({
    home: aFolder(),
    mode: 'test',
    postgresSettings: fastPostgresSettings,
    environment: { LOKMIN_TEST_CLOCK_FILE: clockFile },
  });
  await loadDemonstration(system, () => {}, { moveTo });
  officer = await Person.signIn(system.address, 'dinas', system.secrets.demoPassword);
}, 1_200_000);
afterAll(async () => {
  await system?.stop();
  rmSync(clockFolder, { recursive: true, force: true });
}, 60_000);

async function stored<Row extends pg.QueryResultRow>(
  service: 'indicators' | 'meetings' | 'actions' | 'notifications',
  sql: string,
): Promise<Row[]> {
  const client = new pg.Client(system.databaseUrl(service));
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
const planned = (is: (puskesmas: number, month: number) => boolean): number =>
  Array.from({ length: PUSKESMAS * MONTHS }, (_, i) =>
    is(i % PUSKESMAS, Math.floor(i / PUSKESMAS) + 1),
  ).filter(Boolean).length;

describe('a year of seven puskesmas', () => {
  it('has twelve standing evaluations of each, the last one real', async () => {
    const [count] = await stored<{ submitted: string }>(
      'actions',
      'SELECT count(*) AS submitted FROM followed_evaluation WHERE standing',
    );
    expect(count).toEqual({ submitted: String(12 * PUSKESMAS) });
    const { district } = await officer.ask<{ district: { indicator: Record<string, unknown> } }>(
      '{ district(code: "19.06") { indicator(period: "2024-12", code: "KIA-K1") { numerator denominator coverage } } }',
    );
    expect(district.indicator).toEqual({ numerator: '1731', denominator: '2254', coverage: '76.80' });
  });

  it('held the meetings that were planned, signed those that were to be, and missed the others by the clock', async () => {
    const held = planned(holdsMeeting);
    const signed = planned(
      (puskesmas, month) => holdsMeeting(puskesmas, month) && signsMinutes(puskesmas, month),
    );
    // January looks at nothing that is played, and nobody meets then.
    const missed = PUSKESMAS * MONTHS - held + PUSKESMAS;
    await eventually(
      async () => {
        expect(
          await stored(
            'meetings',
            `SELECT count(*) FILTER (WHERE status = 'concluded') AS held, count(signed_at) AS signed,
                    count(*) FILTER (WHERE status = 'missed') AS missed FROM meeting`,
          ),
        ).toEqual([{ held: String(held), signed: String(signed), missed: String(missed) }]);
        return true;
      },
      { deadlineMs: 30_000 },
    );
    const { district } = await officer.ask<{
      district: { overview: { meetings: { held: number; missed: number; expected: number } } };
    }>('{ district(code: "19.06") { overview(period: "2024-06") { meetings { held missed expected } } } }');
    const june = Array.from({ length: PUSKESMAS }, (_, i) => i).filter((i) => holdsMeeting(i, 6)).length;
    expect(district.overview.meetings).toEqual({ held: june, missed: PUSKESMAS - june, expected: PUSKESMAS });
  });

  it('agreed on every action that a meeting named, and carried over what was not done, as often as meetings said', async () => {
    const meetings = await stored<{ body: string }>(
      'meetings',
      `SELECT body FROM outbox WHERE subject = 'lokmin.meetings.meeting.concluded.v1'`,
    );
    const agreed = new Set<string>();
    const carried = new Map<string, number>();
    for (const { body } of meetings) {
      const { data } = JSON.parse(body) as { data: { agreed: string[]; carriedOver: string[] } };
      for (const id of data.agreed) agreed.add(id);
      for (const id of data.carriedOver) carried.set(id, (carried.get(id) ?? 0) + 1);
    }
    const actions = await stored<{ action_id: string; agreed: boolean; carried_over: number }>(
      'actions',
      'SELECT action_id, agreed_at IS NOT NULL AS agreed, carried_over FROM action',
    );
    expect(new Set(actions.filter((action) => action.agreed).map(({ action_id }) => action_id))).toEqual(
      agreed,
    );
    // An action that was completed between the opening and the conclusion is named, and not counted: none here.
    for (const { action_id, carried_over } of actions) expect(carried_over).toBe(carried.get(action_id) ?? 0);
    expect(Math.max(...carried.values())).toBeGreaterThan(1);
  });

  it('has one open action at most for each indicator, some completed late, and some overdue by the clock', async () => {
    expect(
      await stored(
        'actions',
        `SELECT unit_id, indicator_code FROM action WHERE status IN ('proposed', 'ready', 'in_progress')
         GROUP BY 1, 2 HAVING count(*) > 1`,
      ),
    ).toEqual([]);
    const [counts] = await stored<{ completed: string; late: string; overdue: string }>(
      'actions',
      `SELECT count(*) FILTER (WHERE status = 'completed') AS completed,
              count(*) FILTER (WHERE status = 'completed' AND overdue_since IS NOT NULL) AS late,
              count(*) FILTER (WHERE status <> 'completed' AND overdue_since IS NOT NULL) AS overdue FROM action`,
    );
    for (const count of Object.values(counts!)) expect(Number(count)).toBeGreaterThan(0);
  });

  it('told nobody twice of one thing, and left no dead letter', async () => {
    expect(
      await stored(
        'notifications',
        'SELECT person_id, about, about_id FROM message GROUP BY 1, 2, 3 HAVING count(*) > 1',
      ),
    ).toEqual([]);
    for (const service of ['indicators', 'meetings', 'actions', 'notifications'] as const)
      expect(await stored(service, 'SELECT reason FROM dead_letter')).toEqual([]);
  });
});
