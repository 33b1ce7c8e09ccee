import {
  invalidInput,
  MESSAGE_LIMIT_BYTES,
  problem,
  readInput,
  Refusal,
  type AskInput,
  type AskReply,
  type AskType,
  type RefusalData,
} from '@lokmin/contracts';
import { applyDecorators, Catch, UseFilters, type RpcExceptionFilter } from '@nestjs/common';
import { MessagePattern, Server, type CustomTransportStrategy } from '@nestjs/microservices';
import { headers, type Msg, type Subscription } from '@nats-io/transport-node';
import { firstValueFrom, throwError, type Observable } from 'rxjs';
import { uuidv7 } from 'uuidv7';
import type { z } from 'zod';
import type { Bus } from './bus.ts';
import { currentCause, withCause, type Asker } from './cause.ts';
import type { Log } from './log.ts';
import { isOutage } from './reactions.ts';

type Answer = { ok: true; data: unknown } | { ok: false; refusal: RefusalData };
const said = (answer: Answer): string => JSON.stringify(answer);

const AUTHORIZATION = 'Lokmin-Token';
const CORRELATION = 'Lokmin-Correlation';
const TRACE = 'traceparent';
/** Milliseconds that the asker waits; an answer begun after that would be for nobody. */
const PATIENCE = 'Lokmin-Patience-Ms';

/** A service did not answer within the deadline, is not there, or is without its database. What was asked may be done. */
export class ServiceUnavailable extends Error {
  constructor(
    readonly service: string,
    options?: ErrorOptions,
  ) {
    super(`The service ${service} does not answer`, options);
  }
}

export interface AskOptions {
  readonly token?: string | undefined;
  /** Functional bound on the answer, in milliseconds. */
  readonly deadlineMs?: number;
}

/**
 * Asks a service. The input is checked by the service.
 * @throws Refusal what the service refused
 * @throws ServiceUnavailable no answer within the deadline, or the service lacks its database: try again later
 */
export async function askService<A extends AskType>(
  bus: Bus,
  ask: A,
  input: z.input<A['input']>,
  { token, deadlineMs = 2_000 }: AskOptions = {},
): Promise<AskReply<A>> {
  const cause = currentCause();
  const head = headers();
  if (token) head.set(AUTHORIZATION, token);
  head.set(CORRELATION, cause.correlationId);
  if (cause.traceparent) head.set(TRACE, cause.traceparent);
  head.set(PATIENCE, String(deadlineMs));
  let reply: Msg;
  try {
    reply = await bus.connection.request(ask.subject, JSON.stringify(input), {
      timeout: deadlineMs,
      headers: head,
    });
  } catch (error) {
    throw new ServiceUnavailable(ask.service, { cause: error });
  }
  const answer = reply.json<Answer>();
  if (!answer.ok) {
    const refusal = Refusal.fromData(answer.refusal);
    throw refusal.code === 'service.unavailable'
      ? new ServiceUnavailable(ask.service, { cause: refusal })
      : refusal;
  }
  return answer.data as AskReply<A>;
}

/** Hands every error of a handler on to the transport, which knows how to say it. */
@Catch()
class HandOn implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/** Marks the controller method that answers a request; its parameter is the checked input. */
export const Answers = (ask: AskType): MethodDecorator =>
  applyDecorators(MessagePattern(ask.subject), UseFilters(new HandOn())) as MethodDecorator;

export interface AskServerOptions {
  readonly bus: Bus;
  readonly service: string;
  readonly asks: readonly AskType[];
  /** Proves who asks: a person, or a guest where the request is for guests. @throws Refusal `access.signed-out` */
  readonly identify: (token: string, as: 'signed-in' | 'guest') => Promise<Asker>;
  readonly log: Log;
}

