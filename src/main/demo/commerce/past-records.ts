/**
 * What was billed in the days before the demo begins, from the same plan the fleet drives by: so that the lists of records are as full as
 * those of a fleet that has been at work. Sessions of that time are not told; only their records are.
 */
import { departureSoc } from '../fleet/fleet-roster.ts';
import { planDay } from '../fleet/day-plan.ts';
import { AC_EFFICIENCY, DC_EFFICIENCY } from '../fleet/battery-model.ts';
import { createInterventionBook } from '../fleet/intervention.ts';
import { stageSoc, type Stage } from '../fleet/vehicle-stage.ts';
import type { DemoWorld } from '../demo-world.ts';
import type { LogEntry } from '../log/log-entries.ts';
import type { ToldSession } from './charge-detail.ts';
import { recordsOf } from './record-office.ts';

const PAST_MS = 3 * 86_400_000;
/** A larger fleet is shown by what its first vehicles did: a start must not take longer for it. */
const MOST_VEHICLES = 240;
const TOLD_EVERY_MS = 600_000;

export function pastRecords(world: DemoWorld, atMs: number): LogEntry[] {
  const sessions = world.roster
    .slice(0, MOST_VEHICLES)
    .flatMap((vehicle) => pastStages(world, vehicle.index, atMs).map((stage) => ({ vehicle: vehicle.index, stage })))
    .toSorted((a, b) => a.stage.endMs - b.stage.endMs);
  const pages = new Map<number, number>();
  return sessions
    .flatMap(({ vehicle, stage }) => {
      const page = (pages.get(stage.evse) ?? 0) + 1;
      pages.set(stage.evse, page);
      const session = toldSession(world, vehicle, stage, page);
      return session === undefined ? [] : recordsOf(world, session);
    })
    .filter(({ dueMs }) => dueMs < atMs)
    .toSorted((a, b) => a.dueMs - b.dueMs)
    .map(({ entry }) => entry);
}

function pastStages(world: DemoWorld, index: number, atMs: number): Stage[] {
  const vehicle = world.roster[index];
  const days = world.days[vehicle?.depot ?? 0];
  if (!vehicle || !days) return [];
  const today = days.dayOf(atMs);
  const book = createInterventionBook((vehicle) => world.roster[vehicle]?.depot ?? 0);
  return [4, 3, 2, 1, 0]
    .map((ago) => today - ago)
    .flatMap((day) => planDay(world, book, vehicle, day, departureSoc(world.seed, index, day)).stages)
    .filter(({ activity, startMs, endMs }) => activity === 'CHARGING' && startMs > atMs - PAST_MS && endMs < atMs);
}

function toldSession(world: DemoWorld, index: number, stage: Stage, page: number): ToldSession | undefined {
  const vehicle = world.roster[index];
  const evse = world.charging.evses[stage.evse];
  if (!vehicle || !evse) return undefined;
  const efficiency = evse.dc ? DC_EFFICIENCY : AC_EFFICIENCY;
  const kwhAt = (ms: number): number =>
    Math.round((((stageSoc(stage, ms) - stage.socStart) * vehicle.model.capacityKwh) / efficiency) * 1000) / 1000;
  const times: number[] = [];
  for (let ms = stage.startMs; ms < stage.endMs; ms += TOLD_EVERY_MS) times.push(ms);
  return {
    id: `${vehicle.id}-${stage.startMs.toString(36)}`.toUpperCase(),
    vehicleId: vehicle.id,
    evse,
    startMs: stage.startMs,
    endMs: stage.endMs,
    commandId: undefined,
    reservedMs: undefined,
    page,
    points: [...times, stage.endMs].map((ms) => ({ atMs: ms, kwh: kwhAt(ms) })),
  };
}
