import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { clockFromEnvironment } from './clock.ts';
import {
  addMonths,
  dayEnds,
  formatDate,
  formatDecimal,
  formatInstant,
  formatPeriod,
  formatWeekday,
  isPeriod,
  isZone,
  instantAt,
  localDate,
  localTime,
  monthEnds,
  monthOf,
  monthsThrough,
  parsePeriod,
  systemClock,
  yearOf,
  ZONES,
} from './index.ts';

describe('a period', () => {
  it.each(['2024-12', '2024-01', '0001-10'])('%s is one', (text) => {
    expect(isPeriod(text)).toBe(true);
    expect(parsePeriod(text)).toBe(text);
  });

  it.each(['2024-13', '2024-00', '2024-1', '24-12', '2024-12-01', ' 2024-12', '2024-12\n', ''])(
    '%j is none',
    (text) => {
      expect(isPeriod(text)).toBe(false);
      expect(() => parsePeriod(text)).toThrow(RangeError);
    },
  );

  it('knows its year and month', () => {
    expect([yearOf(parsePeriod('2024-09')), monthOf(parsePeriod('2024-09'))]).toEqual([2024, 9]);
  });

  it.each([
    ['2024-12', 1, '2025-01'],
    ['2025-01', -1, '2024-12'],
    ['2024-06', 0, '2024-06'],
    ['2024-02', -14, '2022-12'],
    ['2024-11', 25, '2026-12'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(parsePeriod(from), months)).toBe(to);
  });

  it('lists the months of its year up to itself', () => {
    expect(monthsThrough(parsePeriod('2024-03'))).toEqual(['2024-01', '2024-02', '2024-03']);
    expect(monthsThrough(parsePeriod('2024-12'))).toHaveLength(12);
  });
});

