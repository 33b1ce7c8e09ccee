/**
 * The overview of a district through the gateway, beside PostGraphile over the same rollups and what bare Fastify does on the
 * same machine.
 */
import { isDeepStrictEqual } from 'node:util';
import { eventually } from '@lokmin/testing';
import autocannon from 'autocannon';
import type { System } from '../local/system.ts';
import { adHocBodyOf, bodyOf } from './browser.ts';
import { DISTRICT, PERIODS, SHOWN_PERIOD, type BenchDistrict } from './district.ts';
import { median, quantile, show, showRatio, showRounds, type Aim, type Outcome } from './figures.ts';
import { startPostGraphile, versionOf, type RunningPeer } from './peers.ts';
import { startWorker } from './worker.ts';
import type { Yardstick } from './yardstick.ts';

const SECONDS = 3;
const WARM_UP_SECONDS = 5;
const CONNECTIONS = 16;
const AIM_OF_CONSTANT = 0.6;
const AIM_WARM_OF_PEER = 10;
const AIM_COLD_OF_PEER = 1;
/** A client that has changed something unknown says until when it wants to pass by kept answers; ten minutes at most. */
const PAST_MS = 5 * 60_000;

/** What the browser's district page asks. */
export const overviewBody = (period: string): string =>
  bodyOf('DistrictOverview', { code: DISTRICT.code, period });

/** Of the page what the indicators service knows: what PostGraphile can answer from the rollups. */
const PART = `query ($code: String!, $period: YearMonth!) {
  district(code: $code) {
    overview(period: $period) {
      rows {
        puskesmas { code name }
        evaluation { id revision status submittedByName submittedAt returnedReason returnedAt }
        tally { baik cukup kurang tanpaTarget tanpaData disembunyikan }
        warnings
        worst { code name judgement numerator denominator performance }
      }
    }
  }
}`;

export interface OverviewOptions {
  readonly report: (line: string) => void;
  readonly profileFolder: string | undefined;
  readonly rounds: number;
  /** Without it only ours is measured. */
  readonly withPeers: boolean;
}

