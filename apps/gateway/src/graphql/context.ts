import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/tokens.ts';
import type { Seen, SeenUntil } from '../kept/seen.ts';
import type { Language } from './text.ts';

/** What an answer is made of, noted while it is composed: it decides whether the answer may be kept. */
export interface Composing {
  /** Taken before anything was asked. */
  readonly mark: number;
  readonly districts: Set<string>;
  /** A part is not OK, something stands in for it, or it changes unannounced: the answer is not kept. */
  partial: boolean;
  /** Milliseconds since 1970. */
  validUntil: number;
  /** Set at the end by the server: a query of nothing personal, without errors. */
  whole: boolean;
}

/** One request, as resolvers see it. */
export interface Context {
  /** Null: signed out. */
  caller: Caller | null;
  /** A token was given and does not hold. */
  readonly badToken: boolean;
  readonly language: Language;
  readonly request: FastifyRequest;
  /** Absent for subscriptions, which answer by their stream. */
  readonly reply: FastifyReply | null;
  readonly composing: Composing;
  /** Revisions that mutations of this request made. */
  readonly made: (Seen | SeenUntil)[];
  /** What this request has asked already, by question. */
  readonly asked: Map<string, Promise<unknown>>;
}

export const newComposing = (mark: number, validUntil: number): Composing => ({
  mark,
  districts: new Set(),
  partial: false,
  validUntil,
  whole: false,
});
