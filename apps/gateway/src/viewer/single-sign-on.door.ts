import { FinishSingleSignOn, Refusal, StartSingleSignOn, type AskType } from '@lokmin/contracts';
import { askService, ServiceUnavailable, withCause, type Bus, type Log } from '@lokmin/messaging';
import type { Clock } from '@lokmin/calendar';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { GatewayConfig } from '../config.ts';
import { causeOf, countRequest, type DoorParts } from '../graphql/door.ts';
import { readCookie, REFRESH, setCookie, SSO, whereFrom } from './cookies.ts';

/** Here a sign-in with the account of another system begins; the directory knows where it goes. */
const START_PATH = '/masuk/oidc';
/** Here the browser comes back. */
const RETURN_PATH = '/masuk/oidc/kembali';
const SIGN_IN_PAGE = '/masuk';

/**
 * Single sign-on for browsers. `GET /masuk/oidc` leads to the provider, `GET /masuk/oidc/kembali` takes what it sent back:
 * the directory decides, and its session becomes the cookie from which the pages live. What is refused leads to the
 * sign-in page, which says why.
 */
export function openSingleSignOnDoor(
  server: FastifyInstance,
  { rate, clock }: Pick<DoorParts, 'rate'> & { clock: Clock },
  bus: Bus,
  config: GatewayConfig,
  log: Log,
): void {
  const secondsUntil = (instant: string) =>
    Math.max(0, Math.floor((Date.parse(instant) - clock.now().getTime()) / 1000));
  const ask = <A extends AskType>(to: A, input: z.input<A['input']>) =>
    askService(bus, to, input, { deadlineMs: config.LOKMIN_COMMAND_DEADLINE_MS });

  /** Runs a step of the way; whatever keeps it from being done is told on the sign-in page. */
  const open = (path: string, step: (request: FastifyRequest, reply: FastifyReply) => Promise<string>) =>
    server.get(path, (request, reply) => {
      const cause = causeOf(request, null);
      void reply.header('lokmin-correlation', cause.correlationId).header('cache-control', 'no-store');
      return withCause(cause, async () => {
        try {
          const wait = countRequest(rate, null, request);
          if (wait > 0) throw new Refusal('request.too-many', { seconds: wait });
          return await reply.redirect(await step(request, reply), 302);
        } catch (error) {
          const known = error instanceof Refusal || error instanceof ServiceUnavailable;
          if (!known) log.error({ err: error, correlationId: cause.correlationId }, 'single sign-on failed');
          const code =
            error instanceof Refusal
              ? error.code
              : error instanceof ServiceUnavailable
                ? 'service.unavailable'
                : 'internal';
          return reply.redirect(`${SIGN_IN_PAGE}?gagal=${encodeURIComponent(code)}`, 302);
        }
      });
    });

  open(START_PATH, async (request, reply) => {
    const { address } = whereFrom(request);
    const started = await ask(StartSingleSignOn, { address });
    void reply.header(
      'set-cookie',
      setCookie(SSO, started.binding, secondsUntil(started.expiresAt), request, config),
    );
    return started.address;
  });

  open(RETURN_PATH, async (request, reply) => {
    const binding = readCookie(SSO, request, config);
    void reply.header('set-cookie', setCookie(SSO, '', 0, request, config));
    if (!binding) throw new Refusal('sso.attempt-ended');
    const answer = new URL(request.url, 'http://here').search;
    const session = await ask(FinishSingleSignOn, { answer, binding, ...whereFrom(request) });
    const seconds = secondsUntil(session.refreshExpiresAt);
    void reply.header('set-cookie', setCookie(REFRESH, session.refreshToken, seconds, request, config));
    return '/'; // the page asks for its access token with the cookie
  });
}
