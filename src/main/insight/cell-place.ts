/** Where an H3 cell is, and whose clocks are read there. */
import { cellToBoundary, cellToLatLng } from 'h3-js';
import type { CellFacts } from '../../shared/domain/insight/gather-gaps.ts';
import { straightM } from '../../shared/domain/marketplace/place-search/estimate-way.ts';
import { openLocalTime } from '../../shared/kernel/local-time.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function cellCentre(cell: string): { readonly latitude: number; readonly longitude: number } {
  const [latitude, longitude] = cellToLatLng(cell);
  return { latitude, longitude };
}

/** @param clocks places whose zone is known; the nearest one's is the cell's */
export function cellFacts(
  cell: string,
  clocks: readonly { readonly latitude: number; readonly longitude: number; readonly timeZone: string }[],
): CellFacts {
  const centre = cellCentre(cell);
  const nearest = clocks.reduce<(typeof clocks)[number] | undefined>(
    (best, clock) => (best === undefined || straightM(clock, centre) < straightM(best, centre) ? clock : best),
    undefined,
  );
  const timeZone = nearest?.timeZone ?? 'UTC';
  const local = openLocalTime(timeZone) ?? openLocalTime('UTC');
  return {
    ...centre,
    boundary: cellToBoundary(cell),
    timeZone,
    localHour: (atMs) => Math.floor(((((atMs + (local?.offsetMs(atMs) ?? 0)) % DAY_MS) + DAY_MS) % DAY_MS) / HOUR_MS),
  };
}
