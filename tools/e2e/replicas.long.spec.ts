import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '@lokmin/testing';
import { follow, type Person } from './client.ts';
import { aRunningDemonstration, type Demonstration } from './demonstration.ts';

/** Rounds in which an evaluation is given back and submitted again. */
const ROUNDS = 12;
const PERIOD = '2024-12';
const DISTRICT = '19.06';
const PLACES = [
  { code: '1012406', head: 'kapus.manggar' },
  { code: '1012404', head: 'kapus.gantung' },
];
const OVERVIEW = `query ($district: String!, $period: YearMonth!) { district(code: $district) { overview(period: $period) {
  indicators { status } rows { puskesmas { code } evaluation { id revision } } } } }`;
const RESULTS = `query ($code: String!, $period: YearMonth!) { puskesmas(code: $code) { results(period: $period) {
  evaluation { id revision } } } }`;

interface Evaluation {
  id: string;
  revision: number;
}
type Gateway = { readonly address: string; pause(): void; resume(): void };

const clockFolder = mkdtempSync(join(tmpdir(), 'lokmin-clock-'));
const clockFile = join(clockFolder, 'clock');
writeFileSync(clockFile, '2025-01-10T02:00:00Z');

let demonstration: Demonstration;
let gateways: [Gateway, Gateway];
let stopSecond: (() => Promise<void>) | undefined;
let officer: Person;
beforeAll(async () => {
  demonstration = await aRunningDemonstration({
    LOKMIN_TEST_CLOCK_FILE: clockFile,
    LOKMIN_ADHOC: 'everyone',
  });
  const { system } = demonstration;
  const second = await system.anotherGateway();
  stopSecond = () => second.stop();
  gateways = [
    {
      address: system.address,
      pause: () => system.processes.pause('gateway'),
      resume: () => system.processes.resume('gateway'),
    },
    second,
  ];
  officer = await demonstration.signIn('dinas');
}, 300_000);
afterAll(async () => {
  gateways?.forEach((each) => each.resume());
  await stopSecond?.();
  await demonstration?.stop();
  rmSync(clockFolder, { recursive: true, force: true });
}, 60_000);

/** A page whose requests a balancer hands to either gateway; it sends back what it was told, as docs/api.md says. */
class Page {
  #seen = '';
  /** The revision of each evaluation that it was told of, by an answer of its own command or by a live event. */
  readonly told = new Map<string, number>();

  constructor(private readonly person: Person) {}

