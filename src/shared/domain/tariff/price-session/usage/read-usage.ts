/**
 * Turns the periods of a charge into what is priced: in order, each with its end, its tariff and its exact energy and times
 * (OCPI 2.2.1, 10.4.1 and 10.4.2).
 *
 * Invariant: no time is negative, no two periods claim the same instant, and periods are in the order of their begins.
 */
import { add, compare, divide, isNegative, isZero, readExact, ZERO, type Exact } from '../../../../kernel/exact.ts';
import type { EpochMs } from '../../../../kernel/instant.ts';
import { accept, refuse, type Refusal, type Result } from '../../../../kernel/result.ts';
import type { Charge, UsagePeriod } from '../../charge.ts';
import { assignTariffs, type TariffRefusal } from '../terms/assign-tariffs.ts';
import type { CompiledTariff } from '../terms/compile-tariff.ts';
import type { Range } from '../terms/condition.ts';
import type { Readings } from '../readings.ts';
import { hoursBetween, settleTimes, type Times } from './settle-times.ts';
import type { Warnings } from '../warnings.ts';

export type Usage = Times & {
  readonly periodIndex: number;
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
  readonly tariff: CompiledTariff | undefined;
  /** kWh. */
  readonly energy: Exact;
  readonly current: Range | undefined;
  readonly power: Range | undefined;
  /** Nobody charges yet: the place is only held. */
  readonly isReservation: boolean;
};

export type UsageRefusal =
  | TariffRefusal
  | 'ends-before-begin'
  | 'no-periods'
  | 'negative-energy'
  | 'negative-time'
  | 'periods-overlap'
  | 'unreadable-number';

type Span = {
  readonly period: UsagePeriod;
  readonly periodIndex: number;
  readonly beginMs: EpochMs;
  readonly endMs: EpochMs;
};
type Volumes = ReadonlyMap<string, Exact>;

const TIMES: ReadonlySet<string> = new Set(['TIME', 'PARKING_TIME', 'RESERVATION_TIME']);

export function readUsage(
  charge: Charge,
  readings: Readings,
  warnings: Warnings,
): Result<readonly Usage[], UsageRefusal> {
  const impossible = findImpossible(charge);
  if (impossible !== undefined) return impossible;
  const chooseTariff = assignTariffs(charge, warnings);
  if (!chooseTariff.ok) return chooseTariff;
  const isTimeStated = charge.periods.some(({ dimensions }) => dimensions.some(({ type }) => TIMES.has(type)));
  const usages: Usage[] = [];
  for (const span of placePeriods(charge, warnings)) {
    const volumes = readVolumes(span);
    if (!volumes.ok) return volumes;
    const tariff = chooseTariff.value(span.period, span.periodIndex);
    if (!tariff.ok) return tariff;
    usages.push(measureSpan(span, volumes.value, tariff.value, isTimeStated, readings, warnings));
  }
  return findOverlap(usages) ?? accept(usages);
}

function findImpossible(charge: Charge): Refusal<UsageRefusal> | undefined {
  if (charge.endMs < charge.beginMs)
    return refuse(
      'ends-before-begin',
      'The charge ends before it begins, so no time can be billed. Ask the operator for a corrected record.',
    );
  if (charge.periods.length > 0) return undefined;
  return refuse(
    'no-periods',
    'The charge has no charging period, so nothing tells what was used. Ask the operator for a complete record.',
  );
}

/** A period ends where the next begins, the last with the charge. */
function placePeriods(charge: Charge, warnings: Warnings): readonly Span[] {
  const sorted = charge.periods
    .map((period, periodIndex) => ({ period, periodIndex, beginMs: period.beginMs }))
    .toSorted((a, b) => a.beginMs - b.beginMs);
  return sorted.map((span, position) => {
    if (span.beginMs < charge.beginMs || span.beginMs > charge.endMs)
      warnings.add(
        'period-outside',
        span.periodIndex,
        (periods) =>
          `The begin of ${periods} lies outside the charge. What is stated there is priced all the same; ask the operator which time is right.`,
      );
    return { ...span, endMs: sorted[position + 1]?.beginMs ?? Math.max(span.beginMs, charge.endMs) };
  });
}

