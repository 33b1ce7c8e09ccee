import { z } from 'zod';
import { ask, command, page, pageOf } from './ask.ts';
import { districtCode, instant, SERVICES, type ServiceName } from './fact.ts';

const deadLetter = z.object({
  id: z.string(),
  durable: z.string(),
  factId: z.uuid().nullable(),
  subject: z.string(),
  /** Of the fact; null when it belongs to none or cannot be read. */
  districtCode: districtCode.nullable(),
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
    'Facts that a reaction could not take, newest first: of the districts that the caller operates, and of none',
    { ...page, waiting: z.boolean().default(false) },
    pageOf(deadLetter),
  ),
  ReplayDeadLetter: ask(
    service,
    'replay-dead-letter',
    'Reacts to a dead letter again',
    { ...command, id: z.stringFormat('digits', /^\d{1,18}$/) },
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
