import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { localDate, type Zone } from '@lokmin/calendar';
import { parseGlobalId, Refusal } from '@lokmin/contracts';
import {
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isLeafType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type IntrospectionQuery,
} from 'graphql';
import { Problem } from './connection.ts';

/** No district has indicators of an earlier year. */
const FIRST_YEAR = 2000;
const PAGE = 200;

interface Gateway {
  readonly address: string;
  /** An access token that still holds. */
  token(): Promise<string>;
}
interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions?: { text?: { en: string } } }[];
}
interface Written {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Fetches; waits where the gateway says how long. @throws Problem */
async function fetchFrom({ address, token }: Gateway, path: string, body?: unknown): Promise<Response> {
  for (;;) {
    const response = await fetch(address + path, {
      headers: {
        authorization: `Bearer ${await token()}`,
        'content-type': 'application/json',
        'accept-language': 'en',
      },
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    }).catch((error: Error) => {
      throw new Problem(
        `${address} does not answer (${(error.cause as Error | undefined)?.message ?? error.message}).`,
        3,
      );
    });
    if (response.status !== 429) return response;
    await response.arrayBuffer();
    await delay(1_000 * Number(response.headers.get('retry-after') ?? 1));
  }
}

async function ask<Data>(gateway: Gateway, query: string, variables: object = {}): Promise<Data> {
  const response = await fetchFrom(gateway, '/graphql', { query, variables });
  const { data, errors } = (await response.json()) as Answer;
  const [error] = errors ?? [];
  if (error) throw new Problem(error.extensions?.text?.en ?? error.message);
  return data as Data;
}

/** Everything that a thing has and that needs no argument; nothing that is on the way to it. */
function everythingOf(schema: GraphQLSchema, type: GraphQLNamedType, path: readonly string[] = []): string {
  if (isUnionType(type))
    return `__typename ${type
      .getTypes()
      .map((each) => `... on ${each.name} { ${everythingOf(schema, each, path)} }`)
      .join(' ')}`;
  if (!isObjectType(type)) throw new Error(`${type.name} has no fields`);
  const within = [...path, type.name];
  return Object.values(type.getFields())
    .filter(({ args }) => args.length === 0)
    .flatMap(({ name, type: of }) => {
      const named = getNamedType(of);
      if (isLeafType(named)) return [name];
      return within.includes(named.name) || named.name === 'Puskesmas'
        ? []
        : [`${name} { ${everythingOf(schema, named, within)} }`];
    })
    .join(' ');
}

/** A part of an answer: its service may be away, or what it has may not be for the caller. */
interface Part {
  readonly status: string;
  readonly message: { en: string } | null;
}
/** @param unless a message with which a part is whole though it has nothing. @throws Problem */
function whole<P extends Part>(part: P, what: string, unless?: string): P {
  const { status, message } = part;
  if (status === 'OK' && (message === null || message.en === unless)) return part;
  throw new Problem(`${what}: ${message?.en ?? status}`);
}
type Page<T> = Part & {
  nodes: T[] | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null } | null;
};

/**
 * Writes what the system has of a puskesmas into a new folder, for the years that have a bundle of indicators: JSON in the
 * names of the GraphQL schema, files as they are, and `index.json` with the SHA-256 of each. Not what is of persons alone
 * (messages, mails, accounts). A folder is there whole or not at all.
 * @param unit its registration number and district
 * @param say tells how far it is
 * @returns how many files there are
 * @throws Problem
 */
