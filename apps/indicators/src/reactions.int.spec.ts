import { READERS } from '@lokmin/contracts';
import { auditSuite, aService, rosterSuite, witnessSuite, type TestService } from '@lokmin/testing';
import { indicators } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await aService(indicators);
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.indicatorsRoster, service: () => service });
witnessSuite({ reader: READERS.indicatorsWitness, service: () => service });
auditSuite(indicators, () => service);