/** Nest's microservice transport over our one NATS connection: checked input, proven caller, typed refusals, drained at stop. */
export class AskServer extends Server implements CustomTransportStrategy {
  #subscription: Subscription | undefined;
  readonly #running = new Set<Promise<void>>();
  readonly #asks: Map<string, AskType>;

  constructor(private readonly options: AskServerOptions) {
    super();
    this.#asks = new Map(options.asks.map((ask) => [ask.subject, ask]));
  }

  listen(ready: () => void): void {
    const { bus, service, log } = this.options;
    const missing = [...this.#asks.keys()].filter((subject) => !this.messageHandlers.has(subject));
    if (missing.length > 0) throw new Error(`${service} has no answer for ${missing.join(', ')}`);
    this.#subscription = bus.connection.subscribe(`lokmin.ask.${service}.>`, {
      queue: service,
      callback: (error, message) => {
        if (error) return log.error({ err: error }, 'the request subscription failed');
        const running = this.#answer(message).catch((error: unknown) =>
          log.error({ err: error, ask: message.subject }, 'an answer could not be sent'),
        );
        this.#running.add(running);
        void running.finally(() => this.#running.delete(running));
      },
    });
    ready();
  }

  /** Takes no new requests and waits for those at hand. */
  async close(): Promise<void> {
    if (!this.options.bus.connection.isClosed()) await this.#subscription?.drain();
    await Promise.all(this.#running);
  }

  override on(): never {
    throw new Error('This transport has no events');
  }

  override unwrap<T>(): T {
    return this.options.bus as T;
  }

  async #answer(message: Msg): Promise<void> {
    const started = performance.now();
    const { log, service } = this.options;
    const correlationId = message.headers?.get(CORRELATION) || uuidv7();
    const log_ = { ask: message.subject, correlationId };
    let body: string;
    try {
      body = said({ ok: true, data: await this.#handle(message, correlationId) });
      log.debug({ ...log_, ms: performance.now() - started }, 'answered');
    } catch (error) {
      let refusal: Refusal;
      if (error instanceof Refusal) {
        refusal = error;
        log.info({ ...log_, code: error.code, details: error.details }, 'refused');
      } else if (isOutage(error)) {
        refusal = new Refusal('service.unavailable', { service });
        log.warn({ ...log_, err: error }, 'the database is away; a request was not answered');
      } else {
        refusal = new Refusal('internal', { correlationId });
        log.error({ ...log_, err: error }, 'a request failed');
      }
      body = said({ ok: false, refusal: refusal.toData() });
    }
    if (Buffer.byteLength(body) > MESSAGE_LIMIT_BYTES) {
      log.error({ ...log_, bytes: body.length }, 'the reply is too large');
      body = said({ ok: false, refusal: new Refusal('reply.too-large').toData() });
    }
    message.respond(body);
  }

  async #handle(message: Msg, correlationId: string): Promise<unknown> {
    const ask = this.#asks.get(message.subject);
    const handler = this.getHandlerByPattern(message.subject);
    if (!ask || !handler) throw new Refusal('not-found', { what: message.subject });
    const token = message.headers?.get(AUTHORIZATION);
    let asker: Asker | { actor: null } = { actor: null };
    if (ask.access !== 'public') {
      if (!token) throw new Refusal('access.signed-out');
      asker = await this.options.identify(token, ask.access);
    }
    const input = parseInput(ask, message); // whoever is not let in learns nothing of what would be wrong
    const traceparent = message.headers?.get(TRACE) || null;
    const by = { request: message.subject };
    return withCause({ correlationId, causationId: null, ...asker, traceparent, by }, async () =>
      firstValueFrom(this.transformToObservable(await handler(input, undefined))),
    );
  }
}

/** @throws Refusal `input.invalid` naming the first field that is wrong */
function parseInput<A extends AskType>(ask: A, message: Msg): AskInput<A> {
  let raw: unknown;
  try {
    raw = message.json();
  } catch {
    throw invalidInput(null, problem('not-json'));
  }
  return readInput(ask, raw);
}
