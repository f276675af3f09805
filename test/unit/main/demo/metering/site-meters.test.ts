import { describe, expect, it } from 'vitest';
import { createDemoWorld } from '../../../../../src/main/demo/demo-world.ts';
import { createFleetFrame, createFleetSchedule } from '../../../../../src/main/demo/fleet/fleet-schedule.ts';
import { meteredBaysOf, type MeteredPart } from '../../../../../src/main/demo/metering/demo-meters.ts';
import { createSiteMeters, type MeterState } from '../../../../../src/main/demo/metering/site-meters.ts';

const VEHICLES = 60;
const START_MS = Date.UTC(2026, 5, 9, 20);
const HOUR_MS = 3_600_000;
const world = createDemoWorld(7, VEHICLES);
const DEPOTS = [0, 1];

const start = (atMs = START_MS, schedule = createFleetSchedule(world)) =>
  createSiteMeters(world, schedule, atMs, undefined);
const PARTS: readonly MeteredPart[] = ['site', 'yard', 'building', 'row', 'other-rows'];
const statesOf = (meters: ReturnType<typeof start>, depot: number): readonly MeterState[] =>
  [...PARTS, ...meteredBaysOf(world, depot).map(({ index }) => index)].map((part) => meters.stateOf(depot, part));
const importsOf = (meters: ReturnType<typeof start>): number[] =>
  DEPOTS.flatMap((depot) => statesOf(meters, depot).map((state) => state.importWh));

/** What the vehicles at their own bays draw, from nothing but their state of charge at two instants. */
function drawnAtBaysW(depot: number, fromMs: number, toMs: number): number {
  const schedule = createFleetSchedule(world);
  const [before, after] = [createFleetFrame(VEHICLES), createFleetFrame(VEHICLES)];
  schedule.sample(before, fromMs, 0, VEHICLES);
  schedule.sample(after, toMs, 0, VEHICLES);
  let energyWh = 0;
  for (const vehicle of world.roster) {
    const { index } = vehicle;
    const bay = world.charging.bayOf[index];
    const isAtBay = bay !== undefined && schedule.stageAt(index, toMs).evse === bay.index;
    if (vehicle.depot !== depot || !isAtBay || after.activity[index] !== 3 || before.activity[index] !== 3) continue;
    const risen = ((after.socPercent[index] ?? 0) - (before.socPercent[index] ?? 0)) / 100;
    energyWh += (risen * vehicle.model.capacityKwh * 1000) / (bay.dc ? 0.95 : 0.9);
  }
  return (energyWh * HOUR_MS) / (toMs - fromMs);
}

