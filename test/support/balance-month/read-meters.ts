/** Meters set into the depot, right within their classes, with registers in steps, and read every quarter hour as a line reads them. */
import type { EnergyInterval } from '../../../src/shared/domain/metering/interval.ts';
import type { AccuracyClass } from '../../../src/shared/domain/metering/meter.ts';
import type { BalanceMeter } from '../../../src/shared/domain/metering/balance/balance.ts';
import { energyWh } from '../../../src/shared/kernel/quantity.ts';
import { seededRandom } from '../seeded-random.ts';
import { CHARGERS, QUARTER_S, SECONDS, YARDS, yardOf, type DepotMonth, type MeteredPlace } from './depot-power.ts';

/** 2026-03-01 00:00 UTC. */
export const MONTH_BEGINS_MS = Date.UTC(2026, 2, 1);

/** For a time the meter counts another share of what flows. */
export type Episode = { readonly fromS: number; readonly toS: number; readonly factor: number };

export type MeterFault = {
  readonly episodes?: readonly Episode[];
  /** In place of its own error within its class. */
  readonly error?: number;
  /** How late it is read, in place of its own slip. */
  readonly lateS?: number;
  /** Nobody answers in this time: spread over it, or nothing known at all. */
  readonly gap?: { readonly fromS: number; readonly toS: number; readonly basis: 'spread' | 'missing' };
};

export type MonthFaults = {
  readonly meters?: Readonly<Partial<Record<MeteredPlace, MeterFault>>>;
  /** A load that hangs under a place, past all meters below it. */
  readonly load?: { readonly under: 'incomer' | 'yard-1' | 'yard-2'; readonly powerW: number };
};

/** What the Measuring Instruments Directive allows in service; written anew, so that a slip in ours shows. */
const MAXIMUM_ERROR: Readonly<Record<AccuracyClass, number>> = { A: 0.035, B: 0.02, C: 0.007 };

const PLACES: readonly MeteredPlace[] = ['incomer', ...YARDS, 'building', ...CHARGERS];

export function classOf(place: MeteredPlace): AccuracyClass {
  return place === 'incomer' ? 'C' : 'B';
}

export function readMonth(month: DepotMonth, seed: number, faults: MonthFaults): BalanceMeter[] {
  const random = seededRandom(seed ^ 0x5eed);
  return PLACES.map((place): BalanceMeter => {
    const ownError = MAXIMUM_ERROR[classOf(place)] * (2 * random() - 1) * 0.98;
    const { error = ownError } = faults.meters?.[place] ?? {};
    const startWh = 5e6 + 45e6 * random();
    // Half of them tell kWh as 32-bit floats, half whole steps of 10 Wh.
    const isFloat = random() < 0.5;
    const slipS = 2 * random() - 1;
    const isCharger = place.startsWith('charger');
    return {
      id: place,
      name: place.replace('-', ' '),
      role: place === 'incomer' ? 'incomer' : isCharger ? 'charger' : 'feeder',
      parentId: parentOf(place),
      evseKey: isCharger ? `LOC-1/${place.toUpperCase()}` : undefined,
      accuracyClass: classOf(place),
      resolutionWh: isFloat ? 2 ** (Math.floor(Math.log2(startWh / 1000)) - 23) * 1000 : 10,
      ratedPowerW: 3 * 230 * (place === 'incomer' ? 400 : isCharger ? 100 : 250),
      intervals: readIntervals({ month, place, random, error, startWh, isFloat, slipS, faults }),
    };
  });
}

function parentOf(place: MeteredPlace): MeteredPlace | undefined {
  if (place === 'incomer') return undefined;
  const charger = CHARGERS.find((id) => id === place);
  return charger === undefined ? 'incomer' : yardOf(charger);
}

type Instrument = {
  readonly month: DepotMonth;
  readonly place: MeteredPlace;
  readonly random: () => number;
  readonly error: number;
  readonly startWh: number;
  readonly isFloat: boolean;
  readonly slipS: number;
  readonly faults: MonthFaults;
};

function readIntervals(meter: Instrument): EnergyInterval[] {
  const { random, place, faults } = meter;
  const { gap, lateS = meter.slipS } = faults.meters?.[place] ?? {};
  const count = counter(meter);
  const atBoundary: number[] = [];
  for (let boundaryS = 0; boundaryS <= SECONDS; boundaryS += QUARTER_S) {
    // Polled every ten seconds: the register at the boundary is interpolated between the polls around it.
    const before = 10 * random();
    const jitterS = 0.4 * (random() - 0.5);
    const first = count(boundaryS - before + lateS + jitterS);
    const second = count(boundaryS - before + 10 + lateS + jitterS);
    atBoundary.push(first + ((second - first) * before) / 10);
  }
  const intervals = atBoundary.slice(1).map((registerWh, slot): EnergyInterval => {
    const wh = energyWh(Math.round((registerWh - (atBoundary[slot] ?? 0)) * 1000) / 1000);
    const beginMs = MONTH_BEGINS_MS + slot * QUARTER_S * 1000;
    return { beginMs, importWh: wh, exportWh: undefined, basis: 'measured', bracketMs: 10_000 };
  });
  return gap === undefined ? intervals : loseIntervals(intervals, gap);
}

/** What the register shows when it is read, later and later. */
function counter({ month, place, error, startWh, isFloat, faults }: Instrument): (atS: number) => number {
  const { episodes = [] } = faults.meters?.[place] ?? {};
  const load = faults.load;
  const loadW = load !== undefined && (load.under === place || place === 'incomer') ? load.powerW : 0;
  const flowedWh = (atS: number): number => {
    const withinS = Math.max(0, Math.min(SECONDS, atS));
    return month.energyWh(place, withinS) + (loadW * withinS) / 3600;
  };
  const seenWh = (atS: number): number =>
    episodes.reduce(
      (sumWh, { fromS, toS, factor }) =>
        atS <= fromS ? sumWh : sumWh + (factor - 1) * (flowedWh(Math.min(atS, toS)) - flowedWh(fromS)),
      flowedWh(atS),
    );
  let register = startWh;
  let seen = 0;
  return (atS) => {
    const now = seenWh(atS);
    // Warm afternoons move it by a fiftieth of its error.
    const warmth = 1 + 0.02 * Math.sin((2 * Math.PI * (atS / 3600 - 9)) / 24);
    register += (now - seen) * (1 + error * warmth);
    seen = now;
    return isFloat ? Math.fround(register / 1000) * 1000 : Math.floor(register / 10) * 10;
  };
}

function loseIntervals(
  intervals: readonly EnergyInterval[],
  { fromS, toS, basis }: NonNullable<MeterFault['gap']>,
): EnergyInterval[] {
  const isLost = (_: EnergyInterval, slot: number) => slot * QUARTER_S >= fromS && slot * QUARTER_S < toS;
  if (basis === 'missing') return intervals.filter((interval, slot) => !isLost(interval, slot));
  const lost = intervals.filter(isLost);
  const evenlyWh = lost.reduce((sumWh, { importWh = 0 }) => sumWh + importWh, 0) / Math.max(1, lost.length);
  return intervals.map((interval, slot) =>
    isLost(interval, slot)
      ? { ...interval, importWh: energyWh(evenlyWh), basis: 'spread', bracketMs: (toS - fromS) * 1000 }
      : interval,
  );
}
