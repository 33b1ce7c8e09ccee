/** The synthetic district of the fault test: who works there, what was counted, and what follows from it. */
import { DEFAULT_RULES, type IndicatorDefinition } from '@lokmin/evaluation';

export const DISTRICT = {
  code: '99.01',
  name: 'Kabupaten Uji Gangguan (sintetis)',
  province: 'Provinsi Uji (sintetis)',
};
export const YEAR = 2025;
/** A Monday morning; where everybody is awake, mails go out at once. */
export const BEGIN = `${YEAR}-07-14T09:00:00+07:00`;
/** Start of every meeting, later on the day of the work; a meeting opens on its day. */
export const MEETING_START = `${YEAR}-07-14T20:00:00+07:00`;
/** Due day of every action, after the end of the work. */
export const DUE_DATE = `${YEAR}-08-14`;
export const ADMINISTRATOR = 'admin-uji';
/** Returns evaluations; the second officer only hears of them. */
export const OFFICERS = ['dinas-1', 'dinas-2'] as const;

/** One puskesmas by its place in the district, from 0. */
export interface Puskesmas {
  readonly at: number;
  readonly code: string;
  readonly head: string;
  /** Head of administration: told of everything. */
  readonly ktu: string;
  /** Holder of a programme that the bundle judges: told of everything. */
  readonly holder: string;
  /** Holder of a programme that the bundle does not judge: told of returns only. */
  readonly outsider: string;
  /** Told of nothing. */
  readonly staff: string;
}

export const puskesmas = (at: number): Puskesmas => {
  const code = `9901${String(at + 1).padStart(3, '0')}`;
  return {
    at,
    code,
    head: `kepala-${code}`,
    ktu: `ktu-${code}`,
    holder: `kia-${code}`,
    outsider: `gigi-${code}`,
    staff: `pelaksana-${code}`,
  };
};

/** Months from January. */
export const periodOf = (month: number): string => `${YEAR}-${String(month).padStart(2, '0')}`;

const indicator = (number: number): IndicatorDefinition => {
  const code = `UJI-${String(number).padStart(2, '0')}`;
  return {
    code,
    nameId: `Indikator uji ${number} (sintetis)`,
    nameEn: `Test indicator ${number} (synthetic)`,
    program: number % 2 === 0 ? 'Gizi' : 'KIA',
    cluster: 'Uji',
    unit: 'percent',
    direction: 'higher',
    accumulation: 'monthly',
    activeMonths: null,
    multiplier: '100',
    numeratorElement: `${code}.num`,
    denominatorElement: `${code}.den`,
    annualTarget: '80',
    numeratorDefinition: 'sintetis',
    denominatorDefinition: 'sintetis',
    source: 'sintetis',
  };
};
export const INDICATORS = Array.from({ length: 10 }, (_, i) => indicator(i + 1));
export const CODES = INDICATORS.map(({ code }) => code);
/** Red in every month of the units whose action is made ready, and never corrected. */
export const LASTING = CODES[0]!;

export const bundle = {
  districtCode: DISTRICT.code,
  year: YEAR,
  name: `Paket indikator ${YEAR} (sintetis)`,
  rules: DEFAULT_RULES,
  indicators: INDICATORS,
};

/** Every fifth puskesmas makes an action ready. */
export const readiesAnAction = ({ at }: Puskesmas): boolean => at % 5 === 0;
/** About every eighth evaluation is returned, corrected and submitted again. */
export const isReturned = ({ at }: Puskesmas, month: number): boolean => (at * 3 + month) % 8 === 0;
/** The same hold a meeting about every month, in the month after it. */
export const holdsMeetings = readiesAnAction;
/** Every tenth moves its first meeting; as many schedule one more and call it off. */
export const movesAMeeting = ({ at }: Puskesmas): boolean => at % 10 === 0;
export const callsAMeetingOff = ({ at }: Puskesmas): boolean => at % 10 === 5;
/** Who has an e-mail address: the officers, and where meetings are held everybody but the staff. */
export const withAddress = (units: readonly Puskesmas[]): Set<string> =>
  new Set([
    ...OFFICERS,
    ...units
      .filter(holdsMeetings)
      .flatMap(({ head, ktu, holder, outsider }) => [head, ktu, holder, outsider]),
  ]);
/** The directory changes the telephone numbers of a puskesmas' people meanwhile. */
export const getsNewNumbers = ({ at }: Puskesmas): boolean => at % 10 === 3;

