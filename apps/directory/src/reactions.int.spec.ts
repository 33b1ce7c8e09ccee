import { READERS } from '@lokmin/contracts';
import { aService, rosterSuite, type TestService } from '@lokmin/testing';
import { directory } from './service.ts';

let service: TestService;
beforeAll(async () => {
  // Without its own keys: the suite empties the tables, upon which the clock would make new ones at any moment.
  service = await aService({ ...directory, prepare: undefined, tick: undefined });
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.directoryRoster, service: () => service });