describe('the three zones', () => {
  const newYearInWit = new Date('2024-12-31T15:00:00Z'); // 22.00 WIB, 23.00 WITA, 00.00 WIT

  it('have their labels', () => {
    expect(Object.entries(ZONES).map(([zone, { label }]) => [zone, label])).toEqual([
      ['Asia/Jakarta', 'WIB'],
      ['Asia/Makassar', 'WITA'],
      ['Asia/Jayapura', 'WIT'],
    ]);
    expect([isZone('Asia/Jakarta'), isZone('Europe/Paris'), isZone('toString')]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('show different days at one instant', () => {
    expect(localDate(newYearInWit, 'Asia/Jakarta')).toBe('2024-12-31');
    expect(localDate(newYearInWit, 'Asia/Makassar')).toBe('2024-12-31');
    expect(localDate(newYearInWit, 'Asia/Jayapura')).toBe('2025-01-01');
  });

  it.each([
    ['Asia/Jakarta', '2024-12-31T17:00:00.000Z'],
    ['Asia/Makassar', '2024-12-31T16:00:00.000Z'],
    ['Asia/Jayapura', '2024-12-31T15:00:00.000Z'],
  ] as const)('end a day at their own midnight: %s', (zone, midnight) => {
    expect(dayEnds('2024-12-31', zone).toISOString()).toBe(midnight);
  });

  it.each([
    ['Asia/Jakarta', '2025-01-10T09:30:00+07:00'],
    ['Asia/Makassar', '2025-01-10T09:30:00+08:00'],
    ['Asia/Jayapura', '2025-01-10T09:30:00+09:00'],
  ] as const)('know at which instant their clocks show a time: %s', (zone, instant) => {
    expect(instantAt('2025-01-10', '09:30', zone)).toBe(instant);
    expect([localDate(new Date(instant), zone), localTime(new Date(instant), zone)]).toEqual([
      '2025-01-10',
      '09:30',
    ]);
    expect(() => instantAt('2025-01-10', '24:00', zone)).toThrow(RangeError);
    expect(() => instantAt('2025-01-10', '9.30', zone)).toThrow(RangeError);
  });

  it('end a month at their own midnight', () => {
    expect(monthEnds(parsePeriod('2024-12'), 'Asia/Jakarta').toISOString()).toBe('2024-12-31T17:00:00.000Z');
    expect(monthEnds(parsePeriod('2024-02'), 'Asia/Jayapura').toISOString()).toBe('2024-02-29T15:00:00.000Z');
  });

  it('know the leap day, and refuse a day that does not exist', () => {
    expect(dayEnds('2024-02-29', 'Asia/Jakarta').toISOString()).toBe('2024-02-29T17:00:00.000Z');
    expect(() => dayEnds('2023-02-29', 'Asia/Jakarta')).toThrow(RangeError);
    expect(() => dayEnds('2024-12-31T00:00', 'Asia/Jakarta')).toThrow(RangeError);
  });
});

describe('formatting', () => {
  it('writes periods, dates and instants in Indonesian first', () => {
    expect(formatPeriod(parsePeriod('2024-12'))).toBe('Desember 2024');
    expect(formatPeriod(parsePeriod('2024-12'), 'en')).toBe('December 2024');
    expect(formatDate('2024-08-05')).toBe('5 Agustus 2024');
    expect([formatWeekday('2024-08-05'), formatWeekday('2024-08-11', 'en')]).toEqual(['Senin', 'Sunday']);
    const instant = new Date('2024-12-31T15:05:00Z');
    expect(formatInstant(instant, 'Asia/Jayapura')).toBe('1 Januari 2025 00.05 WIT');
    expect(formatInstant(instant, 'Asia/Jakarta', 'en')).toBe('31 December 2024 22:05 WIB');
  });

  it.each([
    ['1234.56', '1.234,56', '1,234.56'],
    ['-1234567.50', '-1.234.567,50', '-1,234,567.50'],
    ['0', '0', '0'],
    ['999', '999', '999'],
    ['1000', '1.000', '1,000'],
    ['0.1234567', '0,1234567', '0.1234567'],
    [
      '123456789012345678901234567890.01',
      '123.456.789.012.345.678.901.234.567.890,01',
      '123,456,789,012,345,678,901,234,567,890.01',
    ],
  ])('writes %s as %s, in English as %s', (decimal, indonesian, english) => {
    expect(formatDecimal(decimal)).toBe(indonesian);
    expect(formatDecimal(decimal, 'en')).toBe(english);
  });

  it.each(['', '1,5', '1e3', 'NaN', '.5', '5.'])('refuses %j as a decimal', (text) => {
    expect(() => formatDecimal(text)).toThrow(RangeError);
  });
});

describe('the clock of a process', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lokmin-clock-'));
    file = join(folder, 'now');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is the machine’s without a test clock', () => {
    expect(clockFromEnvironment({})).toBe(systemClock);
    expect(clockFromEnvironment({ NODE_ENV: 'production' })).toBe(systemClock);
    const before = Date.now();
    const now = systemClock.now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('follows the file, and keeps the old time while the file is being rewritten', () => {
    writeFileSync(file, '2025-01-10T08:00:00+07:00\n');
    const clock = clockFromEnvironment({ LOKMIN_TEST_CLOCK_FILE: file });
    expect(clock.now().toISOString()).toBe('2025-01-10T01:00:00.000Z');
    writeFileSync(file, '2025-02-10T01:00:00.000Z');
    expect(clock.now().toISOString()).toBe('2025-02-10T01:00:00.000Z');
    writeFileSync(file, '');
    expect(clock.now().toISOString()).toBe('2025-02-10T01:00:00.000Z');
  });

  it('is refused in production', () => {
    writeFileSync(file, '2025-01-10T08:00:00Z');
    const env = { LOKMIN_TEST_CLOCK_FILE: file, NODE_ENV: 'production' };
    expect(() => clockFromEnvironment(env)).toThrow('refused when NODE_ENV=production');
  });

  it.each(['', 'tomorrow', '2025-01-10', '2025-01-10T08:00:00', '2025-13-10T08:00:00Z'])(
    'does not start from %j',
    (text) => {
      writeFileSync(file, text);
      expect(() => clockFromEnvironment({ LOKMIN_TEST_CLOCK_FILE: file })).toThrow('no ISO 8601 instant');
    },
  );

  it('does not start without its file', () => {
    expect(() => clockFromEnvironment({ LOKMIN_TEST_CLOCK_FILE: file })).toThrow('ENOENT');
  });
});
