import {
  FACTS,
  READERS,
  STREAM_SUBJECTS,
  envelope,
  REFERENCE_STREAM,
  SERVICES,
  type FactType,
  type Reader,
} from '@lokmin/contracts';
import { z } from 'zod';

const readersOf = (fact: FactType): Reader[] =>
  (Object.values(READERS) as Reader[]).filter((reader) => reader.facts.includes(fact));
const keyOf = (fact: FactType): string => fact.type.replace(/^lokmin\./, '').replaceAll('.', '-');
const addressOf = (fact: FactType): string =>
  fact.stream === REFERENCE_STREAM ? `${fact.type}.{id}` : fact.type;

/** The table *fact, published by, reacted to by* as Markdown. */
export function factTable(): string {
  const rows = FACTS.map((fact) => {
    const readers = readersOf(fact).map(
      (reader) => `${reader.service} (\`${reader.durable}\`, ${reader.kind})`,
    );
    return `| \`${addressOf(fact)}\` | ${fact.meaning} | ${fact.service} | ${readers.join('<br>') || '-'} |`;
  });
  return ['| Fact | Meaning | Published by | Reacted to by |', '|---|---|---|---|', ...rows].join('\n');
}

/** Everything that travels through the streams, as an AsyncAPI 3.0 document. */
export function asyncApi(): object {
  const message = (fact: FactType) => ({
    name: fact.type,
    title: fact.type,
    summary: fact.meaning,
    contentType: 'application/json',
    payload: z.toJSONSchema(envelope.extend({ type: z.literal(fact.type), data: fact.data }), {
      target: 'draft-7',
      io: 'input',
    }),
  });
  const operation = (action: 'send' | 'receive', fact: FactType, summary: string) => ({
    action,
    channel: { $ref: `#/channels/${keyOf(fact)}` },
    summary,
    messages: [{ $ref: `#/channels/${keyOf(fact)}/messages/${keyOf(fact)}` }],
  });
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Lokmin facts',
      version: '1.0.0',
      description: `Facts that Lokmin's services announce over NATS JetStream. Within a major version fields are only added, as optional ones. The message id (header Nats-Msg-Id) is the fact id; a fact may come twice and late. Streams: ${Object.entries(
        STREAM_SUBJECTS,
      )
        .map(([stream, subjects]) => `${stream} (${subjects.join(', ')})`)
        .join('; ')}.`,
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      nats: {
        host: 'localhost:4222',
        protocol: 'nats',
        description: 'NATS 2.9 or newer with JetStream; one credential per process',
      },
    },
    channels: Object.fromEntries(
      FACTS.map((fact) => [
        keyOf(fact),
        {
          address: addressOf(fact),
          description: fact.meaning,
          messages: { [keyOf(fact)]: { $ref: `#/components/messages/${keyOf(fact)}` } },
          ...(fact.stream === REFERENCE_STREAM
            ? { parameters: { id: { description: 'Id of the thing; points in a code become underscores' } } }
            : {}),
        },
      ]),
    ),
    operations: Object.fromEntries([
      ...SERVICES.flatMap((service) =>
        FACTS.filter((fact) => fact.service === service).map((fact) => [
          `${service}-announces-${keyOf(fact)}`,
          operation('send', fact, `${service}: ${fact.meaning}`),
        ]),
      ),
      ...FACTS.flatMap((fact) =>
        readersOf(fact).map((reader) => [
          `${reader.durable}-takes-${keyOf(fact)}`,
          operation('receive', fact, `${reader.service} ${reader.does}`),
        ]),
      ),
    ]),
    components: { messages: Object.fromEntries(FACTS.map((fact) => [keyOf(fact), message(fact)])) },
  };
}
