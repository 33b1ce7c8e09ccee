import {
  type AskInput,
  type AskReply,
  type AskType,
  type FactType,
  Refusal,
  SERVICES,
  type ServiceName,
  subjectOf,
  TokenKeyState,
} from '@lokmin/contracts';
import { connectBus, natsServerConfiguration, provision, type Bus } from '@lokmin/messaging';
import { createLog, TOKEN_AUDIENCE, TOKEN_ISSUER } from '@lokmin/service';
import { aNats, type TestNats } from '@lokmin/testing';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import { gatewayConfig, type GatewayConfig } from '../src/config.ts';

export const log = createLog('test', process.env['LOKMIN_LOG_LEVEL'] ?? 'silent');

export type Answerer<A extends AskType> = (
  input: AskInput<A>,
  from: { token: string | undefined; correlationId: string | undefined },
) => AskReply<A> | Promise<AskReply<A>>;

/** A NATS of its own, with permissions and streams, and peers that answer requests on it as the services would. */
export interface Peers {
  readonly nats: TestNats;
  config(changes?: Record<string, string>): GatewayConfig;
  /** Answers a request from now on. */
  answer<A extends AskType>(ask: A, answerer: Answerer<A>): void;
  /** How often a request arrived since the last look. */
  asked(ask: AskType): number;
  /** How many requests of any kind arrived since the last look. */
  askedAtAll(): number;
  /** Takes a service off the bus, as if it were stopped. */
  leave(service: ServiceName): Promise<void>;
  /** Puts it back. */
  join(service: ServiceName): Promise<void>;
  announce<F extends FactType>(
    fact: F,
    about: { id: string; revision?: number; districtCode?: string | null; unitId?: string | null },
    data: z.infer<F['data']>,
  ): Promise<void>;
  /** An access token as the directory would sign it. */
  token(
    personId: string,
    claims?: { issuer?: string; expires?: string; forged?: boolean; kid?: string; kind?: string },
  ): Promise<string>;
  provision(): Promise<void>;
  stop(): Promise<void>;
}

export async function startPeers(): Promise<Peers> {
  const nats = await aNats((place) => natsServerConfiguration(place as never));
  const connect = (user: keyof TestNats['passwords']) =>
    connectBus({ url: nats.url, user, password: nats.passwords[user], log });
  const provisioner = await connect('provisioner');
  await provision(provisioner);
  const buses = new Map<ServiceName, Bus>();
  const answers = new Map<string, Answerer<AskType>>();
  const counts = new Map<string, number>();

  const join = async (service: ServiceName) => {
    const bus = await connect(service);
    buses.set(service, bus);
    bus.connection.subscribe(`lokmin.ask.${service}.>`, {
      callback: (_error, message) => {
        counts.set(message.subject, (counts.get(message.subject) ?? 0) + 1);
        const answer = answers.get(message.subject);
        const from = {
          token: message.headers?.get('Lokmin-Token') || undefined,
          correlationId: message.headers?.get('Lokmin-Correlation') || undefined,
        };
        Promise.resolve()
          .then(() => {
            if (!answer) throw new Refusal('not-found', { what: message.subject });
            return answer(message.json(), from);
          })
          .then(
            (data) => message.respond(JSON.stringify({ ok: true, data })),
            (error: unknown) => {
              const refusal =
                error instanceof Refusal ? error : new Refusal('internal', { correlationId: 'peer' });
              message.respond(JSON.stringify({ ok: false, refusal: refusal.toData() }));
            },
          );
      },
    });
    await bus.connection.flush();
  };
  await Promise.all(SERVICES.map(join));

  const announce: Peers['announce'] = async (fact, about, data) => {
    const body = {
      specversion: '1.0',
      id: uuidv7(),
      source: `lokmin/${fact.service}`,
      type: fact.type,
      subject: about.id,
      time: new Date().toISOString(),
      districtcode: about.districtCode ?? null,
      unitid: about.unitId ?? null,
      revision: about.revision ?? 1,
      actor: null,
      correlationid: uuidv7(),
      causationid: null,
      traceparent: null,
      data: fact.data.parse(data),
    };
    await buses
      .get(fact.service)!
      .js.publish(subjectOf(fact, about.id), JSON.stringify(body), { msgID: body.id });
  };

  const { privateKey, publicKey } = await generateKeyPair('EdDSA');
  const { privateKey: forger } = await generateKeyPair('EdDSA');
  const { kty, crv, x } = await exportJWK(publicKey);
  await announce(
    TokenKeyState,
    { id: 'key-1' },
    { kid: 'key-1', publicJwk: { kty: kty!, crv: crv!, x: x! }, notAfter: '2999-01-01T00:00:00Z' },
  );

  return {
    nats,
    config: (changes = {}) =>
      gatewayConfig({
        NODE_ENV: 'test',
        LOKMIN_NATS_URL: nats.url,
        LOKMIN_NATS_USER: 'gateway',
        LOKMIN_NATS_PASSWORD: nats.passwords.gateway,
        LOKMIN_HTTP_PORT: '0',
        LOKMIN_LOG_LEVEL: 'silent',
        LOKMIN_QUERY_DEADLINE_MS: '400',
        LOKMIN_RATE_PER_SECOND: '1000',
        LOKMIN_RATE_BURST: '1000',
        LOKMIN_ADHOC: 'everyone',
        LOKMIN_COST_PER_MINUTE: '100000000',
        LOKMIN_ADDRESS_COST_PER_MINUTE: '100000000',
        ...changes,
      }),
    answer: (ask, answerer) => void answers.set(ask.subject, answerer as unknown as Answerer<AskType>),
    asked: (ask) => {
      const count = counts.get(ask.subject) ?? 0;
      counts.delete(ask.subject);
      return count;
    },
    askedAtAll: () => {
      const count = [...counts.values()].reduce((sum, each) => sum + each, 0);
      counts.clear();
      return count;
    },
    leave: async (service) => {
      await buses.get(service)?.close();
      buses.delete(service);
    },
    join,
    announce,
    token: (personId, { issuer = TOKEN_ISSUER, expires = '10m', forged = false, kid = 'key-1', kind } = {}) =>
      new SignJWT(kind ? { kind } : {})
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setSubject(personId)
        .setIssuer(issuer)
        .setAudience(TOKEN_AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(expires)
        .sign(forged ? forger : privateKey),
    provision: async () => void (await provision(provisioner)),
    stop: async () => {
      await Promise.all([...buses.values()].map((bus) => bus.close()));
      await provisioner.close();
      await nats.stop();
    },
  };
}

/** A request to GraphQL and what came of it. */
export async function post(
  port: number,
  operation: { query: string; variables?: Record<string, unknown> } | string,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof operation === 'string' ? operation : JSON.stringify(operation),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what an answer holds is for the test to say
    body: (text.startsWith('{') ? JSON.parse(text) : null) as { data?: any; errors?: any[] } | null,
  };
}
