/**
 * Follows facts from NATS and prints a line for each, until Ctrl-C; every one is held against docs/facts.asyncapi.json first.
 *
 *   LOKMIN_NATS_URL=nats://127.0.0.1:4222 LOKMIN_NATS_PASSWORD=... node docs/examples/facts.ts [subject] [sequence]
 *
 * The password is that of the NATS user `reader`, who can read facts and change nothing. `subject` filters, such as
 * 'lokmin.indicators.evaluation.>'; `sequence` is where to begin, as this prints it at the end: 1 for all that the stream still
 * holds, left out: what comes from now on. A program that keeps it loses nothing while it is away (facts are kept for 90 days).
 * A fact may stand there twice: keep the highest revision of each subject, and do an effect once for each id.
 */
import { readFileSync } from 'node:fs';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { Ajv } from 'ajv';

const STREAM = 'LOKMIN_FACTS';
/** The newest fact may be heard of a moment before it can be read. */
const LOOK_AGAIN_MS = 1_000;

interface Fact {
  readonly id: string;
  readonly type: string;
  readonly time: string;
  readonly subject: string;
  readonly revision: number;
  readonly data: Readonly<Record<string, unknown>>;
}
interface Catalogue {
  readonly components: { readonly messages: Record<string, { name: string; payload: object }> };
}

const { LOKMIN_NATS_URL: url, LOKMIN_NATS_PASSWORD: password } = process.env;
const [subject = '>', begin] = process.argv.slice(2);
if (!url || !password) throw new Error('Set LOKMIN_NATS_URL and LOKMIN_NATS_PASSWORD.');
if (begin !== undefined && !/^[1-9]\d{0,15}$/.test(begin))
  throw new Error(`A sequence is a whole number from 1 on, not ${begin}.`);

const catalogue = JSON.parse(
  readFileSync(new URL('../facts.asyncapi.json', import.meta.url), 'utf8'),
) as Catalogue;
// Formats are not looked up: beside each stands a pattern that says the same, and some are this catalogue's own.
const ajv = new Ajv({ validateFormats: false });
const fits = new Map(
  Object.values(catalogue.components.messages).map(({ name, payload }) => [name, ajv.compile(payload)]),
);

const connection = await connect({
  servers: url,
  user: 'reader',
  pass: password,
  inboxPrefix: '_INBOX.reader',
});
// The check asks for the account's limits, which a reader may not see.
const streams = await jetstreamManager(connection, { checkAPI: false });
/** Whether something came since the last look, and whom to tell when it does. */
let news = { heard: false, tell: () => {} };
for (const service of ['directory', 'indicators', 'meetings', 'actions', 'notifications'])
  connection.subscribe(`lokmin.${service}.>`, {
    callback: () => {
      news.heard = true;
      news.tell();
    },
  });
let sequence = begin ? Number(begin) : (await streams.streams.info(STREAM)).state.last_seq + 1;
let stopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stopped = true;
    news.tell();
  });
console.error(`Following ${subject} from ${sequence} on`);

while (!stopped) {
  news = { heard: false, tell: () => {} };
  // Null: nothing there yet.
  const message = await streams.direct.getMessage(STREAM, { seq: sequence, next_by_subj: subject });
  if (message) {
    console.log(describe(message.json<Fact>()));
    sequence = message.seq + 1;
  } else if (!news.heard)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_AGAIN_MS);
      news.tell = () => {
        clearTimeout(timer);
        resolve();
      };
    });
}
console.error(`Go on with ${sequence}`);
await connection.close();

function describe(fact: Fact): string {
  const check = fits.get(fact.type);
  const problem = check
    ? !check(fact) && ajv.errorsText(check.errors)
    : 'not in the catalogue: a newer kind of fact';
  const { unitName, period, month, status } = fact.data;
  return [
    fact.time,
    fact.type,
    `revision ${fact.revision}`,
    unitName,
    period ?? month,
    status,
    problem && `(${problem})`,
  ]
    .filter(Boolean)
    .join('  ');
}
