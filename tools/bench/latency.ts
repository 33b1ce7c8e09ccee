/** From the commit of a submission to the screen: the live event, and the new overview after it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { System } from '../local/system.ts';
import { bodyOf } from './browser.ts';
import { DISTRICT, PERIODS, type BenchDistrict, type BenchUnit } from './district.ts';
import { quantile, show, type Outcome } from './figures.ts';
import { overviewBody } from './overview.ts';

/** Each of them takes the 101 evaluations of a month. */
const SAMPLED_PERIODS = PERIODS.slice(0, 2);
const AIM_P99_MS = 100;
/** What a submission sets off (proposals, messages) has gone through by then. */
const REST_MS = 100;
const PATIENCE_MS = 10_000;

/** On the clock of the machine, in milliseconds since 1970 and parts of them. */
const now = () => performance.timeOrigin + performance.now();

interface Sample {
  readonly code: string;
  readonly period: string;
  readonly askedAt: number;
  readonly answeredAt: number;
  readonly heardAt: number;
  readonly shownAt: number;
}

export async function measureLatency(
  system: System,
  { officer, units }: BenchDistrict,
  report: (line: string) => void,
): Promise<Outcome> {
  const ending = new AbortController();
  const changes = await follow(system.address, officer, ending.signal);
  const samples: Sample[] = [];
  try {
    for (const period of SAMPLED_PERIODS) {
      report(`Commit to screen, ${units.length} submissions of ${period}`);
      for (const unit of units) {
        await delay(REST_MS);
        samples.push(await sample(system.address, officer, changes, unit, period));
      }
    }
  } finally {
    ending.abort();
  }

  const commits = await commitsOf(system.databaseUrl('indicators'));
  const from = ({ code, period }: Sample) => commits.get(`${code} ${period}`)!;
  const lines: [string, number[]][] = [
    ['request to answer of the submission', samples.map((each) => each.answeredAt - each.askedAt)],
    ['commit to live event', samples.map((each) => each.heardAt - from(each))],
    [
      'answer to live event (below 0: the event came first)',
      samples.map((each) => each.heardAt - each.answeredAt),
    ],
    ['commit to the new overview on the screen', samples.map((each) => each.shownAt - from(each))],
  ];
  const aimed = [lines[1]!, lines[3]!];
  return {
    tables: [
      {
        title: 'From the commit to the screen, milliseconds',
        about:
          `${samples.length} submissions through the gateway, one after the other on an otherwise idle system. A district officer's page ` +
          `is subscribed to districtChanged; when the event comes it asks for the overview (101 puskesmas) again. ` +
          `The moment of the commit is PostgreSQL's, before it writes to disk.`,
        columns: ['What', 'p50', 'p99', 'most'],
        rows: lines.map(([name, values]) => [
          name,
          show(quantile(values, 0.5)),
          show(quantile(values, 0.99)),
          show(Math.max(...values)),
        ]),
      },
    ],
    aims: aimed.map(([name, values]) => ({
      aim: `${name}: p99 under ${AIM_P99_MS} ms`,
      measured: `p50 ${show(quantile(values, 0.5))} ms, p99 ${show(quantile(values, 0.99))} ms`,
      holds: quantile(values, 0.99) < AIM_P99_MS,
    })),
    figures: { latency: Object.fromEntries(lines) },
  };
}

/** One submission, the event at the officer's page, and the overview that the page then shows. */
async function sample(
  address: string,
  officer: string,
  changes: Changes,
  unit: BenchUnit,
  period: string,
): Promise<Sample> {
  const { code } = unit;
  const input = { commandId: randomUUID(), puskesmas: code, period };
  const heard = changes.next(
    (change) => change.puskesmasCode === code && change.kind === 'evaluation.submitted',
  );
  const shown = heard.then(async (heardAt) => {
    const text = await post(address, officer, overviewBody(period));
    const rows = (JSON.parse(text) as Overview).data.district.overview.rows;
    const row = rows.find(({ puskesmas }) => puskesmas.code === code);
    if (row?.evaluation?.status !== 'SUBMITTED')
      throw new Error(`The overview does not show ${code} ${period}`);
    return { heardAt, shownAt: now() };
  });
  const askedAt = now();
  const [answeredAt, times] = await Promise.all([
    post(address, unit.head, bodyOf('SubmitEvaluation', { input })).then((text) => {
      const at = now();
      if (!text.includes('"EvaluationSubmitted"')) throw new Error(`Not submitted: ${text}`);
      return at;
    }),
    shown,
  ]);
  return { code, period, askedAt, answeredAt, ...times };
}

interface Overview {
  readonly data: {
    district: {
      overview: { rows: { puskesmas: { code: string }; evaluation: { status: string } | null }[] };
    };
  };
}

async function post(address: string, token: string, body: string): Promise<string> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body,
  });
  return response.text();
}

interface Change {
  readonly kind: string;
  readonly puskesmasCode: string | null;
}
interface Changes {
  /** The moment at which the next change of that kind is heard. @throws Error after ten seconds */
  next(is: (change: Change) => boolean): Promise<number>;
}

/** Subscribes as the browser does; the first event says that the subscription stands. */
async function follow(address: string, token: string, signal: AbortSignal): Promise<Changes> {
  const response = await fetch(`${address}/graphql/stream`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: bodyOf('DistrictChanged', { code: DISTRICT.code }),
    signal,
  });
  if (!response.ok)
    throw new Error(`The subscription was refused: ${response.status} ${await response.text()}`);
  const waiting = new Set<(change: Change, at: number) => void>();
  const read = async () => {
    let rest = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const at = now();
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop()!;
      for (const block of blocks) {
        const data = /^data: ?(.+)$/m.exec(block)?.[1];
        if (!data || !/^event: ?next$/m.test(block)) continue;
        const { districtChanged } = (JSON.parse(data) as { data: { districtChanged: Change } }).data;
        for (const hear of waiting) hear(districtChanged, at);
      }
    }
  };
  read().catch(() => {}); // it ends with the measurement; a break before shows as an event that does not come
  const changes: Changes = {
    next: (is) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(hear);
          reject(new Error(`No live event within ${PATIENCE_MS / 1000} s`));
        }, PATIENCE_MS);
        const hear = (change: Change, at: number) => {
          if (!is(change)) return;
          clearTimeout(timer);
          waiting.delete(hear);
          resolve(at);
        };
        waiting.add(hear);
      }),
  };
  await changes.next(({ kind }) => kind === 'connected');
  return changes;
}

/** When each evaluation was committed, by code and period. Needs `track_commit_timestamp`. */
async function commitsOf(databaseUrl: string): Promise<Map<string, number>> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const { rows } = await client.query<{ code: string; period: string; at: number }>(
      `SELECT unit.code, evaluation.period, extract(epoch FROM pg_xact_commit_timestamp(evaluation.xmin))::float8 * 1000 AS at
       FROM evaluation JOIN known_unit AS unit USING (unit_id) WHERE period = ANY ($1)`,
      [SAMPLED_PERIODS],
    );
    return new Map(rows.map(({ code, period, at }) => [`${code} ${period}`, at]));
  } finally {
    await client.end();
  }
}
