import { READERS } from '@lokmin/contracts';
import { aService, rosterSuite, type TestService } from '@lokmin/testing';
import { indicators } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await aService(indicators);
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.indicatorsRoster, service: () => service });
