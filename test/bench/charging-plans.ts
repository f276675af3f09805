/**
 * A depot's day planned from nothing: 96 quarter hours, 50 to 1 000 vehicles, three kinds of prices. The peer is HiGHS, a general LP solver
 * (WebAssembly), on the same case in the same run; both must come to the same cost, and the plan carries its own proof.
 */
import { loadLinearEngine, type LinearEngine } from '../../src/main/charging/linear/linear-engine.ts';
import { planLinear } from '../../src/main/charging/linear/plan-linear.ts';
import type { PlanCase } from '../../src/shared/domain/charging/plan-case.ts';
import { planCharging } from '../../src/shared/domain/charging/plan-charging.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { BenchTable } from './bench-table.ts';
import { median } from './figures.ts';

const SLOTS = 96;
const SIZES = [50, 200, 500, 1000];
const ROUNDS = 7;
/** The console plans once when it starts, so that no first plan waits for its compiler; the peer is warmed up likewise. */
const WARM_UPS = 3;
const DEPOTS = 20;
const FLEET = 10_000;
const FASTER = 10;
const CLOSE = 1e-9;

type Regime = {
  readonly name: string;
  readonly priceAt: (slot: number, random: () => number) => number;
  readonly demandPrice: number;
  /** How many times faster than the peer, where that is promised. */
  readonly aim?: number;
  /** For 1 000 vehicles. */
  readonly mostMs: number;
};

const timeOfUse = (slot: number): number => (slot < 24 || slot >= 88 ? 0.12 : slot >= 64 && slot < 80 ? 0.41 : 0.24);
const REGIMES: readonly Regime[] = [
  { name: 'time of use', priceAt: timeOfUse, demandPrice: 0, aim: FASTER, mostMs: 40 },
  { name: 'time of use and a demand charge', priceAt: timeOfUse, demandPrice: 9, mostMs: 120 },
  {
    name: '96 prices',
    priceAt: (_, random) => Math.round(random() * 40_000) / 100_000,
    demandPrice: 0,
    mostMs: 120,
  },
];

/** Vehicles come home in the evening and leave in the morning; the site can give them about what they need. */
function depotDay(
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

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

export async function benchChargingPlans(table: BenchTable): Promise<void> {
  table.section(`charging plans from nothing, ${SLOTS} quarter hours, median of ${ROUNDS}`);
  table.machine();
  const engine = await loadLinearEngine();
  for (const regime of REGIMES) for (const vehicles of SIZES) benchOne(table, regime, vehicles, engine);
  engine.dispose();
  const days = Array.from({ length: DEPOTS }, (_, depot) =>
    depotDay(FLEET / DEPOTS, REGIMES[0] ?? { priceAt: timeOfUse, demandPrice: 0 }, depot + 1),
  );
  const all = Array.from({ length: ROUNDS }, () => timed(() => days.forEach((day) => void planCharging(day))));
  table.atMost(`${FLEET} vehicles in ${DEPOTS} depots, time of use`, median(all), 250, 'ms');
}

function benchOne(table: BenchTable, regime: Regime, vehicles: number, engine: LinearEngine): void {
  const day = depotDay(vehicles, regime, vehicles);
  const ours: number[] = [];
  const theirs: number[] = [];
  let objective = 0;
  let bound = 0;
  let peer = 0;
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    if (round === 0) ours.length = theirs.length = 0;
    ours.push(timed(() => ({ objective, bound } = planCharging(day))));
    theirs.push(
      timed(() => {
        const solved = planLinear(day, engine);
        if (!solved.ok) throw new Error(solved.message);
        peer = solved.value.objective;
      }),
    );
  }
  const difference = Math.abs(objective - peer) / objective;
  const gap = Math.abs(objective - bound) / objective;
  if (difference > CLOSE || gap > CLOSE)
    throw new Error(`${vehicles} vehicles, ${regime.name}: ${objective} against ${peer}, bound ${bound}.`);
  const [own, other] = [median(ours), median(theirs)];
  const what = `${vehicles} vehicles, ${regime.name}`;
  const detail = `${own.toFixed(1)} ms against ${other.toFixed(1)} ms; costs differ by ${difference.toExponential(0)}, gap ${gap.toExponential(0)}`;
  if (regime.aim === undefined) table.say(`${what}, times faster than HiGHS`, `${(other / own).toFixed(1)}, ${detail}`);
  else table.ratio(`${what}, times faster than HiGHS`, other / own, regime.aim, detail);
  if (vehicles === 1000) table.atMost(what, own, regime.mostMs, 'ms');
}