function readVolumes({ period, periodIndex }: Span): Result<Volumes, UsageRefusal> {
  const volumes = new Map<string, Exact>();
  for (const { type, volume } of period.dimensions) {
    const value = readExact(volume);
    if (value === undefined)
      return refuse(
        'unreadable-number',
        `Period ${periodIndex + 1} states “${volume}” for ${type}, which is no decimal number. Ask the operator for a corrected record.`,
      );
    if (isNegative(value) && TIMES.has(type))
      return refuse(
        'negative-time',
        `Period ${periodIndex + 1} states ${volume} h for ${type}. No time is billed backwards; ask the operator for a corrected record.`,
      );
    if (isNegative(value) && type === 'ENERGY')
      return refuse(
        'negative-energy',
        `Period ${periodIndex + 1} states ${volume} kWh: energy that was given back. OCPI does not say what that is worth; agree it with the operator.`,
      );
    const known = volumes.get(type);
    volumes.set(type, known === undefined ? value : add(known, value));
  }
  return accept(volumes);
}

function measureSpan(
  span: Span,
  volumes: Volumes,
  tariff: CompiledTariff | undefined,
  isTimeStated: boolean,
  readings: Readings,
  warnings: Warnings,
): Usage {
  const { periodIndex, beginMs, endMs } = span;
  const energy = volumes.get('ENERGY') ?? volumes.get('ENERGY_IMPORT') ?? ZERO;
  const stated: Times = {
    time: volumes.get('TIME') ?? ZERO,
    parking: volumes.get('PARKING_TIME') ?? ZERO,
    reservation: volumes.get('RESERVATION_TIME') ?? ZERO,
  };
  const isTimeMissing = !isTimeStated && !isZero(energy) && (tariff?.prices.session.TIME.length ?? 0) > 0;
  const times = settleTimes({ periodIndex, beginMs, endMs, stated, isTimeMissing }, readings, warnings);
  const isIdle = isZero(energy) && isZero(times.time);
  if (!isZero(energy) && !isZero(times.parking) && isZero(times.time))
    warnings.add(
      'parking-with-energy',
      periodIndex,
      (periods) =>
        `In ${periods} parking is counted although energy flowed. Parking counts only while the vehicle asks for no power (OCPI 2.3.0); ask the operator why.`,
    );
  return {
    periodIndex,
    beginMs,
    endMs,
    tariff,
    energy,
    ...times,
    current: rangeOf(volumes, 'CURRENT') ?? (isIdle ? REST : undefined),
    power: isIdle ? (rangeOf(volumes, 'POWER') ?? REST) : powerOf(span, volumes, energy, tariff, warnings),
    isReservation: isIdle && isZero(times.parking) && !isZero(times.reservation),
  };
}

const REST: Range = { least: ZERO, greatest: ZERO };

/** A period is one of a single price, so its average decides; its least and greatest are a moment's, and decide where no average is told. */
function rangeOf(volumes: Volumes, name: 'CURRENT' | 'POWER'): Range | undefined {
  const average = volumes.get(name);
  const least = average ?? volumes.get(`MIN_${name}`) ?? volumes.get(`MAX_${name}`);
  const greatest = average ?? volumes.get(`MAX_${name}`) ?? least;
  return least === undefined || greatest === undefined ? undefined : { least, greatest };
}

/** As told where that is one value; else the average there was, which lies between a told least and greatest. */
function powerOf(
  span: Span,
  volumes: Volumes,
  energy: Exact,
  tariff: CompiledTariff | undefined,
  warnings: Warnings,
): Range | undefined {
  const told = rangeOf(volumes, 'POWER');
  if (told !== undefined && compare(told.least, told.greatest) === 0) return told;
  return averagePower(span, energy, tariff, warnings) ?? told;
}

/** Energy over time is the power there was on average, where the tariff asks for it and the record does not tell. */
function averagePower(
  { periodIndex, beginMs, endMs }: Span,
  energy: Exact,
  tariff: CompiledTariff | undefined,
  warnings: Warnings,
): Range | undefined {
  if (tariff === undefined || !tariff.asksFor.has('power') || endMs === beginMs) return undefined;
  warnings.add(
    'power-derived',
    periodIndex,
    (periods) =>
      `The tariff depends on power, which is not stated for ${periods}. The average by energy and time is taken.`,
  );
  const average = divide(energy, hoursBetween(beginMs, endMs));
  return { least: average, greatest: average };
}

/** Two periods that begin together and both state an amount claim the same time. */
function findOverlap(usages: readonly Usage[]): Refusal<'periods-overlap'> | undefined {
  for (const [position, usage] of usages.entries()) {
    const next = usages[position + 1];
    if (next === undefined || usage.beginMs !== next.beginMs || isEmpty(usage) || isEmpty(next)) continue;
    return refuse(
      'periods-overlap',
      `Periods ${usage.periodIndex + 1} and ${next.periodIndex + 1} begin at the same instant, so their amounts overlap. Ask the operator for a corrected record.`,
    );
  }
  return undefined;
}

function isEmpty({ energy, time, parking, reservation }: Usage): boolean {
  return [energy, time, parking, reservation].every(isZero);
}
