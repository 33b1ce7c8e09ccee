import { READERS } from '@lokmin/contracts';
import { aService, rosterSuite, type TestService } from '@lokmin/testing';
import { directory } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await aService(directory);
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.directoryRoster, service: () => service });
