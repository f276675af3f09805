/** At which charge point a plugged vehicle stands, as far as its position tells: no source says so outright. */
import type { Evse } from '../../../shared/domain/marketplace/evse.ts';
import { distanceM, type Place } from '../../fleet/distance.ts';

/** As far as a position may be off and a cable may reach. */
export const OWN_BAY_M = 30;
/** Bays lie a car's width apart: nearer than this to two of them, a position names neither. */
const TELL_APART_M = 1;
/** For a plain statement without anybody's choice, the position must all but coincide. */
const STATED_WITHIN_M = 4;

export type PlacedBay = { readonly evse: Evse; readonly metres: number };

/** The nearest within reach; undefined where two are as near. */
export function ownBay(position: Place, evses: Iterable<Evse>): Evse | undefined {
  const near: PlacedBay[] = [];
  for (const evse of evses) {
    const metres = evse.status === 'REMOVED' ? Infinity : distanceM(position, evse);
    if (metres <= OWN_BAY_M) near.push({ evse, metres });
  }
  const [first, second] = near.toSorted((one, other) => one.metres - other.metres);
  if (first === undefined || (second !== undefined && second.metres - first.metres < TELL_APART_M)) return undefined;
  return first.evse;
}

/** Some 50 m: a few metres around any place touch at most the cells beside its own. */
const CELLS_PER_DEGREE = 2000;
/** More than the cells of a whole turn, so that row and column make one number. */
const CELLS_A_ROW = 1_000_000;

/** Answers for thousands of vehicles which single charge point lies within a few metres, if exactly one does. */
export function makeBayFinder(evses: Iterable<Evse>): (position: Place) => Evse | undefined {
  const cells = new Map<number, Evse[]>();
  for (const evse of evses) {
    if (evse.status === 'REMOVED') continue;
    const row = Math.floor(evse.latitude * CELLS_PER_DEGREE);
    const key = row * CELLS_A_ROW + Math.floor(evse.longitude * CELLS_PER_DEGREE);
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [evse]);
    else cell.push(evse);
  }
  return (position) => {
    const row = Math.floor(position.latitude * CELLS_PER_DEGREE);
    const column = Math.floor(position.longitude * CELLS_PER_DEGREE);
    const near: Evse[] = [];
    for (const down of [-1, 0, 1])
      for (const across of [-1, 0, 1])
        for (const evse of cells.get((row + down) * CELLS_A_ROW + column + across) ?? [])
          if (distanceM(position, evse) <= STATED_WITHIN_M) near.push(evse);
    return near.length === 1 ? near[0] : undefined;
  };
}
