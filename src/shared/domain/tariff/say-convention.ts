/** A convention of rounding and reading in the words of a clerk: each continues “the operator …”. */
import type { Convention } from './find-convention.ts';
import type { Readings } from './price-session/readings.ts';
import type { RoundingConvention } from './price.ts';

const MODES: Readonly<Record<RoundingConvention['mode'], string>> = {
  'half-up': 'half up',
  'half-even': 'half to even',
  'half-down': 'half down',
  up: 'always up',
  down: 'always down',
};

const STAGES: Readonly<Record<RoundingConvention['stage'], string>> = {
  line: 'each line',
  dimension: 'the total of each dimension',
  total: 'only the total',
};

/** What the house itself does has no words: there is nothing to tell. */
const READINGS: { readonly [Point in keyof Readings]: Readonly<Partial<Record<Readings[Point], string>>> } = {
  boundary: { cut: 'cuts a period where a restriction begins or ends within it' },
  step: {
    'each-kind': 'rounds charging time and parking time up to the step each for itself',
    'each-period': 'rounds every period up to the step for itself',
    never: 'applies no step size',
  },
  stepBase: { priced: 'counts towards a step only what has a price' },
  clock: {
    'before-change': 'prices the hour that the end of summer time repeats by the clock before the change',
    'after-change': 'prices the hour that the end of summer time repeats by the clock after the change',
    utc: 'judges times and days by UTC instead of the location’s clock',
  },
  time: {
    volumes: 'bills the hours as stated even where the instants tell them more exactly',
    instants: 'bills the time between the instants instead of the stated hours',
  },
  missingTime: { free: 'bills no time where no period states any' },
  unknownFact: { holds: 'takes a limit of current or power to hold where the record states neither' },
  unusedReservation: { cancelled: 'prices the unused reservation as given back in time, not as expired' },
};

/** `rounds only the total, half up to 2 decimals, the net first`. */
export function sayRounding({ mode, scale, stage, first }: RoundingConvention): string {
  const decimals = scale === 0 ? 'whole units' : scale === 1 ? '1 decimal' : `${scale} decimals`;
  return `rounds ${STAGES[stage]}, ${MODES[mode]} to ${decimals}, the ${first} first`;
}

/** Undefined where the standard is read as it is here. */
export function sayReading(reading: Partial<Readings>): string | undefined {
  const said = Object.entries(reading).flatMap(([point, value]) => {
    const words: Readonly<Record<string, string>> = READINGS[point as keyof Readings];
    return words[value] ?? [];
  });
  return said.length === 0 ? undefined : said.join(', and ');
}

/** `applies no step size, and rounds only the total, …`: what departs from the standard first, since it is worth more. */
export function sayConvention({ rounding, reading }: Convention): string {
  return [sayReading(reading), sayRounding(rounding)].filter((words) => words !== undefined).join(', and ');
}