export async function exportPuskesmas(
  gateway: Gateway,
  { code, districtCode }: { code: string; districtCode: string },
  folder: string,
  say: (line: string) => void,
): Promise<number> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new Problem(`${folder} is not empty: name a folder that is not there yet.`);
  const unfinished = join(dirname(folder), `.${basename(folder)}.unfinished`);
  rmSync(unfinished, { recursive: true, force: true });
  const files: Written[] = [];
  const write = (name: string, content: string | Uint8Array) => {
    const place = join(unfinished, name);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, content);
    files.push({
      name,
      bytes: Buffer.byteLength(content),
      sha256: createHash('sha256').update(content).digest('hex'),
    });
  };
  const writeJson = (name: string, content: unknown) => write(name, `${JSON.stringify(content, null, 2)}\n`);
  const fetchFile = async (path: string): Promise<Uint8Array> => {
    const response = await fetchFrom(gateway, path);
    if (!response.ok) throw new Problem(`${path}: ${response.status} ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  try {
    const schema = buildClientSchema(await ask<IntrospectionQuery>(gateway, getIntrospectionQuery()));
    const all = (type: string) => everythingOf(schema, schema.getType(type)!);
    /** Asks for something of the puskesmas. */
    const of = async <T>(selection: string, variables: Record<string, string> = {}) => {
      const declared = Object.keys(variables).map(
        (name) => `, $${name}: ${name === 'period' ? 'YearMonth' : 'String'}!`,
      );
      const { puskesmas } = await ask<{ puskesmas: T | null }>(
        gateway,
        `query ($code: String!${declared.join('')}) { puskesmas(code: $code) { ${selection} } }`,
        { code, ...variables },
      );
      if (!puskesmas) throw new Problem(`There is no puskesmas ${code}, or it is not for you to see.`);
      return puskesmas;
    };
    const pages = async <T>(field: string, selection: string): Promise<T[]> => {
      const found: T[] = [];
      for (let after = ''; ;) {
        const cursor = after && `, after: ${JSON.stringify(after)}`;
        const reply = await of<Record<string, Page<T>>>(
          `${field}(first: ${PAGE}${cursor}) { status message { en } nodes { ${selection} } pageInfo { hasNextPage endCursor } }`,
        );
        const page = whole(reply[field]!, field);
        found.push(...page.nodes!);
        if (!page.pageInfo?.hasNextPage) return found;
        after = page.pageInfo.endCursor!;
      }
    };

    const unit = await of<{ timeZone: Zone | null; guests: Part }>(
      `id code name timeZone guests { ${all('GuestsPart')} }`,
    );
    whole(unit.guests, 'guests');
    writeJson('puskesmas.json', { ...unit, people: await pages('people', all('PersonChoice')) });

    const now = new Date();
    const [thisYear, thisMonth] = localDate(now, unit.timeZone ?? 'Asia/Jakarta')
      .split('-')
      .map(Number);
    for (let year = FIRST_YEAR; year <= thisYear!; year++) {
      const lastMonth = year === thisYear ? thisMonth! : 12;
      const noBundle = new Refusal('bundle.missing', { year, district: districtCode }).toData().message.en;
      const periods = Array.from(
        { length: lastMonth },
        (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`,
      );
      const resultsOf = async (period: string) =>
        whole(
          (
            await of<{ results: Part & { results: { code: string }[] | null } }>(
              `results(period: $period) { ${all('UnitResultsPart')} }`,
              { period },
            )
          ).results,
          `results of ${period}`,
          noBundle,
        );
      const { results: catalogue } = await resultsOf(periods.at(-1)!);
      if (!catalogue) continue;
      say(`${year}: ${catalogue.length} indicators`);
      for (const period of periods) writeJson(`results/${period}.json`, await resultsOf(period));
      for (const { code: indicator } of catalogue) {
        const { indicator: detail } = await of<{ indicator: Part }>(
          `indicator(period: $period, code: $indicator) { status message { en } definition { ${all('IndicatorDefinition')} } values { ${all('DataValue')} } valuesHidden }`,
          { period: periods.at(-1)!, indicator },
        );
        writeJson(`indicators/${year}/${indicator}.json`, whole(detail, indicator));
      }
    }

    const meetings = await pages<{ id: string; month: string; signedAt: string | null }>(
      'meetings',
      'id month signedAt',
    );
    say(`${meetings.length} meetings`);
    for (const { id, month, signedAt } of meetings) {
      const { meeting } = await ask<object & { meeting: object }>(
        gateway,
        `query ($id: ID!) { meeting(id: $id) { ${all('Meeting')} } }`,
        { id },
      );
      writeJson(`meetings/${month}.json`, meeting);
      if (signedAt) write(`meetings/${month}.pdf`, await fetchFile(`/files/minutes/${id}`));
    }

    const actions = await pages<{ id: string }>('actions', 'id');
    say(`${actions.length} actions`);
    for (const { id } of actions) {
      const { action } = await ask<{
        action: { history: { evidence: { name: string; path: string }[] }[] | null };
      }>(gateway, `query ($id: ID!) { action(id: $id) { ${all('Action')} } }`, { id });
      const key = parseGlobalId(id)!.key;
      writeJson(`actions/${key}.json`, action);
      if (!action.history) throw new Problem(`The history of the action ${key} is not to be had.`);
      for (const [i, { name, path }] of action.history.flatMap(({ evidence }) => evidence).entries())
        write(`actions/${key}/${i + 1}-${name.replaceAll(/[/\\:]/g, '_')}`, await fetchFile(path));
    }
    const question = new URLSearchParams({ district: districtCode, puskesmas: code });
    write('audit.csv', await fetchFile(`/files/audit?${question.toString()}`));
    writeJson('index.json', { puskesmas: code, at: now.toISOString(), from: gateway.address, files });
    renameSync(unfinished, folder);
    return files.length;
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    throw error;
  }
}
