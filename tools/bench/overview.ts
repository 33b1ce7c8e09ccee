/** The overview query of a district through the gateway, beside what bare Fastify does on the same machine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@lokmin/testing';
import autocannon from 'autocannon';
import { parse, print, separateOperations } from 'graphql';
import type { System } from '../local/system.ts';
import { DISTRICT, SHOWN_PERIOD, type BenchDistrict } from './district.ts';
import { median, show, showRatio, showRounds, type Outcome } from './figures.ts';
import { startWorker } from './worker.ts';
import type { Yardstick } from './yardstick.ts';

const ROUNDS = 5;
const SECONDS = 3;
const WARM_UP_SECONDS = 2;
const CONNECTIONS = 16;
const AIM_OF_CONSTANT = 0.6;
/** A client that has changed something unknown says until when it wants to pass by kept answers; ten minutes at most. */
const PAST_MS = 5 * 60_000;

/** The query of the browser's district page. */
export const overviewQuery = (): string => {
  const file = join(import.meta.dirname, '../../apps/web/src/district/district.graphql');
  return print(separateOperations(parse(readFileSync(file, 'utf8')))['DistrictOverview']!);
};

export const overviewBody = (query: string, period: string): string =>
  JSON.stringify({ query, variables: { code: DISTRICT.code, period }, operationName: 'DistrictOverview' });

export async function measureOverview(
  system: System,
  { officer, indicators }: BenchDistrict,
  { report, profileFolder }: { report: (line: string) => void; profileFolder: string | undefined },
): Promise<Outcome> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${officer}` };
  const body = overviewBody(overviewQuery(), SHOWN_PERIOD);
  const answer = await wholeAnswer(`${system.address}/graphql`, headers, body);

  const constant = startWorker<Yardstick>('yardstick', profileFolder);
  const rollups = startWorker<Yardstick>('yardstick', profileFolder);
  const results = new Map<string, { rate: number; p50: number; p99: number }[]>();
  const bytes = new Map<string, number>();
  try {
    const cases: Case[] = [
      { name: CONSTANT, url: await constant.do('constant', { body: answer }), headers },
      { name: WARM, url: system.address, headers },
      {
        name: COLD,
        url: system.address,
        // In milliseconds; both services are asked and the answer is composed, every time.
        headers: () => ({ ...headers, 'lokmin-seen': `past@${Date.now() + PAST_MS}` }),
      },
      {
        name: ROLLUPS,
        url: await rollups.do('rollups', {
          databaseUrl: system.databaseUrl('indicators'),
          district: DISTRICT.code,
          period: SHOWN_PERIOD,
        }),
        headers,
      },
    ];
    for (const each of cases) await load(each, body, WARM_UP_SECONDS);
    for (let round = 1; round <= ROUNDS; round++) {
      report(`Overview query, round ${round} of ${ROUNDS}`);
      for (const each of cases) {
        const result = await load(each, body, SECONDS);
        results.set(each.name, [...(results.get(each.name) ?? []), result]);
        bytes.set(each.name, result.bytes);
      }
    }
  } finally {
    await constant.stop();
    await rollups.stop();
  }

  const rates = (name: string) => results.get(name)!.map(({ rate }) => rate);
  const ofConstant = median(rates(WARM)) / median(rates(CONSTANT));
  return {
    tables: [
      {
        title: 'Overview query of a district, requests per second',
        about:
          `101 puskesmas, ${indicators} indicators, every evaluation submitted; the query of the browser's district page, ` +
          `${show(answer.length / 1024)} kB. ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s in turn, median (least-most). ` +
          `Warm: the gateway has kept the answer. Cold: the client asks past kept answers, so all four services are ` +
          `asked every time. The constant has the same bytes; server, load and database share the machine.`,
        columns: ['Case', 'Requests/s', 'Of the constant', 'Of the rollups', 'p50 ms', 'p99 ms', 'kB'],
        rows: [...results].map(([name, rounds]) => [
          name,
          showRounds(rates(name)),
          showRatio(rates(name), rates(CONSTANT)),
          showRatio(rates(name), rates(ROLLUPS)),
          showRounds(rounds.map(({ p50 }) => p50)),
          showRounds(rounds.map(({ p99 }) => p99)),
          show(bytes.get(name)! / 1024),
        ]),
      },
    ],
    aims: [
      {
        aim: 'overview, warm: at least 60 % of the constant',
        measured: showRatio(rates(WARM), rates(CONSTANT)),
        holds: ofConstant >= AIM_OF_CONSTANT,
      },
    ],
    figures: { overview: Object.fromEntries(results) },
  };
}

const CONSTANT = 'bare Fastify, a constant';
const WARM = 'gateway, warm';
const COLD = 'gateway, cold';
const ROLLUPS = 'bare Fastify, pg reads the rollups as JSON';

interface Case {
  readonly name: string;
  readonly url: string;
  readonly headers: Record<string, string> | (() => Record<string, string>);
}

/** @throws Error when any request failed: then the figure would be of something else */
async function load({ name, url, headers }: Case, body: string, seconds: number) {
  const result = await autocannon({
    url: `${url}/graphql`,
    method: 'POST',
    headers: typeof headers === 'function' ? headers() : headers,
    body,
    connections: CONNECTIONS,
    duration: seconds,
  });
  const { total } = result.requests;
  if (result.errors > 0 || result.non2xx > 0 || total === 0)
    throw new Error(`${name}: ${result.errors} errors and ${result.non2xx} refusals in ${total} requests`);
  return {
    rate: total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    bytes: result.throughput.total / total,
  };
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
