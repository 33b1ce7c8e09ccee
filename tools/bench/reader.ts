/** A process with the smallest effect there is: one row for each fact. It is what messaging itself costs. */
import { READERS } from '@lokmin/contracts';
import { connectBus, Consumer, react, registerReaders, type Bus } from '@lokmin/messaging';
import { createDatabase } from '@lokmin/service';
import type { DataSource } from 'typeorm';
import type { Place } from './announcer.ts';
import { quiet } from './district.ts';
import { serve } from './worker.ts';

/** Its facts are small, and the service that it belongs to is real. */
export const READER = READERS.notificationsTellOfAction;

let bus: Bus | undefined;
let database: DataSource | undefined;
let consumer: Consumer | undefined;

const work = {
  async open(place: Place): Promise<void> {
    bus = await connectBus({ ...place.nats, log: quiet });
    database = createDatabase('bench', place.databaseUrl, 8, { entities: [], migrations: [] });
    await database.initialize();
    await database.query('CREATE TABLE IF NOT EXISTS bench_effect (fact_id uuid PRIMARY KEY)');
    await registerReaders(database, [READER], new Date(0));
    const reaction = react(READER, async (fact, tx) => {
      await tx.query('INSERT INTO bench_effect (fact_id) VALUES ($1)', [fact.id]);
    });
    consumer = new Consumer(bus, { database, now: () => new Date(), log: quiet }, reaction);
    consumer.start();
  },
};
export type Reader = typeof work;

serve(work, async () => {
  await consumer?.stop();
  await bus?.close();
  await database?.destroy();
});
