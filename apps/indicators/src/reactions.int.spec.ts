import { MeetingConcluded, READERS } from '@lokmin/contracts';
import {
  auditSuite,
  aFact,
  aService,
  id,
  MANGGAR,
  PEOPLE,
  reactionSuite,
  rosterSuite,
  witnessSuite,
  type TestService,
} from '@lokmin/testing';
import { indicators } from './service.ts';

let service: TestService;
beforeAll(async () => {
  service = await aService(indicators);
});
afterAll(() => service?.stop());

rosterSuite({ reader: READERS.indicatorsRoster, service: () => service });
witnessSuite({ reader: READERS.indicatorsWitness, service: () => service });
auditSuite(indicators, () => service);

const concluded = (meetingId: string, revision: number, month: string, dataPeriod: string) =>
  aFact(
    MeetingConcluded,
    {
      subject: meetingId,
      revision,
      actor: PEOPLE.headOfManggar,
      unitid: MANGGAR.unitId,
      districtcode: '19.06',
    },
    {
      meetingId,
      revision,
      unitId: MANGGAR.unitId,
      unitCode: MANGGAR.code,
      unitName: MANGGAR.name,
      districtCode: '19.06',
      month,
      dataPeriod,
      status: 'concluded',
      startsAt: `${month}-13T02:00:00Z`,
      durationMinutes: 120,
      place: 'Aula',
      concludedAt: `${month}-13T04:00:00Z`,
      missedAt: null,
      signedAt: null,
      agreed: [],
      carriedOver: [],
      present: 20,
      invited: 25,
    },
  );

reactionSuite({
  reader: READERS.indicatorsFollowMeeting,
  service: () => service,
  facts: [concluded(id(31), 3, '2024-01', '2023-12'), concluded(id(32), 3, '2024-02', '2024-01')],
  snapshot: (database) =>
    database.query('SELECT meeting_id AS id, month FROM concluded_meeting ORDER BY month'),
  outcome: [
    { id: id(31), month: '2024-01' },
    { id: id(32), month: '2024-02' },
  ],
});