describe('the meters of a depot', () => {
  it('show the charging of its own bays with a few per cent of loss, and the site as the sum of its parts', () => {
    const meters = start();
    let most = 0;
    for (let hour = 1; hour <= 24; hour++) {
      const atMs = START_MS + hour * HOUR_MS;
      meters.advance(atMs);
      for (const depot of DEPOTS) {
        const [site, yard, building] = [
          meters.stateOf(depot, 'site'),
          meters.stateOf(depot, 'yard'),
          meters.stateOf(depot, 'building'),
        ] as const;
        const drawnW = drawnAtBaysW(depot, atMs - 500, atMs + 500);
        most = Math.max(most, drawnW);
        // A vehicle that begins or ends in this very second may be counted by one side only.
        expect(Math.abs(yard.powerW - drawnW * 1.012 * 1.006)).toBeLessThanOrEqual(1 + drawnW * 0.001);
        expect(site.powerW).toBeCloseTo((yard.powerW + building.powerW) * 1.006, 3);
      }
    }
    expect(most).toBeGreaterThan(100_000);
  });

  it('add up: a row is its bays with the loss in the cables, the yard is its rows', () => {
    const meters = start();
    for (let hour = 1; hour <= 24; hour++) {
      meters.advance(START_MS + hour * HOUR_MS);
      for (const depot of DEPOTS) {
        const of = (part: MeteredPart) => meters.stateOf(depot, part);
        const baysW = meteredBaysOf(world, depot).reduce((sum, { index }) => sum + of(index).powerW, 0);
        expect(of('row').powerW).toBeCloseTo(baysW * 1.012, 3);
        expect(of('yard').powerW).toBeCloseTo((of('row').powerW + of('other-rows').powerW) * 1.006, 3);
      }
    }
  });

  it('count the integral of the power they show', () => {
    const meters = start();
    const before = DEPOTS.map((depot) => statesOf(meters, depot));
    const summed = DEPOTS.map(() => [0, 0, 0]);
    let last = before;
    for (let atMs = START_MS + 1000; atMs <= START_MS + 3 * HOUR_MS; atMs += 1000) {
      meters.advance(atMs);
      const now = DEPOTS.map((depot) => statesOf(meters, depot));
      for (const depot of DEPOTS) {
        for (const place of [0, 1, 2] as const) {
          const [a, b] = [last[depot]?.[place]?.powerW ?? 0, now[depot]?.[place]?.powerW ?? 0];
          const sums = summed[depot] ?? [];
          sums[place] = (sums[place] ?? 0) + (a + b) / 2 / 3600;
        }
      }
      last = now;
    }
    for (const depot of DEPOTS) {
      for (const place of [0, 1, 2] as const) {
        const counted = (last[depot]?.[place]?.importWh ?? 0) - (before[depot]?.[place]?.importWh ?? 0);
        const expected = summed[depot]?.[place] ?? 0;
        // Charging begins and ends within a second; that is all a sum of seconds can be off.
        expect(Math.abs(counted - expected)).toBeLessThan(20 + expected * 1e-4);
        expect(expected).toBeGreaterThan(1000);
      }
    }
  });

  it('count the same in steps of a second, of half a minute and of an hour, and never fall', () => {
    const endMs = START_MS + 2 * HOUR_MS;
    const runs = [1000, 30_000, HOUR_MS].map((stepMs) => {
      const meters = start();
      let last = importsOf(meters);
      for (let atMs = START_MS; atMs <= endMs; atMs += stepMs) {
        meters.advance(atMs);
        meters.advance(atMs - 10_000);
        const now = importsOf(meters);
        now.forEach((importWh, place) => expect(importWh).toBeGreaterThanOrEqual(last[place] ?? 0));
        last = now;
      }
      return last;
    });
    for (const run of runs) run.forEach((importWh, place) => expect(importWh).toBeCloseTo(runs[0]?.[place] ?? 0, 3));
  });

  it('go on from a checkpoint as if nothing had been', () => {
    const whole = start();
    whole.advance(START_MS + 3 * HOUR_MS);
    const first = start();
    first.advance(START_MS + HOUR_MS);
    const checkpoint: unknown = JSON.parse(JSON.stringify(first.checkpoint()));
    first.advance(START_MS + HOUR_MS + 4000);
    const again = createSiteMeters(
      world,
      createFleetSchedule(world),
      START_MS + HOUR_MS + 5000,
      checkpoint as ReturnType<typeof first.checkpoint>,
    );
    importsOf(again).forEach((importWh, place) =>
      expect(importWh).toBeGreaterThanOrEqual(importsOf(first)[place] ?? 0),
    );
    again.advance(START_MS + 3 * HOUR_MS);
    importsOf(again).forEach((importWh, place) => expect(importWh).toBeCloseTo(importsOf(whole)[place] ?? 0, 3));
  });

  it('follow an operator who ends a charging session', () => {
    const schedule = createFleetSchedule(world);
    const meters = start(START_MS, schedule);
    const atMs = START_MS + 1000;
    const charging = world.roster.find(({ index, depot }) => {
      const stage = schedule.stageAt(index, atMs);
      return depot === 0 && stage.activity === 'CHARGING' && stage.endMs > atMs + 60_000;
    });
    if (!charging) throw new Error('Nobody is charging at that hour.');
    meters.advance(atMs);
    const beforeW = meters.stateOf(0, 'yard').powerW;
    schedule.intervene({ kind: 'stop', commandId: 'x', vehicle: charging.index, atMs: atMs + 500 });
    meters.advance(atMs + 1000);
    expect(meters.stateOf(0, 'yard').powerW).toBeLessThan(beforeW - 5000);
  });

  it('see three phases a little apart, 230 V within a few and 50 Hz', () => {
    const meters = start();
    for (let minute = 0; minute < 120; minute++) {
      meters.advance(START_MS + minute * 61_007);
      for (const depot of DEPOTS) {
        for (const state of statesOf(meters, depot)) {
          expect(state.phases.reduce((sum, phase) => sum + phase.powerW, 0)).toBeCloseTo(state.powerW, 3);
          expect(Math.abs(state.frequencyHz - 50)).toBeLessThanOrEqual(0.05);
          for (const phase of state.phases) {
            expect(Math.abs(phase.voltageV - 230)).toBeLessThanOrEqual(6);
            expect(Math.abs(phase.powerW - state.powerW / 3)).toBeLessThanOrEqual(state.powerW * 0.04);
            expect(phase.currentA * phase.voltageV).toBeGreaterThanOrEqual(phase.powerW);
          }
        }
      }
    }
  });
});
