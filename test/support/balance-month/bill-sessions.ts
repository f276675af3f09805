/** What the charge points' operator bills for a month: each visit as a session by the charge point's own meter. */
import type { BilledEnergy } from '../../../src/shared/domain/metering/balance/balance.ts';
import { energyWh } from '../../../src/shared/kernel/quantity.ts';
import { seededRandom } from '../seeded-random.ts';
import type { DepotMonth } from './depot-power.ts';
import { MONTH_BEGINS_MS } from './read-meters.ts';

/** Fast chargers bill what leaves them as direct current. */
const EFFICIENCY = { fast: 0.945, slow: 0.995 } as const;

export function billMonth(month: DepotMonth, seed: number): BilledEnergy[] {
  const random = seededRandom(seed ^ 0xb111);
  const errorOf = new Map<string, number>();
  return month.visits.map(({ charger, beginS, endS }, index) => {
    const error = errorOf.get(charger) ?? 0.012 * (2 * random() - 1);
    errorOf.set(charger, error);
    const isFast = ['charger-1', 'charger-2', 'charger-4'].includes(charger);
    const wh = month.energyWh(charger, endS) - month.energyWh(charger, beginS);
    return {
      evseKey: `LOC-1/${charger.toUpperCase()}`,
      sessionId: `S-${index + 1}`,
      beginMs: MONTH_BEGINS_MS + (beginS - 20) * 1000,
      endMs: MONTH_BEGINS_MS + Math.round(endS + 240 * random()) * 1000,
      energyWh: energyWh(Math.round(wh * (1 + error) * (isFast ? EFFICIENCY.fast : EFFICIENCY.slow))),
      isRunning: false,
    };
  });
}
