import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '@lokmin/calendar';
import {
  FindUnit,
  invalidInput,
  problem,
  Refusal,
  type AskInput,
  type AskReply,
  type AskType,
  type Text,
} from '@lokmin/contracts';
import { askService, ServiceUnavailable, type Bus } from '@lokmin/messaging';
import type { z } from 'zod';
import { bearerToken } from '../access/tokens.ts';
import { CONFIG, type GatewayConfig } from '../config.ts';
import { SETTLING_MS } from '../kept/kept-answers.ts';
import type { Seen } from '../kept/seen.ts';
import type { Context } from './context.ts';
import { asGraphQLError } from './errors.ts';
import { inNamesOfSchema } from './names.ts';
import { PartStatus } from './text.ts';

export const BUS = Symbol('bus');
export const CLOCK = Symbol('clock');

/** What a part of an answer says of its service, and the reply when there is one. */
export interface Answer<T> {
  readonly status: PartStatus;
  readonly message: Text | null;
  readonly reply: T | null;
}

/** A puskesmas as answers carry it. */
export interface KnownUnit {
  readonly unitId: string;
  readonly code: string;
  readonly name: string;
  /** Null where the reply that named it did not say. */
  readonly districtCode: string | null;
  /** Left out in the same case. */
  readonly timeZone?: string;
}

const REMEMBERED_UNITS = 20_000;

/** Asks services on behalf of the caller, within a deadline. */
@Injectable()
export class Services {
  /** Last known names, by code: they stand in while the directory is away. */
  readonly #units = new Map<string, KnownUnit>();

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: GatewayConfig,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Asks for a query, once in a request however often the answer is needed.
   * @throws Refusal, ServiceUnavailable
   */
  query<A extends AskType>(context: Context, ask: A, input: z.input<A['input']>): Promise<AskReply<A>> {
    const question = `${ask.subject} ${JSON.stringify(input)}`;
    let answer = context.asked.get(question);
    if (!answer) {
      answer = this.#ask(context, ask, input, this.config.LOKMIN_QUERY_DEADLINE_MS);
      context.asked.set(question, answer);
    }
    return answer as Promise<AskReply<A>>;
  }

  /** The same for a field whose type has no place for a refusal. @throws GraphQLError of a known code */
  async queryOrError<A extends AskType>(
    context: Context,
    ask: A,
    input: z.input<A['input']>,
  ): Promise<AskReply<A>> {
    try {
      return await this.query(context, ask, input);
    } catch (error) {
      throw asGraphQLError(error);
    }
  }

  /** Sends a command. @throws Refusal, ServiceUnavailable */
  command<A extends AskType>(
    context: Context,
    ask: A,
    input: AskInput<A> | z.input<A['input']>,
  ): Promise<AskReply<A>> {
    return this.#ask(context, ask, input as z.input<A['input']>, this.config.LOKMIN_COMMAND_DEADLINE_MS);
  }

  async #ask<A extends AskType>(
    context: Context,
    ask: A,
    input: z.input<A['input']>,
    deadlineMs: number,
  ): Promise<AskReply<A>> {
    try {
      // A guest is no caller: what is for people never gets to see that token.
      const token =
        ask.access === 'guest' ? bearerToken(context.request.headers.authorization) : context.caller?.token;
      return await askService(this.bus, ask, input, { token, deadlineMs });
    } catch (error) {
      throw error instanceof Refusal ? inNamesOfSchema(error) : error;
    }
  }

  /** Waits for a reply and says what became of it, so that one service never blanks what another answers. */
  async part<T>(context: Context, asking: Promise<T>): Promise<Answer<T>> {
    try {
      return { status: PartStatus.OK, message: null, reply: await asking };
    } catch (error) {
      context.composing.partial = true;
      if (error instanceof ServiceUnavailable) {
        const { message } = new Refusal('service.unavailable', { service: error.service }).toData();
        return { status: PartStatus.UNAVAILABLE, message, reply: null };
      }
      if (!(error instanceof Refusal)) throw error;
      const { message } = error.toData();
      switch (error.code) {
        case 'input.invalid':
          throw asGraphQLError(error);
        case 'internal':
        case 'reply.too-large':
          return { status: PartStatus.UNAVAILABLE, message, reply: null };
        case 'access.forbidden':
        case 'access.signed-out':
          return { status: PartStatus.FORBIDDEN, message, reply: null };
        default:
          return { status: PartStatus.OK, message, reply: null };
      }
    }
  }

  /** Notes a revision that a mutation made, for the reply's header. */
  made(context: Context, thing: Seen['thing'], revision: number): void {
    context.made.push({ thing, revision, at: this.clock.now().getTime() });
  }

  /** Notes a change that has no revision to wait for: its sender goes past kept answers for a moment. */
  changed(context: Context): void {
    context.made.push({ until: this.clock.now().getTime() + SETTLING_MS });
  }

  /** Remembers names that came with a reply. */
  remember(unit: KnownUnit): void {
    const known = this.#units.get(unit.code);
    this.#units.delete(unit.code);
    this.#units.set(unit.code, {
      ...known,
      ...unit,
      districtCode: unit.districtCode ?? known?.districtCode ?? null,
    });
    if (this.#units.size > REMEMBERED_UNITS) {
      const [oldest] = this.#units.keys();
      this.#units.delete(oldest!);
    }
  }

  /**
   * A puskesmas by code. While the directory is away the last known name stands in; what may be seen of the puskesmas
   * the other services decide in any case.
   * @returns null when it is unknown or not visible
   * @throws Refusal, ServiceUnavailable
   */
  async unitByCode(context: Context, code: string): Promise<KnownUnit | null> {
    try {
      const { unit } = await this.query(context, FindUnit, { unitId: null, code });
      if (unit?.kind !== 'puskesmas') return null;
      this.remember(unit);
      return unit;
    } catch (error) {
      const known = error instanceof ServiceUnavailable ? this.#units.get(code) : undefined;
      if (!known) throw error;
      context.composing.partial = true;
      return known;
    }
  }

  /** The same by id. @throws Refusal, ServiceUnavailable */
  async unitById(context: Context, unitId: string): Promise<KnownUnit | null> {
    const { unit } = await this.query(context, FindUnit, { unitId, code: null });
    if (unit?.kind !== 'puskesmas') return null;
    this.remember(unit);
    return unit;
  }

  /**
   * The puskesmas that a mutation names.
   * @throws Refusal `input.invalid` for what is no registration number, `not-found`; ServiceUnavailable
   */
  async puskesmas(context: Context, code: string): Promise<KnownUnit> {
    if (!/^\d{7}$/.test(code)) throw invalidInput('puskesmas', problem('format.unit-code'));
    const unit = await this.unitByCode(context, code);
    if (!unit) throw new Refusal('not-found', { what: `Puskesmas ${code}` }, 'puskesmas');
    return unit;
  }
}
