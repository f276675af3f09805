/** Random sites to plan, from a seed: sizes, three price regimes, limits under limits, surplus, offers, and cases that cannot be met. */
import type { PlanCase } from '../../../src/shared/domain/charging/plan-case.ts';
import { seededRandom } from '../seeded-random.ts';

const POWERS_KW = [7.4, 11, 22, 50];
const BANDS = [4.2, 6.1, 8.8];
const QUARTER_H = 0.25;

export type CaseSize = { readonly vehicles: number; readonly slots: number };

export function randomCase(seed: number, size?: CaseSize): PlanCase {
  const random = seededRandom(seed);
  const between = (from: number, to: number) => from + (to - from) * random();
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const count = size?.vehicles ?? 1 + Math.floor(random() * 40);
  const slotCount = size?.slots ?? 4 + Math.floor(random() * 50);
  const regime = pick(['flat', 'bands', 'hourly']);
  const hasSurplus = random() < 0.4;
  // From sites that can never give what is wanted to such as always can.
  const generosity = pick([1, 4, 16]);
  const feederCount = random() < 0.5 ? 0 : 1 + Math.floor(random() * 3);
  const priceAt = (slot: number): number => {
    if (regime === 'flat') return 6;
    if (regime === 'bands') return BANDS[Math.floor((slot / slotCount) * 6) % 3] ?? 6;
    return Math.round(between(-1, 13) * 1000) / 1000;
  };
  const slots = Array.from({ length: slotCount }, (_, slot) => {
    const importPrice = priceAt(slot);
    return {
      importPrice,
      exportPrice: Math.min(importPrice, hasSurplus ? 2 : 0),
      importLimitKw: count * between(1.5, 3.5) * generosity,
      loadKw: count * random(),
      pvKw: hasSurplus ? Math.max(0, count * between(-2, 2)) : 0,
    };
  });
  const feeders = Array.from({ length: feederCount }, (_, at) => ({
    id: `F${at}`,
    parent: at > 0 && random() < 0.5 ? `F${at - 1}` : undefined,
    limitKw: slots.map(() => (count / feederCount) * between(1, 5) * generosity),
  }));
  const vehicles = Array.from({ length: count }, (_, at) => {
    const fromSlot = Math.floor(random() * slotCount * 0.6);
    const length = 1 + Math.floor(random() * (slotCount - fromSlot));
    const kw = pick(POWERS_KW);
    return {
      id: `V${at}`,
      needKwh: Math.round(kw * length * QUARTER_H * random() * (random() < 0.1 ? 20 : generosity > 1 ? 5 : 9)) / 10,
      fromSlot,
      maxKw: Array.from({ length }, () => (random() < 0.05 ? 0 : kw)),
      feeder: feederCount === 0 || random() < 0.2 ? undefined : `F${Math.floor(random() * feederCount)}`,
      offers: random() < 0.3 ? [{ kwh: between(0, 10), pricePerKwh: between(9, 19) }] : [],
      missingPrice: 2000,
    };
  });
  const demand = { pricePerKw: random() < 0.4 ? 0 : between(1, 150), peakSoFarKw: count * random() };
  return { slotHours: QUARTER_H, slots, demand, feeders, vehicles };
}
