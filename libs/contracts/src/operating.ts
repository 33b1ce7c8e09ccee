import { z } from 'zod';
import { ask, page, pageOf } from './ask.ts';
import { instant, SERVICES, type ServiceName } from './fact.ts';

const deadLetter = z.object({
  id: z.string(),
  durable: z.string(),
  factId: z.uuid().nullable(),
  subject: z.string(),
  attempts: z.int(),
  reason: z.string(),
  at: instant,
  replayedAt: instant.nullable(),
});

/** What an administrator may ask of every service. */
const operating = (service: ServiceName) => ({
  ListDeadLetters: ask(
    service,
    'list-dead-letters',
    'Facts that a reaction could not take, newest first',
    page,
    pageOf(deadLetter),
  ),
  ReplayDeadLetter: ask(
    service,
    'replay-dead-letter',
    'Reacts to a dead letter again',
    { id: z.stringFormat('digits', /^\d+$/) },
    z.object({ succeeded: z.boolean() }),
  ),
  Refill: ask(
    service,
    'refill',
    'Publishes every fact still in the outbox again; readers know the ids they have seen',
    {},
    z.object({ facts: z.int() }),
  ),
  Health: ask(
    service,
    'health',
    'State of the service: consumers, outbox, dead letters',
    {},
    z.object({
      ready: z.boolean(),
      missing: z.array(z.string()),
      unpublished: z.int(),
      deadLetters: z.int(),
    }),
  ),
});

export const OPERATING = Object.fromEntries(
  SERVICES.map((service) => [service, operating(service)]),
) as Record<ServiceName, ReturnType<typeof operating>>;
