/** How a place looks on the map: how much of it is taken by the level in a box, out of use by a cross, unknown by dashes. */
import { HIDDEN_LOOK, type MarkerLook } from '../../instruments/map/markers/marker-atlas.ts';
import type { MarkerShape } from '../../instruments/map/markers/marker-shapes.ts';
import { availabilityOf, isPartyAway, type PlaceRow } from './place-row.ts';

const LEVELS: readonly MarkerShape[] = ['box', 'box-third', 'box-two-thirds', 'box-full'];
const OUT_OF_USE = LEVELS.length;
const NOT_KNOWN = OUT_OF_USE + 1;

export const PLACE_LOOKS: readonly MarkerLook[] = [
  ...LEVELS.map((shape) => ({ shape, outline: 'filled', opacity: 1 }) as const),
  { shape: 'cross', outline: 'filled', opacity: 0.8 },
  { shape: 'box', outline: 'dashed', opacity: 0.8 },
];

/** What stands after the count of the worst in a cell, by rank from 1. */
export const PLACE_RANK_WORDS: readonly string[] = ['full', 'not known'];

const BROKEN: ReadonlySet<string> = new Set(['OUTOFORDER', 'INOPERATIVE', 'BLOCKED']);

export function placeLook(row: PlaceRow): { readonly look: number; readonly rank: number } {
  const { free, total, unknown } = availabilityOf(row);
  if (total === 0) return { look: HIDDEN_LOOK, rank: 0 };
  if (isPartyAway(row) || (free === 0 && unknown > 0)) return { look: NOT_KNOWN, rank: 2 };
  if (free === 0 && isAllBroken(row)) return { look: OUT_OF_USE, rank: 1 };
  // The ends are exact: an empty box has nobody, a full one has no room.
  const level = free === 0 ? 3 : free === total ? 0 : free * 2 >= total ? 1 : 2;
  return { look: level, rank: free === 0 ? 1 : 0 };
}

function isAllBroken({ place }: PlaceRow): boolean {
  return Object.entries(place.statuses).every(([status, count]) => count === 0 || BROKEN.has(status));
}
