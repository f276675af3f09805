/**
 * What the charge points of a depot's own bays take, whoever is plugged in there. Invariant: the energy of a stretch is
 * what the sessions are metered with plus the loss on the way; it follows from the plan's
 * stages and so needs no small steps, at any speed of the clock.
 */
import { AC_EFFICIENCY, DC_EFFICIENCY, powerShare } from '../fleet/battery-model.ts';
import type { FleetSchedule } from '../fleet/fleet-schedule.ts';
import { stageSoc, type Stage } from '../fleet/vehicle-stage.ts';
import type { DemoWorld } from '../demo-world.ts';
import { DEMO_DEPOTS } from '../demo-depots.ts';

/** Lost between the feeder's meter and the charge points' own. */
const CABLE_LOSS = 0.02;

export type YardStretch = {
  /** At the end of the stretch. */
  powerW: number;
  energyWh: number;
};

/** One for each depot. */
export function measureYards(world: DemoWorld, schedule: FleetSchedule, fromMs: number, toMs: number): YardStretch[] {
  const yards = DEMO_DEPOTS.map((): YardStretch => ({ powerW: 0, energyWh: 0 }));
  for (let vehicle = 0; vehicle < world.roster.length; vehicle++) {
    const last = schedule.stageAt(vehicle, toMs);
    addStage(world, yards, vehicle, last, fromMs, toMs, true);
    // Mostly the last stage is the whole stretch. What came before it is looked up only where it is not.
    for (let atMs = fromMs; atMs < last.startMs;) {
      const stage = schedule.stageAt(vehicle, atMs);
      const endMs = Math.min(Math.max(stage.endMs, atMs + 1), last.startMs);
      addStage(world, yards, vehicle, stage, atMs, endMs, false);
      atMs = endMs;
    }
  }
  return yards;
}

function addStage(
  world: DemoWorld,
  yards: readonly YardStretch[],
  vehicle: number,
  stage: Stage,
  fromMs: number,
  toMs: number,
  isLast: boolean,
): void {
  const evse = stage.activity === 'CHARGING' ? world.charging.evses[stage.evse] : undefined;
  const location = evse ? world.charging.locations[evse.location] : undefined;
  const yard = location?.isDepot ? yards[location.depot] : undefined;
  if (!evse || !yard) return;
  const capacityWh = (world.roster[vehicle]?.model.capacityKwh ?? 0) * 1000;
  const drawnWh = (capacityWh / (evse.dc ? DC_EFFICIENCY : AC_EFFICIENCY)) * (1 + CABLE_LOSS);
  const socEnd = stageSoc(stage, toMs);
  yard.energyWh += drawnWh * (socEnd - stageSoc(stage, Math.max(fromMs, stage.startMs)));
  if (isLast) yard.powerW += drawnWh * stage.rate * 3600 * powerShare(socEnd);
}