  async ask<Data>(gateway: Gateway, query: string, variables: object): Promise<{ data: Data; cost: number }> {
    const response = await fetch(`${gateway.address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${this.person.token}`,
        ...(this.#seen ? { 'lokmin-seen': this.#seen } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    this.#seen = response.headers.get('lokmin-seen') ?? this.#seen;
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return { data, cost: Number(/^cost=(\d+)/.exec(response.headers.get('lokmin-cost') ?? '')?.[1]) };
  }

  /** @returns the evaluations of a puskesmas, or of all, that are older than what the page was told */
  async outdated(gateway: Gateway, code?: string): Promise<string[]> {
    const told = new Map(this.told);
    const evaluations: (Evaluation | null)[] = [];
    if (code) {
      const { data } = await this.ask<{ puskesmas: { results: { evaluation: Evaluation | null } } }>(
        gateway,
        RESULTS,
        { code, period: PERIOD },
      );
      evaluations.push(data.puskesmas.results.evaluation);
    } else {
      const { data } = await this.ask<{
        district: { overview: { rows: { evaluation: Evaluation | null }[] } };
      }>(gateway, OVERVIEW, { district: DISTRICT, period: PERIOD });
      evaluations.push(...data.district.overview.rows.map(({ evaluation }) => evaluation));
    }
    return evaluations.flatMap((one) =>
      one && one.revision < (told.get(one.id) ?? 0)
        ? [`revision ${one.revision} of ${one.id}, told of ${told.get(one.id)}`]
        : [],
    );
  }

  async change(gateway: Gateway, name: string, input: object): Promise<Evaluation> {
    const type = `${name[0]!.toUpperCase()}${name.slice(1)}`;
    const result = name === 'returnEvaluation' ? 'EvaluationReturned' : 'EvaluationSubmitted';
    const { data } = await this.ask<Record<string, { evaluation?: Evaluation }>>(
      gateway,
      `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename ... on ${result} { evaluation { id revision } } ... on Refusal { code message { en } } } }`,
      { input: { commandId: crypto.randomUUID(), ...input } },
    );
    const evaluation = data[name]!.evaluation;
    if (!evaluation) throw new Error(JSON.stringify(data));
    this.told.set(evaluation.id, evaluation.revision);
    return evaluation;
  }

  /** What a live event says that it tells of. */
  hear(seen: string): void {
    const [, id, revision] = /^evaluation ([\w-]+)@(\d+)@/.exec(seen) ?? [];
    if (!id) return;
    const globalId = Buffer.from(`Evaluation:${id}`).toString('base64url');
    this.told.set(globalId, Math.max(Number(revision), this.told.get(globalId) ?? 0));
    this.#seen = [this.#seen, seen].filter((part) => part !== '').join(', ');
  }
}

/** Has the gateway keep what will be asked: an answer that was kept costs 1. */
const warm = (gateway: Gateway, page: Page, query: string, variables: object) =>
  eventually(async () => (await page.ask(gateway, query, variables)).cost === 1, { deadlineMs: 30_000 });

it('whoever changed something sees it, whichever gateway answers next, also one that hears of it later', async () => {
  const outdated: string[] = [];
  const bystander = new Page(officer);
  for (const { code, head: login } of PLACES) {
    const [office, head] = [new Page(officer), new Page(await demonstration.signIn(login))];
    const { data } = await office.ask<{ puskesmas: { results: { evaluation: Evaluation } } }>(
      gateways[0],
      RESULTS,
      {
        code,
        period: PERIOD,
      },
    );
    let { id, revision } = data.puskesmas.results.evaluation;
    for (let round = 0; round < ROUNDS; round += 1) {
      const [one, other] = round % 2 === 0 ? gateways : [gateways[1], gateways[0]];
      await warm(other, bystander, OVERVIEW, { district: DISTRICT, period: PERIOD });
      // The other gateway is held up: what is announced and what is asked meanwhile reach it at the same moment.
      other.pause();
      let asking: Promise<string[]>;
      try {
        ({ id, revision } = await office.change(one, 'returnEvaluation', {
          evaluation: id,
          expectedRevision: revision,
          reason: `Periksa lagi (${round})`,
        }));
        asking = office.outdated(other);
        await bystander.outdated(one); // the request stands in the other's queue when its facts do
      } finally {
        other.resume();
      }
      outdated.push(...(await asking), ...(await office.outdated(one)), ...(await office.outdated(other)));

      await warm(one, head, RESULTS, { code, period: PERIOD });
      ({ id, revision } = await head.change(other, 'submitEvaluation', { puskesmas: code, period: PERIOD }));
      outdated.push(...(await head.outdated(one, code)), ...(await head.outdated(other, code)));
    }
  }
  expect(outdated).toEqual([]);
}, 300_000);

it('whoever is told of a change by one gateway sees it also when the other one answers', async () => {
  const abort = new AbortController();
  const pages = gateways.map(() => new Page(officer));
  const outdated: string[] = [];
  const streams = await Promise.all(
    gateways.map(({ address }) =>
      follow(
        { address, token: officer.token },
        `subscription { districtChanged(code: "${DISTRICT}") { kind seen } }`,
        abort.signal,
      ),
    ),
  );
  try {
    await eventually(() => streams.every(({ events }) => events.length > 0));
    const writer = new Page(officer);
    const place = PLACES[0]!;
    const head = new Page(await demonstration.signIn(place.head));
    const { data } = await writer.ask<{ puskesmas: { results: { evaluation: Evaluation } } }>(
      gateways[0],
      RESULTS,
      {
        code: place.code,
        period: PERIOD,
      },
    );
    let { id, revision } = data.puskesmas.results.evaluation;
    const taken = streams.map(({ events }) => events.length);
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const name of ['returnEvaluation', 'submitEvaluation']) {
        const teller = round % 2;
        const [told, other] = [gateways[teller]!, gateways[1 - teller]!];
        await warm(other, new Page(officer), OVERVIEW, { district: DISTRICT, period: PERIOD });
        other.pause();
        let asking: Promise<string[]>;
        try {
          ({ id, revision } =
            name === 'returnEvaluation'
              ? await writer.change(told, name, {
                  evaluation: id,
                  expectedRevision: revision,
                  reason: 'Periksa lagi',
                })
              : await head.change(told, name, { puskesmas: place.code, period: PERIOD }));
          await eventually(() => {
            const { events } = streams[teller]!;
            for (; taken[teller]! < events.length; taken[teller]! += 1)
              pages[teller]!.hear(String(events[taken[teller]!]!['districtChanged']!['seen']));
            return pages[teller]!.told.get(id) === revision;
          });
          asking = pages[teller]!.outdated(other);
          await new Page(officer).outdated(told); // the request stands in the other's queue when its facts do
        } finally {
          other.resume();
        }
        outdated.push(...(await asking), ...(await pages[teller]!.outdated(told)));
      }
    }
  } finally {
    abort.abort();
  }
  expect(outdated).toEqual([]);
}, 300_000);
