/**
 * What state a charge point is in when none of our vehicles uses it: broken for an hour or two, blocked by a parked
 * car, or taken by somebody else. A pure function of seed and time. Bays at home and booked points are always sound,
 * because a plan relies on them.
 */
import type { DemoEvse } from './charging-network.ts';
import { hashUnit } from '../seeded-random.ts';

export type EvseCondition = 'AVAILABLE' | 'CHARGING' | 'BLOCKED' | 'INOPERATIVE' | 'OUTOFORDER';

const REPAIR_MS = 7_200_000;
const VISIT_MS = 2_400_000;

export function evseCondition(seed: number, evse: DemoEvse, atMs: number): EvseCondition {
  if (evse.owner >= 0 || evse.booked) return 'AVAILABLE';
  const phase = hashUnit(seed, 'evse-phase', evse.index);
  const repair = hashUnit(seed, 'repair', evse.index, Math.floor(atMs / REPAIR_MS + phase));
  if (repair < 0.09) return repair < 0.05 ? 'INOPERATIVE' : 'OUTOFORDER';
  const visit = hashUnit(seed, 'visit', evse.index, Math.floor(atMs / VISIT_MS + phase));
  if (visit < 0.3) return 'CHARGING';
  return visit < 0.34 ? 'BLOCKED' : 'AVAILABLE';
}