export async function measureOverview(
  system: System,
  { officer, indicators }: BenchDistrict,
  { report, profileFolder, rounds, withPeers }: OverviewOptions,
): Promise<Outcome> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${officer}` };
  // In milliseconds; the services are asked and the answer is composed, every time.
  const pastKept = () => ({ ...headers, 'lokmin-seen': `past@${Date.now() + PAST_MS}` });
  const variables = { code: DISTRICT.code, period: SHOWN_PERIOD };
  const body = overviewBody(SHOWN_PERIOD);
  const answer = await wholeAnswer(`${system.address}/graphql`, headers, body);

  const constant = startWorker<Yardstick>('yardstick', profileFolder);
  const rollups = startWorker<Yardstick>('yardstick', profileFolder);
  let peer: RunningPeer | undefined;
  const results = new Map<string, Load[]>();
  try {
    const ours = { url: system.address, headers };
    const cases: Case[] = [
      { name: CONSTANT, url: await constant.do('constant', { body: answer }), headers, body },
      { name: WARM, ...ours, body },
      { name: WARM_TEXT, ...ours, body: adHocBodyOf('DistrictOverview', variables) },
      { name: COLD, ...ours, headers: pastKept, body },
      {
        name: COLD_PART,
        ...ours,
        headers: pastKept,
        body: JSON.stringify({ query: PART, variables }),
      },
    ];
    if (withPeers) {
      peer = await startPostGraphile(system, profileFolder);
      const theirs = {
        name: PEER,
        url: peer.address,
        headers: { 'content-type': 'application/json' },
        body: peer.body(DISTRICT.code, SHOWN_PERIOD),
      };
      await demandSameFigures(cases.at(-1)!, theirs);
      cases.push(theirs);
    }
    cases.push({
      name: ROLLUPS,
      url: await rollups.do('rollups', {
        databaseUrl: system.databaseUrl('indicators'),
        district: DISTRICT.code,
        period: SHOWN_PERIOD,
      }),
      headers,
      body,
    });
    for (const each of cases) await load(each, WARM_UP_SECONDS);
    for (let round = 1; round <= rounds; round++) {
      report(`Overview of a district, round ${round} of ${rounds}`);
      for (const each of cases)
        results.set(each.name, [...(results.get(each.name) ?? []), await load(each, SECONDS)]);
    }
  } finally {
    await constant.stop();
    await rollups.stop();
    await peer?.stop();
  }

  const rates = (name: string) => results.get(name)!.map(({ rate }) => rate);
  const ratio = (name: string, of: string) => median(rates(name)) / median(rates(of));
  const shown = (name: string, of: string) => showRatio(rates(name), rates(of));
  const aims: Aim[] = [
    {
      aim: 'overview, warm: at least 60 % of the constant',
      measured: shown(WARM, CONSTANT),
      holds: ratio(WARM, CONSTANT) >= AIM_OF_CONSTANT,
    },
  ];
  if (peer)
    aims.push(
      {
        aim: `overview, warm: at least ${AIM_WARM_OF_PEER} x PostGraphile`,
        measured: shown(WARM, PEER),
        holds: ratio(WARM, PEER) >= AIM_WARM_OF_PEER,
      },
      {
        aim: 'overview, cold, what PostGraphile answers: no slower than PostGraphile',
        measured: `${shown(COLD_PART, PEER)}; the whole page, of four services, ${shown(COLD, PEER)}`,
        holds: ratio(COLD_PART, PEER) >= AIM_COLD_OF_PEER,
      },
    );
  return {
    tables: [
      {
        title: 'Overview of a district, requests per second',
        about:
          `101 puskesmas, ${indicators} indicators, ${PERIODS.length} months; the last of them is shown, every evaluation of it submitted. ` +
          `The question of the browser's district page, ${show(answer.length / 1024)} kB; "a part" is what the indicators service knows of it: per puskesmas the ` +
          `evaluation, how many indicators are in each state, and the three worst with their state, numerator and denominator. ` +
          `${CONNECTIONS} connections, ${rounds} rounds of ${SECONDS} s in turn, median (least-most). Warm: the gateway has kept the answer. Cold: the client asks past kept ` +
          `answers, so that services are asked and the answer is composed every time. The constant has the bytes of the whole page. ` +
          (peer
            ? `PostGraphile ${versionOf('postgraphile')} answers the part from the rollups in the database of the indicators service, with the same figures (they are compared), and checks no token. `
            : '') +
          `Server, load and database share the machine.`,
        columns: [
          'Case',
          'Requests/s',
          'Of the constant',
          'Of PostGraphile',
          'p50 ms',
          'p95 ms',
          'p99 ms',
          'kB',
        ],
        rows: [...results].map(([name, all]) => [
          name,
          showRounds(rates(name)),
          shown(name, CONSTANT),
          peer ? shown(name, PEER) : '-',
          showRounds(all.map(({ p50 }) => p50)),
          showRounds(all.map(({ p95 }) => p95)),
          showRounds(all.map(({ p99 }) => p99)),
          show(all.at(-1)!.bytes / 1024),
        ]),
      },
    ],
    aims,
    figures: { overview: Object.fromEntries(results) },
  };
}

const CONSTANT = 'bare Fastify, a constant';
const WARM = 'gateway, warm, persisted operation';
const WARM_TEXT = 'gateway, warm, ad-hoc text';
const COLD = 'gateway, cold, four services';
const COLD_PART = 'gateway, cold, a part';
const PEER = 'PostGraphile, a part';
const ROLLUPS = 'bare Fastify, pg reads the rollups as JSON';

interface Case {
  readonly name: string;
  readonly url: string;
  readonly headers: Record<string, string> | (() => Record<string, string>);
  readonly body: string;
}
interface Load {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Of one answer with its headers. */
  readonly bytes: number;
}

const headersOf = ({ headers }: Case) => (typeof headers === 'function' ? headers() : headers);

/** @throws Error when any request failed: then the figure would be of something else */
async function load(each: Case, seconds: number): Promise<Load> {
  const running = autocannon({
    url: `${each.url}/graphql`,
    method: 'POST',
    headers: headersOf(each),
    body: each.body,
    connections: CONNECTIONS,
    duration: seconds,
  });
  const times: number[] = [];
  running.on('response', (_client, _status, _bytes, milliseconds) => times.push(milliseconds));
  const result = await running;
  const { total } = result.requests;
  if (result.errors > 0 || result.non2xx > 0 || total === 0)
    throw new Error(
      `${each.name}: ${result.errors} errors and ${result.non2xx} refusals in ${total} requests`,
    );
  return {
    rate: total / result.duration,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    bytes: result.throughput.total / total,
  };
}

