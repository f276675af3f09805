/**
 * A depot's day planned from nothing: 96 quarter hours, 50 to 1 000 vehicles, three kinds of prices. The peer is HiGHS, a general LP solver
 * (WebAssembly), on the same case in the same run; both must come to the same cost, and the plan carries its own proof.
 */
import { loadLinearEngine, type LinearEngine } from '../../src/main/charging/linear/linear-engine.ts';
import { planLinear } from '../../src/main/charging/linear/plan-linear.ts';
import type { PlanCase } from '../../src/shared/domain/charging/plan-case.ts';
import { planCharging } from '../../src/shared/domain/charging/plan-charging.ts';
import type { BenchTable } from './bench-table.ts';
import { depotDay, REGIMES, SLOTS, TIME_OF_USE, type Regime } from './charging-day.ts';
import { median } from './figures.ts';

const SIZES = [50, 200, 500, 1000];
const ROUNDS = 7;
/** The console plans once when it starts, so that no first plan waits for its compiler; the peer is warmed up likewise. */
const WARM_UPS = 3;
const DEPOTS = 20;
const FLEET = 10_000;
const CLOSE = 1e-9;

function timed(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

export async function benchChargingPlans(table: BenchTable): Promise<void> {
  table.section(`charging plans from nothing, ${SLOTS} quarter hours, median of ${ROUNDS}`);
  table.machine();
  const asItComes = await loadLinearEngine({ presolve: true });
  const bare = await loadLinearEngine({ presolve: false });
  for (const regime of REGIMES) for (const vehicles of SIZES) benchOne(table, regime, vehicles, { asItComes, bare });
  asItComes.dispose();
  bare.dispose();
  const days = Array.from({ length: DEPOTS }, (_, depot) => depotDay(FLEET / DEPOTS, TIME_OF_USE, depot + 1));
  const all = Array.from({ length: ROUNDS }, () => timed(() => days.forEach((day) => void planCharging(day))));
  table.atMost(`${FLEET} vehicles in ${DEPOTS} depots, time of use`, median(all), 250, 'ms');
}

/** HiGHS with its own settings, and without its presolve, which on these cases costs more than it saves. */
type Engines = { readonly asItComes: LinearEngine; readonly bare: LinearEngine };

function costBy(engine: LinearEngine, day: PlanCase): number {
  const solved = planLinear(day, engine);
  if (!solved.ok) throw new Error(solved.message);
  return solved.value.objective;
}

function benchOne(table: BenchTable, regime: Regime, vehicles: number, engines: Engines): void {
  const day = depotDay(vehicles, regime, vehicles);
  const ours: number[] = [];
  const theirs: number[] = [];
  const bare: number[] = [];
  let objective = 0;
  let bound = 0;
  let peer = 0;
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    if (round === 0) ours.length = theirs.length = bare.length = 0;
    ours.push(timed(() => ({ objective, bound } = planCharging(day))));
    theirs.push(timed(() => (peer = costBy(engines.asItComes, day))));
    bare.push(timed(() => void costBy(engines.bare, day)));
  }
  const difference = Math.abs(objective - peer) / objective;
  const gap = Math.abs(objective - bound) / objective;
  if (difference > CLOSE || gap > CLOSE)
    throw new Error(`${vehicles} vehicles, ${regime.name}: ${objective} against ${peer}, bound ${bound}.`);
  const [own, other] = [median(ours), median(theirs)];
  const what = `${vehicles} vehicles, ${regime.name}`;
  const detail = `${own.toFixed(1)} ms against ${other.toFixed(1)} ms (${median(bare).toFixed(1)} ms without its presolve); costs differ by ${difference.toExponential(0)}, gap ${gap.toExponential(0)}`;
  if (regime.aim === undefined) table.say(`${what}, times faster than HiGHS`, `${(other / own).toFixed(1)}, ${detail}`);
  else table.ratio(`${what}, times faster than HiGHS`, other / own, regime.aim, detail);
  if (vehicles === 1000) table.atMost(what, own, regime.mostMs, 'ms');
}
