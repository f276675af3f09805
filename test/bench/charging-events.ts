/**
 * One event in a planned day: a vehicle needs less, leaves earlier or comes later, and the plan is made anew from the one before. Measured are the time
 * and how many quarter hours of how many vehicles move, against HiGHS on the same case, and against our own plan from nothing.
 */
import { loadLinearEngine } from '../../src/main/charging/linear/linear-engine.ts';
import { planLinear } from '../../src/main/charging/linear/plan-linear.ts';
import type { PlanCase, PlanVehicle } from '../../src/shared/domain/charging/plan-case.ts';
import { planCharging, type ChargingPlan } from '../../src/shared/domain/charging/plan-charging.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { BenchTable } from './bench-table.ts';
import { depotDay, REGIMES, SLOTS, type Regime } from './charging-day.ts';
import { median, percentile } from './figures.ts';

const SIZES = [50, 200, 500, 1000];
const EVENTS = 60;
const WARM_UPS = 10;
const PEER_EVENTS = 5;
const MOST_MS = 15;
const MOST_CELLS = 50;

export async function benchChargingEvents(table: BenchTable): Promise<void> {
  table.section(`one event in a planned day of ${SLOTS} quarter hours, ${EVENTS} events each`);
  table.machine();
  const engine = await loadLinearEngine();
  for (const regime of REGIMES)
    for (const vehicles of SIZES)
      benchOne(table, regime, vehicles, (day) => {
        const solved = planLinear(day, engine);
        if (!solved.ok) throw new Error(solved.message);
        return solved.value;
      });
  engine.dispose();
}

type Peer = (day: PlanCase) => Pick<ChargingPlan, 'powerKw' | 'objective'>;

function benchOne(table: BenchTable, regime: Regime, vehicles: number, peer: Peer): void {
  const random = seededRandom(vehicles);
  let day = depotDay(vehicles, regime, vehicles);
  let plan = planCharging(day);
  const took: number[] = [];
  const cells: number[] = [];
  const coldCells: number[] = [];
  const peerTook: number[] = [];
  const peerCells: number[] = [];
  for (let event = -WARM_UPS; event < EVENTS; event++) {
    const chosen = Math.floor(random() * vehicles);
    const kind = (event + WARM_UPS) % 3;
    const laterBy = kind === 2 ? 2 : 0;
    day = { ...day, vehicles: day.vehicles.map((each, at) => (at === chosen ? disturb(each, kind) : each)) };
    const before = plan.powerKw.map((row, at) => (at === chosen ? row.subarray(laterBy) : row));
    const started = performance.now();
    plan = planCharging(day, before);
    const ms = performance.now() - started;
    if (event < 0) continue;
    took.push(ms);
    cells.push(cellsBetween(before, plan.powerKw));
    if (event >= PEER_EVENTS) continue;
    coldCells.push(cellsBetween(before, planCharging(day).powerKw));
    const asked = performance.now();
    const other = peer(day);
    peerTook.push(performance.now() - asked);
    peerCells.push(cellsBetween(before, other.powerKw));
    if (Math.abs(other.objective - plan.objective) > 1e-9 * plan.objective)
      throw new Error(`${vehicles} vehicles, ${regime.name}: ${plan.objective} against ${other.objective}.`);
  }
  const what = `${vehicles} vehicles, ${regime.name}`;
  const detail = `median ${median(took).toFixed(1)} ms; HiGHS from nothing ${median(peerTook).toFixed(1)} ms`;
  table.atMost(`${what}, 95th percentile`, percentile(took, 95), MOST_MS, 'ms', detail);
  const others = `from nothing ${median(coldCells)}, HiGHS ${median(peerCells)}`;
  table.atMost('  quarter hours that move, median', median(cells), MOST_CELLS, '', others);
}

function disturb(each: PlanVehicle, kind: number): PlanVehicle {
  if (kind === 0) return { ...each, needKwh: each.needKwh * 0.8 };
  if (kind === 1) return { ...each, maxKw: each.maxKw.slice(0, Math.max(4, each.maxKw.length - 4)) };
  return { ...each, fromSlot: each.fromSlot + 2, maxKw: each.maxKw.slice(2) };
}

function cellsBetween(before: readonly ArrayLike<number>[], after: readonly ArrayLike<number>[]): number {
  let cells = 0;
  after.forEach((row, at) => {
    const was = before[at];
    for (let slot = 0; slot < Math.max(row.length, was?.length ?? 0); slot++)
      if (Math.abs((row[slot] ?? 0) - (was?.[slot] ?? 0)) > 1e-6) cells++;
  });
  return cells;
}
