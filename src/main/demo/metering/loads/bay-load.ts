/**
 * What the charge points of a depot's own bays take, whoever is plugged in there. Invariant: the energy of a stretch is
 * what the sessions are metered with; it follows from the plan's stages and so needs no small steps, at any speed of the
 * clock.
 */
import { AC_EFFICIENCY, DC_EFFICIENCY } from '../../fleet/battery-model.ts';
import type { FleetSchedule } from '../../fleet/fleet-schedule.ts';
import { stageRate, stageSoc, type Stage } from '../../fleet/vehicle-stage.ts';
import type { DemoWorld } from '../../demo-world.ts';

export type BayStretch = {
  /** At the end of the stretch. */
  powerW: number;
  energyWh: number;
};

/** By the EVSE's index; only those that took something. */
export function measureBays(
  world: DemoWorld,
  schedule: FleetSchedule,
  fromMs: number,
  toMs: number,
): ReadonlyMap<number, BayStretch> {
  const bays = new Map<number, BayStretch>();
  for (let vehicle = 0; vehicle < world.roster.length; vehicle++) {
    const last = schedule.stageAt(vehicle, toMs);
    addStage(world, bays, vehicle, last, fromMs, toMs, true);
    // Mostly the last stage is the whole stretch. What came before it is looked up only where it is not.
    for (let atMs = fromMs; atMs < last.startMs;) {
      const stage = schedule.stageAt(vehicle, atMs);
      const endMs = Math.min(Math.max(stage.endMs, atMs + 1), last.startMs);
      addStage(world, bays, vehicle, stage, atMs, endMs, false);
      atMs = endMs;
    }
  }
  return bays;
}

function addStage(
  world: DemoWorld,
  bays: Map<number, BayStretch>,
  vehicle: number,
  stage: Stage,
  fromMs: number,
  toMs: number,
  isLast: boolean,
): void {
  const evse = stage.activity === 'CHARGING' ? world.charging.evses[stage.evse] : undefined;
  if (!evse || world.charging.locations[evse.location]?.isDepot !== true) return;
  const capacityWh = (world.roster[vehicle]?.model.capacityKwh ?? 0) * 1000;
  const drawnWh = capacityWh / (evse.dc ? DC_EFFICIENCY : AC_EFFICIENCY);
  const socEnd = stageSoc(stage, toMs);
  const bay = bays.get(evse.index) ?? { powerW: 0, energyWh: 0 };
  bay.energyWh += drawnWh * (socEnd - stageSoc(stage, Math.max(fromMs, stage.startMs)));
  if (isLast) bay.powerW += drawnWh * stageRate(stage, toMs) * 3600;
  bays.set(evse.index, bay);
}
