export * from './period.ts';
export {
  ZONES,
  dayEnds,
  instantAt,
  instantIn,
  isZone,
  localDate,
  localTime,
  monthEnds,
  type Zone,
} from './zone.ts';
export * from './format.ts';

/** Where a process gets the present instant from. Rules receive the instant itself, never the clock. */
export interface Clock {
  now(): Date;
}

/** The clock of the machine. */
export const systemClock: Clock = { now: () => new Date() };
