/** How a vehicle looks on the map: its activity by shape, and dashed when its position is no longer the present. */
import { judgeFreshness } from '../../../shared/domain/fleet/freshness.ts';
import { ACTIVITIES } from '../../../shared/domain/fleet/position.ts';
import { HIDDEN_LOOK, type MarkerLook } from '../../instruments/map/markers/marker-atlas.ts';
import type { MarkerShape } from '../../instruments/map/markers/marker-shapes.ts';

const SHAPES: Readonly<Record<(typeof ACTIVITIES)[number], MarkerShape>> = {
  driving: 'arrow',
  idle: 'ring',
  plugged: 'plug',
  charging: 'bolt',
};

/** In the order of their rank; what never reported has no place and is not drawn. */
const FRESHNESS_LOOKS = [
  { freshness: 'fresh', outline: 'filled', opacity: 1 },
  { freshness: 'stale', outline: 'dashed', opacity: 1 },
  { freshness: 'silent', outline: 'dashed', opacity: 0.55 },
] as const;

export const VEHICLE_LOOKS: readonly MarkerLook[] = ACTIVITIES.flatMap((activity) =>
  FRESHNESS_LOOKS.map(({ outline, opacity }) => ({ shape: SHAPES[activity], outline, opacity })),
);

/** What stands after the count of the worst in a cell, by rank from 1. */
export const RANK_WORDS: readonly string[] = FRESHNESS_LOOKS.slice(1).map(({ freshness }) => freshness);

/** The look and rank of a vehicle by activity code and age. */
export function lookOf(
  activityCode: number,
  atMs: number,
  nowMs: number,
  clockRate: number,
): { readonly look: number; readonly rank: number } {
  const judged = judgeFreshness(atMs, nowMs, clockRate);
  const rank = FRESHNESS_LOOKS.findIndex(({ freshness }) => freshness === judged);
  if (rank < 0 || activityCode >= ACTIVITIES.length) return { look: HIDDEN_LOOK, rank: 0 };
  return { look: activityCode * FRESHNESS_LOOKS.length + rank, rank };
}
