import type { Zone } from '@lokmin/calendar';
import { Refusal } from '@lokmin/contracts';
import {
  checkDays,
  checkExtension,
  closedWindow,
  closesAt,
  isOpen,
  lastDay,
  windowOfEntry,
  type Extension,
} from './window.rules.ts';

const DAYS = { entryDay: 5, verificationDay: 10 };
const MANGGAR = 'manggar';
const closing = (
  zone: Zone,
  {
    period = '2024-12',
    kind = 'entry' as 'entry' | 'verification',
    extensions = [] as Extension[],
    unit = MANGGAR,
  } = {},
) => closesAt(kind, period, DAYS, extensions, unit, zone);

describe('the closing of a window', () => {
  // The 5th of January ends at another instant in each zone.
  it.each<[Zone, string]>([
    ['Asia/Jakarta', '2025-01-05T17:00:00.000Z'],
    ['Asia/Makassar', '2025-01-05T16:00:00.000Z'],
    ['Asia/Jayapura', '2025-01-05T15:00:00.000Z'],
  ])('in %s is midnight there: open at the last millisecond before, closed at it', (zone, instant) => {
    const closes = closing(zone)!;
    expect(closes.toISOString()).toBe(instant);
    expect(isOpen(closes, new Date(closes.getTime() - 1))).toBe(true);
    expect(isOpen(closes, new Date(closes.getTime() - 1000))).toBe(true);
    expect(isOpen(closes, closes)).toBe(false);
    expect(isOpen(closes, new Date(closes.getTime() + 1))).toBe(false);
  });

  it.each([
    ['2024-12', 5, '2025-01-05'], // over the year's end
    ['2024-01', 28, '2024-02-28'], // a leap year, whose February has one day more
    ['2023-01', 28, '2023-02-28'],
    ['2024-11', 1, '2024-12-01'],
  ])('of %s on day %i is the end of %s', (period, day, last) => {
    expect(lastDay(period, day)).toBe(last);
  });

  it('of the 28th of February is that day also where a 29th follows', () => {
    const days = { entryDay: 28, verificationDay: null };
    expect(closesAt('entry', '2024-01', days, [], null, 'Asia/Jakarta')!.toISOString()).toBe(
      '2024-02-28T17:00:00.000Z',
    );
    expect(closesAt('entry', '2023-01', days, [], null, 'Asia/Jakarta')!.toISOString()).toBe(
      '2023-02-28T17:00:00.000Z',
    );
  });

  it('is none where nothing was set', () => {
    expect(closesAt('entry', '2024-12', null, [], MANGGAR, 'Asia/Jakarta')).toBeNull();
    expect(
      closesAt('verification', '2024-12', { ...DAYS, verificationDay: null }, [], MANGGAR, 'Asia/Jakarta'),
    ).toBeNull();
    expect(isOpen(null, new Date())).toBe(true);
  });

  it('moves with an extension, for the unit it names or for all; the latest holds', () => {
    const until = (day: string, unitId: string | null, kind: 'entry' | 'verification' = 'entry') => ({
      kind,
      unitId,
      until: day,
    });
    const at = (extensions: Extension[], unit = MANGGAR) =>
      closing('Asia/Makassar', { extensions, unit })!.toISOString().slice(0, 10);
    expect(at([until('2025-01-08', MANGGAR)])).toBe('2025-01-08');
    expect(at([until('2025-01-08', MANGGAR)], 'gantung')).toBe('2025-01-05');
    expect(at([until('2025-01-08', MANGGAR), until('2025-01-07', null)], 'gantung')).toBe('2025-01-07');
    expect(at([until('2025-01-08', MANGGAR), until('2025-01-07', null)])).toBe('2025-01-08');
    expect(at([until('2025-01-09', null, 'verification')])).toBe('2025-01-05');
    expect(at([until('2025-01-01', null)])).toBe('2025-01-05');
  });
});

describe('what is told of a closed window', () => {
  it.each<[Zone, string]>([
    ['Asia/Jakarta', '6 Januari 2025 00.00 WIB'],
    ['Asia/Makassar', '6 Januari 2025 00.00 WITA'],
    ['Asia/Jayapura', '6 Januari 2025 00.00 WIT'],
  ])('names the instant with the zone: %s', (zone, at) => {
    const { code, message } = closedWindow('entry', '2024-12', closing(zone)!, zone).toData();
    expect(code).toBe('window.entry-closed');
    expect(message.id).toContain(at);
  });
});

describe('what counts for whom', () => {
  it('lets what is returned be mended as long as the district verifies', () => {
    expect((['draft', 'submitted', 'returned', 'verified'] as const).map(windowOfEntry)).toEqual([
      'entry',
      'entry',
      'verification',
      'entry',
    ]);
  });

  const codeOf = (work: () => void) => {
    try {
      work();
      return null;
    } catch (error) {
      return error instanceof Refusal ? error.code : error;
    }
  };
  it('refuses windows in the wrong order and extensions of nothing', () => {
    expect(codeOf(() => checkDays({ entryDay: 10, verificationDay: 5 }))).toBe('window.order');
    for (const days of [DAYS, { entryDay: 5, verificationDay: 5 }, { entryDay: 5, verificationDay: null }])
      expect(codeOf(() => checkDays(days))).toBeNull();
    expect(codeOf(() => checkExtension('2024-12', null, 'entry', '2025-01-09'))).toBe('window.missing');
    expect(
      codeOf(() => checkExtension('2024-12', { entryDay: null, verificationDay: 9 }, 'entry', '2025-01-09')),
    ).toBe('window.missing');
    expect(codeOf(() => checkExtension('2024-12', DAYS, 'entry', '2025-01-05'))).toBe('window.not-later');
    expect(codeOf(() => checkExtension('2024-12', DAYS, 'entry', '2025-01-06'))).toBeNull();
  });
});
