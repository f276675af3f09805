/**
 * In which other ways the standard can be read for a charge, so that its price may change. Pricing itself has said where it doubted, and the
 * lines tell the rest: most charges leave nothing to read otherwise, so looking for an operator's way costs next to nothing.
 *
 * Invariant: a departure that changes the price is listed; one that is listed need not change it.
 */
import { compare, roundUpTo } from '../../kernel/exact.ts';
import type { Charge } from './charge.ts';
import type { ReckonedCharge } from './price-session.ts';
import type { Readings } from './price-session/readings.ts';
import type { TariffRestrictions } from './tariff.ts';

type Departure = readonly [
  reading: Partial<Readings>,
  mayMatter: (standard: ReckonedCharge, charge: Charge) => boolean,
];

const doubted =
  (...codes: readonly string[]) =>
  ({ warnings }: ReckonedCharge): boolean =>
    warnings.some(({ code }) => codes.includes(code));

/** In the order of likelihood, and one at a time: two together would explain anything. */
const DEPARTURES: readonly Departure[] = [
  [{ boundary: 'cut' }, doubted('boundary-inside-period')],
  [{ time: 'volumes' }, hasTimes],
  [{ time: 'instants' }, doubted('time-differs')],
  [{ step: 'each-period' }, ({ lines, steps }) => steps.length > 0 || lines.some(isBetweenSteps)],
  [{ step: 'each-kind' }, (standard) => hasTimes(standard) && hasSteps(standard)],
  [{ step: 'never' }, ({ steps }) => steps.length > 0],
  [{ stepBase: 'priced' }, hasSteps],
  [{ clock: 'before-change' }, doubted('ambiguous-hour')],
  [{ clock: 'after-change' }, doubted('ambiguous-hour')],
  [{ clock: 'utc' }, asksForClock],
  [{ missingTime: 'free' }, doubted('time-not-stated')],
  [{ unknownFact: 'holds' }, doubted('current-unknown', 'power-unknown')],
  [{ unusedReservation: 'cancelled' }, doubted('reservation-unused')],
];

/** @param standard the charge as it is priced by the house's own reading */
export function listDepartures(charge: Charge, standard: ReckonedCharge): readonly Partial<Readings>[] {
  return DEPARTURES.filter(([, mayMatter]) => mayMatter(standard, charge)).map(([reading]) => reading);
}

function hasTimes({ lines }: ReckonedCharge): boolean {
  return lines.some(({ choice }) => choice.dimension === 'TIME' || choice.dimension === 'PARKING_TIME');
}

function hasSteps({ lines }: ReckonedCharge): boolean {
  return lines.some(({ choice }) => choice.price.step !== undefined);
}

function isBetweenSteps({ choice, quantity }: ReckonedCharge['lines'][number]): boolean {
  const { step } = choice.price;
  return step !== undefined && compare(roundUpTo(quantity, step), quantity) !== 0;
}

const BY_CLOCK: readonly (keyof TariffRestrictions)[] = ['startTime', 'endTime', 'startDate', 'endDate', 'daysOfWeek'];

function asksForClock(_standard: ReckonedCharge, { tariffs }: Charge): boolean {
  return tariffs.some(({ elements }) =>
    elements.some(({ restrictions }) => BY_CLOCK.some((name) => restrictions?.[name] !== undefined)),
  );
}
