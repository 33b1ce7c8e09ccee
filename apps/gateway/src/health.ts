import type { Bus } from '@lokmin/messaging';
import type { FastifyInstance } from 'fastify';
import type { Tokens } from './access/tokens.ts';
import type { Facts } from './live/facts.ts';

/** `GET /health/live`: the process answers. `GET /health/ready`: it can do its work; 503 names what it lacks. */
export function openHealth(
  server: FastifyInstance,
  { bus, facts, tokens }: { bus: Bus; facts: Facts; tokens: Tokens },
): void {
  server.get('/health/live', () => ({ service: 'gateway', live: true }));
  server.get('/health/ready', (_request, reply) => {
    const missing = [
      ...(bus.connected ? [] : ['nats']),
      ...(facts.hears ? [] : ['streams']),
      ...(tokens.knowsAKey ? [] : ['token key']),
    ];
    return reply
      .code(missing.length === 0 ? 200 : 503)
      .send({ service: 'gateway', ready: missing.length === 0, missing });
  });
}
