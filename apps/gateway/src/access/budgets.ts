import { Refusal, type Text } from '@lokmin/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from '../config.ts';
import { RateLimit } from './rate-limit.ts';
import type { Caller } from './tokens.ts';

/** The header in which an answer says what it cost and what is left of a minute's budget: `cost=2240, left=997760, limit=1000000`. */
export const COST_HEADER = 'lokmin-cost';
/** An answer that was kept costs its sending. */
export const COST_OF_KEPT = 1;
const WINDOW_SECONDS = 60;

/** Whose budget: the kind of the token decides, and who is not signed in shares one with the address. */
type Kind = Caller['kind'] | 'address';

/** More is asked than is left. */
export interface OutOfBudget {
  /** Says cost, limit and when to try again. */
  readonly refusal: Refusal;
  /** Null: never, the operation alone is above the limit. */
  readonly retryAfterSeconds: number | null;
}

const told = (n: number): Text => ({ id: n.toLocaleString('id-ID'), en: n.toLocaleString('en') });

/** What each caller may spend in a minute, by the cost of what is asked; it fills up again steadily. */
export class Budgets {
  readonly #limits: Readonly<Record<Kind, number>>;
  readonly #spent: Readonly<Record<Kind, RateLimit>>;

  constructor(config: GatewayConfig) {
    this.#limits = {
      person: config.LOKMIN_COST_PER_MINUTE,
      service: config.LOKMIN_SERVICE_COST_PER_MINUTE,
      address: config.LOKMIN_ADDRESS_COST_PER_MINUTE,
    };
    const { person, service, address } = this.#limits;
    const bucket = (limit: number) => new RateLimit(limit / WINDOW_SECONDS, limit);
    this.#spent = { person: bucket(person), service: bucket(service), address: bucket(address) };
  }

  /**
   * Takes what an operation may cost at most from the budget of whoever asks.
   * @param cost at least 1
   * @returns null when it is allowed
   */
  spend(
    caller: Caller | null,
    { ip }: FastifyRequest,
    reply: FastifyReply,
    cost: number,
  ): OutOfBudget | null {
    const { spent, limit, key } = this.#of(caller, ip);
    const retryAfterSeconds = spent.take(key, cost);
    const left = Math.floor(spent.left(key));
    void reply.header(COST_HEADER, `cost=${cost}, left=${left}, limit=${limit}`);
    if (retryAfterSeconds === 0) return null;
    if (cost > limit)
      return {
        refusal: new Refusal('request.above-budget', { cost: told(cost), limit: told(limit) }),
        retryAfterSeconds: null,
      };
    const details = { cost: told(cost), left: told(left), limit: told(limit), seconds: retryAfterSeconds };
    return { refusal: new Refusal('request.budget-spent', details), retryAfterSeconds };
  }

  /** Gives back what the answer did not cost of what was taken for it. */
  settle(
    caller: Caller | null,
    { ip }: FastifyRequest,
    reply: FastifyReply,
    { taken, cost }: { taken: number; cost: number },
  ): void {
    const { spent, limit, key } = this.#of(caller, ip);
    spent.give(key, Math.max(0, taken - cost));
    void reply.header(COST_HEADER, `cost=${cost}, left=${Math.floor(spent.left(key))}, limit=${limit}`);
  }

  #of(caller: Caller | null, ip: string): { spent: RateLimit; limit: number; key: string } {
    const kind = caller?.kind ?? 'address';
    return { spent: this.#spent[kind], limit: this.#limits[kind], key: caller?.personId ?? ip };
  }
}
