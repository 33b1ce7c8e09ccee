import { OPERATING, type AskInput, type AskReply, type ServiceName } from '@lokmin/contracts';
import { Answers, refillStreams, replayDeadLetter } from '@lokmin/messaging';
import { Controller, Inject, type Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Roster } from './roster.ts';
import { missing, SERVICE, type ServiceState } from './state.ts';

type Asks = (typeof OPERATING)[ServiceName];

/** What an administrator may ask of every service: dead letters, refill, health. */
export function operatingApi(service: ServiceName): Type {
  const asks = OPERATING[service];

  @Controller()
  class OperatingApi {
    constructor(
      @Inject(SERVICE) private readonly state: ServiceState,
      @Inject(DataSource) private readonly database: DataSource,
      @Inject(Roster) private readonly roster: Roster,
    ) {}

    @Answers(asks.ListDeadLetters)
    async listDeadLetters({
      first,
      after,
    }: AskInput<Asks['ListDeadLetters']>): Promise<AskReply<Asks['ListDeadLetters']>> {
      await this.roster.demandOperator();
      const rows = await this.database.query(
        `SELECT id::text, durable, fact_id AS "factId", subject, attempts, reason, at, replayed_at AS "replayedAt"
         FROM dead_letter WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
        [after, first + 1],
      );
      const [{ count }] = await this.database.query('SELECT count(*)::int FROM dead_letter');
      const items = rows.slice(0, first);
      return { items, next: rows.length > first ? items.at(-1).id : null, totalCount: count };
    }

    @Answers(asks.ReplayDeadLetter)
    async replayDeadLetter({
      id,
    }: AskInput<Asks['ReplayDeadLetter']>): Promise<AskReply<Asks['ReplayDeadLetter']>> {
      await this.roster.demandOperator();
      return { succeeded: await replayDeadLetter(this.state.context, this.state.reactions, id) };
    }

    @Answers(asks.Refill)
    async refill(): Promise<AskReply<Asks['Refill']>> {
      await this.roster.demandOperator();
      return { facts: await refillStreams(this.database) };
    }

    @Answers(asks.Health)
    async health(): Promise<AskReply<Asks['Health']>> {
      await this.roster.demandOperator();
      const lacks = await missing(this.state, this.roster);
      const [counts] = await this.database.query(
        `SELECT (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS unpublished,
                (SELECT count(*)::int FROM dead_letter WHERE replayed_at IS NULL) AS "deadLetters"`,
      );
      return { ready: lacks.length === 0, missing: lacks, ...counts };
    }
  }
  return OperatingApi;
}
