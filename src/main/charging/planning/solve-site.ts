/** A depot's facts and people's wishes through the planner's thread, and back as powers that charge points can be told. */
import { buildCase } from '../../../shared/domain/charging/live/build-case.ts';
import { wholeRows } from '../../../shared/domain/charging/live/price-powers.ts';
import type { Wish } from '../../../shared/domain/charging/wish.ts';
import { bendCase, unbend } from '../../../shared/domain/charging/wishes/bend-case.ts';
import { accept, type Result } from '../../../shared/kernel/result.ts';
import type { GatheredSite } from '../gather/gather-site.ts';
import type { StoredPlan } from './decision-table.ts';
import type { PlanThread } from './plan-thread.ts';
import { firstScaled, presentRows, type StudiedPlan } from './planned-site.ts';

export async function solveSite(
  thread: Pick<PlanThread, 'plan'>,
  gathered: GatheredSite,
  wishes: readonly Wish[],
  stored: StoredPlan | undefined,
): Promise<Result<StudiedPlan>> {
  const { facts } = gathered;
  const built = buildCase(facts);
  const present = presentRows(stored, facts.fromMs, built);
  const bent = bendCase(built.plan, wishes, {
    limitKw: built.limitKw,
    slotOf: (atMs) => Math.ceil((atMs - facts.fromMs) / facts.slotMs - 1e-9),
    presentKw: (vehicleId) => {
      const index = built.plan.vehicles.findIndex(({ id }) => id === vehicleId);
      return index < 0 ? undefined : [...firstScaled(present[index] ?? new Float64Array(), built.leftOfFirst)];
    },
    savedKwh: (vehicleId, targetPercent) => {
      const stay = built.stays.find((each) => each.facts.vehicleId === vehicleId);
      if (stay === undefined) return 0;
      const span = stay.targetPercent - stay.arrivesWithPercent;
      return span <= 0 ? 0 : stay.needKwh * Math.min(1, Math.max(0, (stay.targetPercent - targetPercent) / span));
    },
  });
  const before = bent.plan.vehicles.map(({ fromSlot }, index) => {
    const row = present[index];
    return row === undefined ? undefined : firstScaled(row, built.leftOfFirst).subarray(fromSlot);
  });
  const answer = await thread.plan(bent.plan, before);
  if (!answer.ok) return answer;
  const result = answer.value;
  const rows = wholeRows(bent.plan, unbend(result.powerKw, bent.plan, bent.fixed));
  const powerKw = rows.map((row, index) => actualRow(row, present[index], built.leftOfFirst));
  return accept({
    built,
    bent,
    result,
    powerKw,
    missingKwh: result.missingKwh,
    cost: result.cost,
    bound: result.cost - (result.objective - result.bound),
  });
}

/** What was planned as a part of the slot, as the power in the rest of it; where that is frozen, what holds. */
function actualRow(row: Float64Array, present: Float64Array | undefined, leftOfFirst: number): Float64Array {
  const actual = row.slice();
  actual[0] = leftOfFirst > 0 ? (row[0] ?? 0) / leftOfFirst : (present?.[0] ?? 0);
  return actual;
}