/** What both servers say of one puskesmas, in one form. */
interface Figures {
  readonly puskesmas: [code: string, name: string];
  /** Null: none was submitted. */
  readonly evaluation: [revision: number, status: string, by: string, at: number] | null;
  readonly tally: number[];
  readonly warnings: number;
  readonly worst: (string | null)[][];
}
interface Judged {
  readonly code: string;
  readonly name: string;
  readonly judgement: string;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly performance: string | null;
}
interface Ours {
  data: {
    district: {
      overview: {
        rows: {
          puskesmas: { code: string; name: string };
          evaluation: {
            revision: number;
            status: string;
            submittedByName: string;
            submittedAt: string;
          } | null;
          tally: Record<'baik' | 'cukup' | 'kurang' | 'tanpaTarget' | 'tanpaData', number>;
          warnings: number;
          worst: Judged[];
        }[];
      };
    };
  };
}
interface Theirs {
  data: {
    allOverviewsList: {
      code: string;
      name: string;
      revision: number | null;
      status: string;
      submittedByName: string;
      submittedAt: string;
      tally: Record<'baik' | 'cukup' | 'kurang' | 'tanpa_target' | 'tanpa_data', number>;
      warnings: number;
      worst: Judged[];
    }[];
  };
}
const figuresOfWorst = (worst: readonly Judged[]) =>
  worst.map(({ code, name, judgement, numerator, denominator, performance }) => [
    code,
    name,
    judgement.toLowerCase(),
    numerator,
    denominator,
    performance,
  ]);
const ourFigures = ({ data }: Ours): Figures[] =>
  data.district.overview.rows.map(({ puskesmas, evaluation, tally, warnings, worst }) => ({
    puskesmas: [puskesmas.code, puskesmas.name],
    evaluation: evaluation && [
      evaluation.revision,
      evaluation.status.toLowerCase(),
      evaluation.submittedByName,
      Date.parse(evaluation.submittedAt),
    ],
    tally: [tally.baik, tally.cukup, tally.kurang, tally.tanpaTarget, tally.tanpaData],
    warnings,
    worst: figuresOfWorst(worst),
  }));
const theirFigures = ({ data }: Theirs): Figures[] =>
  data.allOverviewsList.map(({ code, name, revision, status, submittedByName, submittedAt, ...row }) => ({
    puskesmas: [code, name],
    evaluation: revision === null ? null : [revision, status, submittedByName, Date.parse(submittedAt)],
    tally: [row.tally.baik, row.tally.cukup, row.tally.kurang, row.tally.tanpa_target, row.tally.tanpa_data],
    warnings: row.warnings,
    worst: figuresOfWorst(row.worst),
  }));

/** @throws Error when the two do not say the same: then the comparison would be of two things */
async function demandSameFigures(ours: Case, theirs: Case): Promise<void> {
  const ask = async <T>(each: Case): Promise<T> => {
    const response = await fetch(`${each.url}/graphql`, {
      method: 'POST',
      headers: headersOf(each),
      body: each.body,
    });
    const text = await response.text();
    const answer = JSON.parse(text) as { data?: unknown; errors?: unknown };
    if (!answer.data || answer.errors) throw new Error(`${each.name}: ${text.slice(0, 1_000)}`);
    return answer as T;
  };
  const [left, right] = [ourFigures(await ask<Ours>(ours)), theirFigures(await ask<Theirs>(theirs))];
  if (left.length !== right.length || left.length === 0)
    throw new Error(`${ours.name} has ${left.length} puskesmas, ${theirs.name} ${right.length}`);
  const other = left.findIndex((row, i) => !isDeepStrictEqual(row, right[i]));
  if (other >= 0)
    throw new Error(
      `The figures differ: ${ours.name} says ${JSON.stringify(left[other])}, ${theirs.name} ${JSON.stringify(right[other])}`,
    );
}

interface Answered {
  data: {
    district: {
      overview: Record<'indicators' | 'actions' | 'notifications' | 'meetings', { status: string }> & {
        actions: { proposed: number };
        rows: { tally: { kurang: number } | null }[];
      };
    };
  };
}

/** The bytes of the answer, once all four services are in it and every red indicator has its proposal. */
const wholeAnswer = (url: string, headers: Record<string, string>, body: string): Promise<Buffer> =>
  eventually(
    async () => {
      const response = await fetch(url, { method: 'POST', headers, body });
      const bytes = Buffer.from(await response.arrayBuffer());
      const { indicators, actions, notifications, meetings, rows } = (
        JSON.parse(bytes.toString()) as Answered
      ).data.district.overview;
      const red = rows.reduce((sum, { tally }) => sum + (tally?.kurang ?? 0), 0);
      const statuses = [indicators, actions, notifications, meetings].map(({ status }) => status).join(' ');
      if (statuses !== 'OK OK OK OK' || actions.proposed !== red)
        throw new Error(
          `The overview is not whole: ${statuses}, ${actions.proposed} proposals for ${red} red`,
        );
      return bytes;
    },
    { deadlineMs: 60_000, everyMs: 250, what: 'the overview is whole' },
  );
