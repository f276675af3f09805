/** Notices when a meter that a plan leans on stops being read, and when it is read again. Judged by this computer's clock, since lines are real. */
import type { ReadableStore } from '../../database/sqlite.ts';
import { numberOfMeter } from '../../metering/meters/meter-table.ts';
import { readLatest } from '../../metering/readings/reading-table.ts';
import { readAllSettings } from '../terms/site-settings-table.ts';

/** Meters are read every second or two; a line that is noisy misses some. */
const LOST_AFTER_MS = 20_000;

export type MeterWatch = { readonly look: () => void };

export function watchMeters(
  store: ReadableStore,
  tell: (depotId: string, detail: string) => void,
  nowMs: () => number = Date.now,
): MeterWatch {
  const lost = new Set<string>();
  return {
    look: () => {
      for (const { depotId, gridMeterId, buildingMeterIds } of readAllSettings(store))
        for (const [id, what] of [
          ...(gridMeterId === undefined ? [] : [[gridMeterId, 'The meter of the grid connection'] as const]),
          ...buildingMeterIds.map((each) => [each, 'The meter of the building'] as const),
        ]) {
          const number = numberOfMeter(store, id);
          const latest = number === undefined ? undefined : readLatest(store, number);
          if (latest === undefined) continue;
          const isLost = nowMs() - latest.wallAtMs > LOST_AFTER_MS;
          if (isLost === lost.has(id)) continue;
          if (isLost) lost.add(id);
          else lost.delete(id);
          tell(
            depotId,
            isLost
              ? `${what} is not read any more; its load is taken from the highest of the last weeks`
              : `${what} is read again`,
          );
        }
    },
  };
}
