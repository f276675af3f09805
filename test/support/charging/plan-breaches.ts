/** What of a plan does not hold: a limit, a need, its proof or its explanation; each as a sentence. Empty for a plan that is right. */
import type { PlanCase } from '../../../src/shared/domain/charging/plan-case.ts';
import type { ChargingPlan } from '../../../src/shared/domain/charging/plan-charging.ts';

const CLOSE = 1e-9;

export function breachesOf(asked: PlanCase, plan: ChargingPlan): string[] {
  const breaches: string[] = [];
  const holds = (isSo: boolean, rule: string): unknown => isSo || breaches.push(rule);
  const gap = Math.abs(plan.objective - plan.bound) / Math.max(1, Math.abs(plan.objective));
  holds(gap <= CLOSE, `the gap is ${gap}`);
  const siteKw = asked.slots.map(({ loadKw, pvKw }) => loadKw - pvKw);
  const feederKw = new Map(asked.feeders.map(({ id }) => [id, asked.slots.map(() => 0)]));
  const parentOf = new Map(asked.feeders.map(({ id, parent }) => [id, parent]));
  asked.vehicles.forEach((vehicle, at) => {
    let kwh = (plan.bought[at] ?? []).reduce((sum, bought) => sum + bought, plan.missingKwh[at] ?? 0);
    plan.powerKw[at]?.forEach((kw, step) => {
      holds(kw >= 0 && kw <= (vehicle.maxKw[step] ?? 0), `${vehicle.id} is given ${kw} kW`);
      kwh += kw * asked.slotHours;
      const when = vehicle.fromSlot + step;
      siteKw[when] = (siteKw[when] ?? 0) + kw;
      for (let above = vehicle.feeder; above !== undefined; above = parentOf.get(above)) {
        const row = feederKw.get(above) ?? [];
        row[when] = (row[when] ?? 0) + kw;
      }
    });
    holds(Math.abs(kwh - vehicle.needKwh) < CLOSE, `${vehicle.id} gets ${kwh} of ${vehicle.needKwh} kWh`);
  });
  for (const { id, limitKw } of asked.feeders)
    feederKw.get(id)?.forEach((kw, at) => holds(kw <= (limitKw[at] ?? 0) + CLOSE, `${id} carries ${kw} kW in ${at}`));
  asked.slots.forEach(({ loadKw, pvKw, importLimitKw }, at) => {
    const kw = siteKw[at] ?? 0;
    holds(kw <= Math.max(importLimitKw, loadKw - pvKw) + CLOSE, `the site draws ${kw} kW in ${at}`);
    holds(kw <= plan.peakKw + CLOSE, `the peak is not ${plan.peakKw} kW`);
  });
  const reason = plan.missingReason;
  if (reason === undefined)
    holds(
      plan.missingKwh.every((kwh) => kwh === 0),
      'what is missing has no reason',
    );
  else {
    const parts = reason.siteKwh + reason.feederKwh + reason.ownChargerKwh + reason.boughtKwh + reason.missingKwh;
    holds(Math.abs(parts - reason.needKwh) < CLOSE, `${parts} explain ${reason.needKwh} kWh`);
  }
  return breaches;
}
