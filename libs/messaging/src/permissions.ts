import { FACTS_STREAM, readersOf, REFERENCE_STREAM, SERVICES } from '@lokmin/contracts';

/** Every process that may connect to NATS; each has a credential of its own. `reader`: programs of others, who follow facts. */
export const NATS_USERS = [...SERVICES, 'gateway', 'provisioner', 'cli', 'reader'] as const;
export type NatsUser = (typeof NATS_USERS)[number];

export interface NatsPermissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  readonly answers: boolean;
}

/** What each process may say and hear, made from the table of readers: a foreign subject is refused by NATS itself. */
export function permissionsOf(user: NatsUser): NatsPermissions {
  const inbox = `_INBOX.${user}.>`;
  switch (user) {
    case 'provisioner':
      return { publish: ['$JS.API.>'], subscribe: [inbox], answers: false };
    case 'cli':
      return { publish: ['lokmin.ask.>'], subscribe: [inbox], answers: false };
    case 'gateway':
      return {
        publish: ['lokmin.ask.>', ...[FACTS_STREAM, REFERENCE_STREAM].flatMap(following)],
        subscribe: [inbox],
        answers: false,
      };
    case 'reader':
      // Looks at facts where they are kept; a consumer of its own would let it name those of services too. Not at the
      // reference stream: addresses of people are in it.
      return {
        publish: [
          `$JS.API.STREAM.INFO.${FACTS_STREAM}`,
          `$JS.API.DIRECT.GET.${FACTS_STREAM}`,
          `$JS.API.DIRECT.GET.${FACTS_STREAM}.>`,
        ],
        subscribe: [inbox, ...SERVICES.map((service) => `lokmin.${service}.>`)],
        answers: false,
      };
    default:
      return {
        publish: [
          `lokmin.${user}.>`,
          `lokmin.ref.${user}.>`,
          // the relay asks for the newest message of its own subjects
          `$JS.API.DIRECT.GET.${FACTS_STREAM}.lokmin.${user}.>`,
          `$JS.API.DIRECT.GET.${REFERENCE_STREAM}.lokmin.ref.${user}.>`,
          ...readersOf(user).flatMap(({ stream, durable }) => [
            `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
            `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
            `$JS.ACK.${stream}.${durable}.>`,
          ]),
        ],
        subscribe: [`lokmin.ask.${user}.>`, inbox],
        answers: true,
      };
  }
}

/** An ordered consumer is made, read and dropped by its own process. */
const following = (stream: string) => [
  `$JS.API.STREAM.INFO.${stream}`,
  `$JS.API.CONSUMER.CREATE.${stream}.>`,
  `$JS.API.CONSUMER.INFO.${stream}.>`,
  `$JS.API.CONSUMER.DELETE.${stream}.>`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.>`,
  `$JS.ACK.${stream}.>`,
  `$JS.FC.${stream}.>`,
];

export interface NatsServerOptions {
  /** Interface to listen on; loopback unless the network itself is closed. */
  readonly host?: string;
  readonly port: number;
  readonly storeFolder: string;
  readonly passwords: Readonly<Record<NatsUser, string>>;
  /** Power-cut safety: flush every write to disk (nats-server 2.10 and newer only). */
  readonly syncAlways?: boolean;
  /** Loopback port where `/healthz` tells whether the server and its streams are well; closed when left out. */
  readonly healthPort?: number;
}

/** The configuration file of nats-server: JetStream on disk, one credential per process, nothing else open. */
export function natsServerConfiguration({
  host = '127.0.0.1',
  port,
  storeFolder,
  passwords,
  syncAlways = false,
  healthPort,
}: NatsServerOptions): string {
  const list = (subjects: readonly string[]) =>
    `[${subjects.map((subject) => JSON.stringify(subject)).join(', ')}]`;
  const users = NATS_USERS.map((user) => {
    const { publish, subscribe, answers } = permissionsOf(user);
    const responses = answers ? ', allow_responses: {max: 1, expires: "30s"}' : '';
    return `    {user: ${user}, password: ${JSON.stringify(passwords[user])}, permissions: {publish: {allow: ${list(publish)}}, subscribe: {allow: ${list(subscribe)}}${responses}}}`;
  });
  return `host: ${JSON.stringify(host)}
port: ${port}${healthPort ? `\nhttp: "127.0.0.1:${healthPort}"` : ''}
max_payload: 1MB
jetstream: {store_dir: ${JSON.stringify(storeFolder)}${syncAlways ? ', sync_interval: always' : ''}}
authorization: {
  users: [
${users.join('\n')}
  ]
}
`;
}
