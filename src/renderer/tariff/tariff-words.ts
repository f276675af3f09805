/** What is said of tariffs and prices: dimensions, units and restrictions, in a clerk's words. */
import type { PriceTraceLine } from '../../shared/domain/tariff/price.ts';
import type {
  DayOfWeek,
  PriceComponent,
  ReservationKind,
  TariffDimension,
  TariffRestrictions,
  TaxBasis,
} from '../../shared/domain/tariff/tariff.ts';
import { grouped } from '../instruments/number/format-number.ts';
import { decimalWords, moneyWords } from './money-text.ts';

export const DIMENSION_WORDS: Readonly<Record<TariffDimension | 'RESERVATION', string>> = {
  ENERGY: 'Energy',
  TIME: 'Charging time',
  PARKING_TIME: 'Parking',
  FLAT: 'Flat fee',
  RESERVATION: 'Reservation',
};

const LINE_WORDS: Readonly<Record<Exclude<PriceTraceLine['kind'], 'period' | 'flat'>, string>> = {
  step: 'rounded up to the step',
  minimum: 'Raised to the least price',
  maximum: 'Cut to the greatest price',
};

/** What a line of the trace bills. */
export function lineWord({ kind, dimension, isReservation }: PriceTraceLine): string {
  const named = dimension === undefined ? undefined : DIMENSION_WORDS[dimension];
  const word = isReservation ? `Reservation${named === undefined ? '' : `, ${named.toLowerCase()}`}` : named;
  if (kind === 'period' || kind === 'flat') return word ?? 'Flat fee';
  if (kind === 'step') return `${word ?? 'Time'}, ${LINE_WORDS.step}`;
  return LINE_WORDS[kind];
}

const DAY_WORDS: Readonly<Record<DayOfWeek, string>> = {
  MONDAY: 'Mon',
  TUESDAY: 'Tue',
  WEDNESDAY: 'Wed',
  THURSDAY: 'Thu',
  FRIDAY: 'Fri',
  SATURDAY: 'Sat',
  SUNDAY: 'Sun',
};
const DAYS = Object.keys(DAY_WORDS) as readonly DayOfWeek[];

/** `Mon to Fri`, `Sat, Sun`. */
export function dayWords(days: readonly DayOfWeek[]): string {
  const places = [...new Set(days.map((day) => DAYS.indexOf(day)))].toSorted((a, b) => a - b);
  const named = places.map((place) => DAY_WORDS[DAYS[place] ?? 'MONDAY']);
  const [first, last] = [places[0] ?? 0, places.at(-1) ?? 0];
  if (places.length > 2 && last - first === places.length - 1) return `${named[0]} to ${named.at(-1)}`;
  return named.join(', ');
}

const RESERVATION_WORDS: Readonly<Record<ReservationKind, string>> = {
  RESERVATION: 'while reserved, before the vehicle is there',
  RESERVATION_EXPIRES: 'when a reservation expires unused',
};

/** Each condition of an element in its own words; all must hold. None: it holds always. */
export function restrictionWords(restrictions: TariffRestrictions | undefined): readonly string[] {
  if (restrictions === undefined) return [];
  const r = restrictions;
  return [
    r.reservation === undefined ? undefined : RESERVATION_WORDS[r.reservation],
    r.daysOfWeek === undefined ? undefined : dayWords(r.daysOfWeek),
    spanWords(r.startTime, r.endTime, ''),
    spanWords(r.startDate, r.endDate, ''),
    spanWords(r.minKwh, r.maxKwh, ' kWh'),
    spanWords(r.minPower, r.maxPower, ' kW'),
    spanWords(r.minCurrent, r.maxCurrent, ' A'),
    spanWords(secondsWords(r.minDurationS), secondsWords(r.maxDurationS), ' into the session'),
  ].filter((words) => words !== undefined);
}

/** The lower bound is in, the upper is out (OCPI 2.2.1, 11.4.6). */
function spanWords(from: string | undefined, to: string | undefined, unit: string): string | undefined {
  if (from !== undefined && to !== undefined) return `${from} to ${to}${unit}`;
  if (from !== undefined) return `from ${from}${unit} on`;
  return to === undefined ? undefined : `before ${to}${unit}`;
}

/** `45 s`, `30 min`, `1 h 30 min`. */
export function secondsWords(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  if (seconds < 60 || seconds % 60 !== 0) return `${grouped(seconds)} s`;
  const [hours, minutes] = [Math.floor(seconds / 3600), (seconds / 60) % 60];
  if (hours === 0) return `${minutes} min`;
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`;
}

const PER_WORDS: Readonly<Record<TariffDimension, string>> = {
  ENERGY: 'a kWh',
  TIME: 'an hour of charging',
  PARKING_TIME: 'an hour of parking',
  FLAT: 'a session',
};

/** `0.46 EUR a kWh`. */
export function componentWords({ type, price }: PriceComponent, currency: string): string {
  return `${moneyWords(price, currency)} ${currency} ${PER_WORDS[type]}`;
}

/** `19 % tax, in steps of 5 min`; empty where there is neither. */
export function componentNotes({ type, vatPercent, stepSize }: PriceComponent): string {
  const step = type === 'ENERGY' ? `${grouped(stepSize)} Wh` : secondsWords(stepSize);
  return [
    vatPercent === undefined ? 'no tax stated' : `${decimalWords(vatPercent, { fewest: 0, most: 2 })} % tax`,
    stepSize > 1 && type !== 'FLAT' ? `in steps of ${step ?? ''}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(', ');
}

export const TAX_BASIS_WORDS: Readonly<Record<TaxBasis, string>> = {
  net: 'prices are net',
  gross: 'prices hold the tax already',
  'not-applicable': 'no tax applies',
};
