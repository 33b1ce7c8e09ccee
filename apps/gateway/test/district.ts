import {
  DistrictActions,
  DistrictIndicators,
  DistrictMeetings,
  DistrictNotifications,
  FindUnit,
  Viewer,
  type AskReply,
} from '@lokmin/contracts';
import type { Peers } from './peers.ts';

export const OFFICER = '01890000-0000-7000-8000-000000000001';
export const HEAD = '01890000-0000-7000-8000-000000000002';
export const OFFICE = '01890000-0000-7000-8000-0000000000d0';
export const MANGGAR = '01890000-0000-7000-8000-0000000000a1';
export const KELAPA = '01890000-0000-7000-8000-0000000000a2';
export const DISTRICT = '19.06';

const UNITS = [
  { unitId: MANGGAR, unitCode: '1012406', unitName: 'Manggar' },
  { unitId: KELAPA, unitCode: '1012407', unitName: 'Kelapa Kampit' },
];

export const anEvaluation = {
  evaluationId: '01890000-0000-7000-8000-0000000000e1',
  revision: 1,
  status: 'submitted' as const,
  submittedBy: HEAD,
  submittedByName: 'Kepala Puskesmas Manggar',
  submittedAt: '2025-01-06T02:00:00.000Z',
  returnedReason: null,
  returnedAt: null,
};

export const districtIndicators = (): AskReply<typeof DistrictIndicators> => ({
  asOf: '2025-01-10T01:00:00.000Z',
  districtCode: DISTRICT,
  districtName: 'Kabupaten Belitung Timur',
  period: '2024-12',
  bundle: {
    bundleId: '01890000-0000-7000-8000-0000000000b1',
    year: 2024,
    name: 'Indikator 2024',
    indicators: 55,
  },
  units: UNITS.map((unit, i) => ({
    ...unit,
    revision: 1,
    evaluation: i === 0 ? anEvaluation : null,
    tally: { baik: 30, cukup: 5, kurang: 10 + i, tanpa_target: 6, tanpa_data: 4 },
    warnings: i,
    worst: [],
  })),
});
export const districtActions = (): AskReply<typeof DistrictActions> => ({
  asOf: '2025-01-10T01:00:01.000Z',
  validUntil: null,
  units: [{ ...UNITS[0]!, proposed: 3, open: 2, overdue: 1, completed: 0, needsCompletion: 0 }],
});

export const aMeeting: NonNullable<AskReply<typeof DistrictMeetings>['units'][number]['meeting']> = {
  meetingId: '01890000-0000-7000-8000-0000000000f1',
  revision: 5,
  ...UNITS[0]!,
  districtCode: DISTRICT,
  month: '2025-01',
  dataPeriod: '2024-12',
  status: 'concluded',
  startsAt: '2025-01-13T02:00:00.000Z',
  durationMinutes: 120,
  place: 'Aula',
  openedAt: '2025-01-13T02:05:00.000Z',
  concludedAt: '2025-01-13T04:00:00.000Z',
  missedAt: null,
  signedAt: null,
  scheduledByName: 'Kasubag TU Manggar',
  cancelledReason: null,
  signedByName: null,
  invited: 25,
  present: 20,
};
export const districtMeetings = (): AskReply<typeof DistrictMeetings> => ({
  asOf: '2025-01-10T01:00:02.000Z',
  units: UNITS.map((unit, i) => ({ ...unit, meeting: i === 0 ? aMeeting : null })),
});
export const districtNotifications = (): AskReply<typeof DistrictNotifications> => ({
  asOf: '2025-01-10T01:00:03.000Z',
  units: UNITS.map((unit, i) => ({ ...unit, unreachable: i, personIds: i === 0 ? [] : [HEAD] })),
});

export const OVERVIEW = `query Overview($code: String!, $period: YearMonth!) {
  district(code: $code) { id code overview(period: $period) {
    indicators { status asOf message { id en } bundle { indicatorCount } submitted expected tally { baik kurang tanpaTarget } }
    actions { status asOf message { id en } proposed open overdue needsCompletion }
    notifications { status asOf message { id en } unreachable }
    meetings { status asOf message { id en } held signed missed expected }
    rows { puskesmas { id code name } evaluation { id revision status } tally { kurang } warnings proposedActions openActions overdueActions unreachable meeting { id status present } }
  } }
}`;
export const overview = (code = DISTRICT) => ({ query: OVERVIEW, variables: { code, period: '2024-12' } });

/** The peers answer as for a district of two puskesmas, an officer of the district and the head of one puskesmas. */
export function answerForDistrict(peers: Peers): void {
  peers.answer(DistrictIndicators, districtIndicators);
  peers.answer(DistrictActions, districtActions);
  peers.answer(DistrictMeetings, districtMeetings);
  peers.answer(DistrictNotifications, districtNotifications);
  peers.answer(Viewer, (_input, { token }) => {
    const isOfficer = personOf(token!) === OFFICER;
    return {
      personId: personOf(token!),
      name: isOfficer ? 'Petugas Dinas' : 'Kepala Puskesmas Manggar',
      email: null,
      phone: null,
      active: true,
      posts: [
        {
          postId: '01890000-0000-7000-8000-0000000000c1',
          personId: personOf(token!),
          unitId: isOfficer ? OFFICE : MANGGAR,
          districtCode: DISTRICT,
          role: isOfficer ? ('petugas_dinas' as const) : ('kepala_puskesmas' as const),
          program: null,
          title: isOfficer ? 'Petugas Dinas' : 'Kepala Puskesmas',
          validFrom: '2024-01-01',
          validTo: null,
          coachingGroup: null,
          unitCode: isOfficer ? DISTRICT : '1012406',
          unitName: isOfficer ? 'Dinas Kesehatan' : 'Manggar',
        },
      ],
    };
  });
  peers.answer(FindUnit, ({ code, unitId }) => {
    const unit = UNITS.find((known) => known.unitCode === code || known.unitId === unitId);
    return {
      unit: unit
        ? {
            unitId: unit.unitId,
            kind: 'puskesmas' as const,
            districtCode: DISTRICT,
            code: unit.unitCode,
            name: unit.unitName,
            kecamatanCode: null,
            kecamatanName: null,
            timeZone: 'Asia/Jakarta' as const,
            validFrom: '2000-01-01',
            validTo: null,
            revision: 1,
          }
        : null,
    };
  });
}

const personOf = (token: string): string =>
  (JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: string }).sub;
