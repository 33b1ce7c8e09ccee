import type { ServiceName } from '@lokmin/contracts';
import type { Bus, Consumer, Reaction, ReactionContext } from '@lokmin/messaging';
import type { Roster } from './roster.ts';

/** Injection tokens of what every service has: `Clock`, a pino logger, `ServiceState`. */
export const CLOCK = Symbol('clock');
export const LOG = Symbol('log');
export const SERVICE = Symbol('service');

export interface ServiceState {
  readonly name: ServiceName;
  readonly context: ReactionContext;
  readonly bus: Bus;
  reactions: readonly Reaction[];
  consumers: readonly Consumer[];
}

/** What the service lacks for doing its work; empty when it is ready. */
export async function missing({ bus, consumers }: ServiceState, roster: Roster): Promise<string[]> {
  const lacks = consumers
    .filter((consumer) => !consumer.hears)
    .map((consumer) => `stream of ${consumer.durable}`);
  if (!bus.connected) lacks.push('nats');
  try {
    if (!(await roster.knowsAKey())) lacks.push('token key');
  } catch {
    lacks.push('database');
  }
  return lacks;
}
