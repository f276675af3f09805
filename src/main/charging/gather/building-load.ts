/**
 * What a depot draws beside charging, and what it drew so far: from its own meters' quarter hours. The load to come is the highest of the
 * same quarter hour on the same weekday of the last four weeks, then of the last seven days, then the last one measured; each step
 * down is said, because a plan leans on it.
 */
import type { SiteSettings } from '../../../shared/domain/charging/site-settings.ts';
import type { ImportInterval } from '../../../shared/domain/charging/terms/bill-import.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { readIntervals } from '../../metering/intervals/interval-table.ts';
import { numberOfMeter } from '../../metering/meters/meter-table.ts';

export const SLOT_MS = 900_000;
const DAY_MS = 86_400_000;
const WEEKS = 4;
const DAYS = 7;
const HOUR_MS = 3_600_000;

export type LoadForecast = {
  /** By slot. */
  readonly buildingW: readonly number[];
  /** Whole sentences; empty when each quarter hour stands on weeks of history. */
  readonly notes: readonly string[];
};

export function forecastBuilding(
  store: ReadableStore,
  settings: SiteSettings,
  fromMs: EpochMs,
  slots: number,
): LoadForecast {
  const meters = settings.buildingMeterIds.flatMap((id) => numberOfMeter(store, id) ?? []);
  if (meters.length === 0)
    return {
      buildingW: Array.from({ length: slots }, () => 0),
      notes: [
        'No meter measures the building, so the plan takes it for nothing. Name its meters in the site’s settings.',
      ],
    };
  const buildingW = Array.from({ length: slots }, () => 0);
  let weak = 0;
  let unknown = 0;
  for (const meter of meters) {
    const known = powersOf(store, meter, fromMs - WEEKS * 7 * DAY_MS, fromMs);
    const lastW = [...known.values()].at(-1);
    for (let slot = 0; slot < slots; slot++) {
      const atMs = fromMs + slot * SLOT_MS;
      const weekly = Array.from({ length: WEEKS }, (_, week) => known.get(atMs - (week + 1) * 7 * DAY_MS));
      const daily = Array.from({ length: DAYS }, (_, day) => known.get(atMs - (day + 1) * DAY_MS));
      const own = highest(weekly) ?? highest(daily);
      if (own === undefined && lastW !== undefined) weak++;
      if (own === undefined && lastW === undefined) unknown++;
      buildingW[slot] = (buildingW[slot] ?? 0) + (own ?? lastW ?? 0);
    }
  }
  return {
    buildingW,
    notes: [
      ...(weak > 0
        ? ['The building’s load is not known for long enough yet; where history is missing, what it drew last is held.']
        : []),
      ...(unknown > 0
        ? [
            'The building was never measured yet, so the plan takes it for nothing until its first quarter hour is over.',
          ]
        : []),
    ],
  };
}

/** W by begin of the quarter hour. */
function powersOf(store: ReadableStore, meter: number, fromMs: EpochMs, toMs: EpochMs): ReadonlyMap<number, number> {
  const powers = new Map<number, number>();
  for (const { beginMs, importWh } of readIntervals(store, meter, fromMs, toMs))
    if (importWh !== undefined) powers.set(beginMs, (importWh * HOUR_MS) / SLOT_MS);
  return powers;
}

function highest(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>(
    (most, each) => (each === undefined || (most !== undefined && most >= each) ? most : each),
    undefined,
  );
}

/** The grid connection's quarter hours that are stored. */
export function importIntervals(
  store: ReadableStore,
  settings: SiteSettings,
  fromMs: EpochMs,
  toMs: EpochMs,
): readonly ImportInterval[] {
  const meter = settings.gridMeterId === undefined ? undefined : numberOfMeter(store, settings.gridMeterId);
  if (meter === undefined) return [];
  return readIntervals(store, meter, fromMs, toMs).flatMap(({ beginMs, importWh }) =>
    importWh === undefined ? [] : [{ beginMs, endMs: beginMs + SLOT_MS, importWh }],
  );
}

/** W of the building by begin of the quarter hour; what is not known is left out. */
export function measuredBuilding(
  store: ReadableStore,
  settings: SiteSettings,
  fromMs: EpochMs,
  toMs: EpochMs,
): ReadonlyMap<number, number> {
  const sums = new Map<number, number>();
  for (const id of settings.buildingMeterIds) {
    const meter = numberOfMeter(store, id);
    if (meter === undefined) continue;
    for (const [beginMs, watts] of powersOf(store, meter, fromMs, toMs))
      sums.set(beginMs, (sums.get(beginMs) ?? 0) + watts);
  }
  return sums;
}

/** The highest quarter hour of the building in the last four weeks; W. */
export function highestBuildingW(store: ReadableStore, settings: SiteSettings, nowMs: EpochMs): number {
  const measured = measuredBuilding(store, settings, nowMs - WEEKS * 7 * DAY_MS, nowMs);
  return [...measured.values()].reduce((most, watts) => Math.max(most, watts), 0);
}
