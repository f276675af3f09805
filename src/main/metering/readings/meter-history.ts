/**
 * A meter's history for its chart, thinned so that the window never gets more than it can draw. Only what is kept is decoded:
 * forty days are a third of a million readings. Invariant: the first and the last point stay, and so do both sides of a gap
 * (the longest ones, when there are more gaps than points), so that a time without readings is never drawn as a line.
 */
import type { QueryInput } from '../../../shared/ipc/console-api.ts';
import type { MeterHistory } from '../../../shared/ipc/metering/metering-contract.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { decodeReading } from '../codec/decode-reading.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { numberOfMeter } from '../meters/meter-table.ts';
import { readAccepted, readInstants } from './reading-table.ts';

/** How much longer than usual two points lie apart when there is a gap between them. */
const GAP_FACTOR = 3;

export function readMeterHistory(
  store: ReadableStore,
  profiles: MeterProfiles,
  { meterId, fromMs, toMs, maxPoints }: QueryInput<'metering/meter-history'>,
): MeterHistory {
  const number = numberOfMeter(store, meterId);
  if (number === undefined) return { points: [], storedCount: 0 };
  const instants = readInstants(store, number, fromMs, toMs);
  const points = thinInstants(instants, maxPoints).flatMap((atMs) => {
    const row = readAccepted(store, number, atMs);
    const profile = row === undefined ? undefined : profiles.of(row.profile);
    if (row === undefined || profile?.ok !== true) return [];
    const { powerW, importWh } = decodeReading(profile.value, row.registers, row.ctRatio).values;
    return [{ atMs, powerW, importWh }];
  });
  return { points, storedCount: instants.length };
}

/** @param instants oldest first */
export function thinInstants(instants: readonly EpochMs[], maxPoints: number): readonly EpochMs[] {
  const count = instants.length;
  if (count <= maxPoints) return instants;
  const kept = new Set([0, count - 1]);
  for (const index of findGaps(instants)) {
    if (kept.size + 2 > maxPoints) break;
    kept.add(index - 1).add(index);
  }
  const step = (count - 1) / (maxPoints - kept.size + 1);
  for (let place = step; place < count - 1 && kept.size < maxPoints; place += step) kept.add(Math.round(place));
  return [...kept].toSorted((a, b) => a - b).flatMap((index) => instants[index] ?? []);
}

/** Indexes of the instants after a gap, the longest gap first. Usual is the median: the demo's clock may run sixty times faster. */
function findGaps(instants: readonly EpochMs[]): readonly number[] {
  const apartMs = Float64Array.from(
    { length: instants.length - 1 },
    (_, index) => (instants[index + 1] ?? 0) - (instants[index] ?? 0),
  );
  const usualMs = apartMs.toSorted()[Math.floor(apartMs.length / 2)] ?? 0;
  const gaps: { readonly ms: number; readonly index: number }[] = [];
  for (const [index, ms] of apartMs.entries()) if (ms > usualMs * GAP_FACTOR) gaps.push({ ms, index: index + 1 });
  return gaps.toSorted((a, b) => b.ms - a.ms).map(({ index }) => index);
}