/** Numerator of 100, first as entered: 50 is kurang, 68 cukup, 90 baik. */
export function entered(unit: Puskesmas, month: number, code: string): number {
  const i = CODES.indexOf(code);
  if (code === LASTING && readiesAnAction(unit)) return 50;
  const mark = (unit.at * 7 + month * 3 + i * 5) % 11;
  if (mark < 2) return 50;
  return mark < 4 ? 68 : 90;
}

/** What a returned evaluation has other than before: its first red indicator is mended, and another one turns red. */
export function corrections(unit: Puskesmas, month: number): Map<string, number> {
  const open = CODES.filter((code) => code !== LASTING);
  const red = open.find((code) => entered(unit, month, code) === 50);
  const good = open.find((code) => entered(unit, month, code) === 90)!;
  return new Map([...(red ? [[red, 90] as const] : []), [good, 50]]);
}

/** Codes of the indicators judged kurang, in order. */
export function redOf(unit: Puskesmas, month: number, corrected: boolean): string[] {
  const changed = corrected ? corrections(unit, month) : new Map<string, number>();
  return CODES.filter((code) => (changed.get(code) ?? entered(unit, month, code)) === 50);
}

const csv = (rows: readonly (readonly (string | number)[])[]) => rows.map((row) => row.join(',')).join('\n');

export function unitsCsv(units: readonly Puskesmas[]): string {
  const place = [DISTRICT.code, DISTRICT.name, DISTRICT.province, 'WIB'];
  return csv([
    'district_code,district_name,province,time_zone,kind,code,name,kecamatan_code,kecamatan_name,valid_from'.split(
      ',',
    ),
    [...place, 'district_office', DISTRICT.code, `Dinas Kesehatan ${DISTRICT.name}`, '', '', `${YEAR}-01-01`],
    ...units.map(({ at, code }) => [
      ...place,
      'puskesmas',
      code,
      `Puskesmas Uji ${at + 1} (sintetis)`,
      `${DISTRICT.code}.${String((at % 99) + 1).padStart(2, '0')}`,
      `Kecamatan ${at + 1}`,
      `${YEAR}-01-01`,
    ]),
  ]);
}

const PEOPLE_HEADER = 'login,name,email,phone,unit_code,role,program,title,valid_from,valid_to'.split(',');
const person = (login: string, unit: string, role: string, email: boolean, program = '', phone = '') => [
  login,
  `${login} (sintetis)`,
  email ? `${login}@uji.example` : '',
  phone,
  unit,
  role,
  program,
  role,
  `${YEAR}-01-01`,
  '',
];

/** Those who sign in. */
export const signingInCsv = (units: readonly Puskesmas[]): string =>
  csv([
    PEOPLE_HEADER,
    ...OFFICERS.map((login) => person(login, DISTRICT.code, 'petugas_dinas', true)),
    ...units.map((unit) => person(unit.head, unit.code, 'kepala_puskesmas', holdsMeetings(unit))),
    // The attendance is theirs: nobody signs minutes that they took alone.
    ...units.filter(holdsMeetings).map(({ ktu, code }) => person(ktu, code, 'ktu', true)),
  ]);

/** Everybody else, and once more the heads of administration. @param phone telephone number by login; none where it gives an empty text */
export const othersCsv = (units: readonly Puskesmas[], phone: (login: string) => string = () => ''): string =>
  csv([
    PEOPLE_HEADER,
    ...units.flatMap((unit) => {
      const { code, ktu, holder, outsider, staff } = unit;
      const email = holdsMeetings(unit);
      return [
        person(ktu, code, 'ktu', email, '', phone(ktu)),
        person(holder, code, 'pemegang_program', email, 'KIA', phone(holder)),
        person(outsider, code, 'pemegang_program', email, 'Gigi', phone(outsider)),
        person(staff, code, 'pelaksana', false, '', phone(staff)),
      ];
    }),
  ]);

export const newNumber = (login: string): string => `0812${login.replace(/\D/g, '').padStart(8, '0')}`;

export const valuesCsv = (units: readonly Puskesmas[], months: number): string =>
  csv([
    ['puskesmas_reg_code', 'indicator_code', 'period', 'covers', 'numerator', 'denominator'],
    ...units.flatMap((unit) =>
      Array.from({ length: months }, (_, m) =>
        CODES.map((code) => [unit.code, code, periodOf(m + 1), 'month', entered(unit, m + 1, code), 100]),
      ).flat(),
    ),
  ]);
