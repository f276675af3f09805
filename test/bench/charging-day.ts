/** The days that the planner is measured on. */
import type { PlanCase } from '../../src/shared/domain/charging/plan-case.ts';
import { seededRandom } from '../support/seeded-random.ts';

export const SLOTS = 96;

export type Regime = {
  readonly name: string;
  readonly priceAt: (slot: number, random: () => number) => number;
  readonly demandPrice: number;
  /** How many times faster than the peer, where that is promised. */
  readonly aim?: number;
  /** For 1 000 vehicles. */
  readonly mostMs: number;
};

const timeOfUse = (slot: number): number => (slot < 24 || slot >= 88 ? 0.12 : slot >= 64 && slot < 80 ? 0.41 : 0.24);
export const TIME_OF_USE: Regime = {
  name: 'time of use',
  priceAt: timeOfUse,
  demandPrice: 0,
  aim: 10,
  mostMs: 40,
};

export const REGIMES: readonly Regime[] = [
  TIME_OF_USE,
  { name: 'time of use and a demand charge', priceAt: timeOfUse, demandPrice: 9, mostMs: 120 },
  {
    name: '96 prices',
    priceAt: (_, random) => Math.round(random() * 40_000) / 100_000,
    demandPrice: 0,
    mostMs: 120,
  },
];

/** Vehicles come home in the evening and leave in the morning; the site can give them about what they need. */
export function depotDay(
  vehicles: number,
  { priceAt, demandPrice }: Pick<Regime, 'priceAt' | 'demandPrice'>,
  seed: number,
): PlanCase {
  const random = seededRandom(seed);
  const slots = Array.from({ length: SLOTS }, (_, slot) => ({
    importPrice: priceAt(slot, random),
    exportPrice: 0,
    importLimitKw: vehicles * 5,
    loadKw: vehicles * (0.3 + 0.3 * random()),
    pvKw: 0,
  }));
  return {
    slotHours: 0.25,
    slots,
    demand: { pricePerKw: demandPrice, peakSoFarKw: vehicles },
    feeders: [],
    vehicles: Array.from({ length: vehicles }, (_, at) => {
      const fromSlot = Math.floor(random() * 32);
      const length = Math.min(SLOTS - fromSlot, 24 + Math.floor(random() * 40));
      const kw = random() < 0.7 ? 11 : 22;
      return {
        id: `V${String(at).padStart(4, '0')}`,
        needKwh: Math.round(Math.min(length * kw * 0.25, 10 + random() * 60) * 10) / 10,
        fromSlot,
        maxKw: Array.from({ length }, () => kw),
        feeder: undefined,
        offers: [],
        missingPrice: 1000,
      };
    }),
  };
}
