import { OPERATING, type AskInput, type AskReply, type ServiceName } from '@lokmin/contracts';
import { Answers, refillStreams, replayDeadLetter } from '@lokmin/messaging';
import { Controller, Inject, type Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { notACursor } from './paging.ts';
import { Roster } from './roster.ts';
import { missing, SERVICE, type ServiceState } from './state.ts';

type Asks = (typeof OPERATING)[ServiceName];

const OF_DISTRICTS = '(district_code IS NULL OR district_code = ANY ($1))';

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
      waiting,
    }: AskInput<Asks['ListDeadLetters']>): Promise<AskReply<Asks['ListDeadLetters']>> {
      const districts = await this.roster.demandOperator();
      if (after !== null && !/^\d{1,18}$/.test(after)) throw notACursor();
      const which = `FROM dead_letter WHERE ${OF_DISTRICTS} ${waiting ? 'AND replayed_at IS NULL' : ''}`;
      const rows = await this.database.query(
        `SELECT id::text, durable, fact_id AS "factId", district_code AS "districtCode", subject, attempts, reason, at,
           replayed_at AS "replayedAt"
         ${which} AND ($2::bigint IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
        [districts, after, first + 1],
      );
      const [{ count }] = await this.database.query(`SELECT count(*)::int ${which}`, [districts]);
      const items = rows.slice(0, first);
      return { items, next: rows.length > first ? items.at(-1).id : null, totalCount: count };
    }

    @Answers(asks.ReplayDeadLetter)
    async replayDeadLetter(
      input: AskInput<Asks['ReplayDeadLetter']>,
    ): Promise<AskReply<Asks['ReplayDeadLetter']>> {
      const districts = await this.roster.demandOperator();
      const { context, reactions } = this.state;
      const operation = asks.ReplayDeadLetter.subject;
      return { succeeded: await replayDeadLetter(context, reactions, operation, input, districts) };
    }

    @Answers(asks.Refill)
    async refill(): Promise<AskReply<Asks['Refill']>> {
      await this.roster.demandOperator();
      return { facts: await refillStreams(this.database) };
    }

    @Answers(asks.Health)
    async health(): Promise<AskReply<Asks['Health']>> {
      const districts = await this.roster.demandOperator();
      const lacks = await missing(this.state, this.roster);
      const [counts] = await this.database.query(
        `SELECT (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS unpublished,
                (SELECT count(*)::int FROM dead_letter WHERE replayed_at IS NULL AND ${OF_DISTRICTS}) AS "deadLetters"`,
        [districts],
      );
      return { ready: lacks.length === 0, missing: lacks, ...counts };
    }
  }
  return OperatingApi;
}
