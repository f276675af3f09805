import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDemoWorld } from '../../../../../src/main/demo/demo-world.ts';
import {
  createFleetFrame,
  createFleetSchedule,
  type FleetFrame,
} from '../../../../../src/main/demo/fleet/fleet-schedule.ts';
import { distanceM } from '../../../../../src/main/demo/streets/local-plane.ts';
import { FASTEST_KMH } from '../../../../../src/main/demo/streets/street-network.ts';

const START_MS = Date.UTC(2026, 5, 9, 4, 10);
const VEHICLES = 60;
const world = createDemoWorld(7, VEHICLES);

function sampleAt(atMs: number, schedule = createFleetSchedule(world)): FleetFrame {
  const frame = createFleetFrame(VEHICLES);
  schedule.sample(frame, atMs, 0, VEHICLES);
  return frame;
}

/** A frame in which only one row is filled; the others stay zero. */
function sampleOne(schedule: ReturnType<typeof createFleetSchedule>, vehicle: number, atMs: number): FleetFrame {
  const frame = createFleetFrame(VEHICLES);
  frame.socPercent.fill(50);
  schedule.sample(frame, atMs, vehicle, vehicle + 1);
  return frame;
}

function expectOneSecondApart(before: FleetFrame, after: FleetFrame): void {
  for (let row = 0; row < VEHICLES; row++) {
    const movedM = distanceM(
      before.latitude[row] ?? 0,
      before.longitude[row] ?? 0,
      after.latitude[row] ?? 0,
      after.longitude[row] ?? 0,
    );
    expect(movedM).toBeLessThan(FASTEST_KMH / 3.6 + 0.5);
    expect(Math.abs((after.socPercent[row] ?? 0) - (before.socPercent[row] ?? 0))).toBeLessThan(0.12);
    expect(Math.abs((after.batteryC[row] ?? 0) - (before.batteryC[row] ?? 0))).toBeLessThan(0.5);
    expect(after.speedKmh[row]).toBeLessThanOrEqual(FASTEST_KMH);
    expect(after.socPercent[row]).toBeGreaterThan(2);
  }
}

describe('the fleet at any instant', () => {
  const schedule = createFleetSchedule(world);
  const instant = fc.integer({ min: START_MS - 5 * 86_400_000, max: START_MS + 200 * 86_400_000 });

  it('never jumps in place, charge or warmth from one second to the next', () => {
    fc.assert(
      fc.property(instant, (atMs) => expectOneSecondApart(sampleAt(atMs, schedule), sampleAt(atMs + 1000, schedule))),
      { numRuns: 60 },
    );
  });

  it('does not jump where one day goes over into the next', () => {
    for (let day = 0; day < 2; day++) {
      for (let minute = 0; minute < 1440; minute += 3) {
        const atMs = START_MS + (day * 1440 + minute) * 60_000;
        for (let row = 0; row < VEHICLES; row += 7) {
          const stage = schedule.stageAt(row, atMs);
          const next = schedule.stageAt(row, stage.endMs);
          expect(next.startMs).toBe(stage.endMs);
          expect(next.socStart).toBeCloseTo(stage.socEnd, 6);
        }
      }
    }
  });

  it('is the same in whatever order it is asked', () => {
    fc.assert(
      fc.property(instant, instant, (first, second) => {
        const used = createFleetSchedule(world);
        sampleAt(second, used);
        expect(sampleAt(first, used)).toEqual(sampleAt(first));
      }),
      { numRuns: 10 },
    );
  });

  it('stays whole over the changes of summer time', () => {
    for (const change of [Date.UTC(2026, 9, 25, 1), Date.UTC(2027, 2, 28, 1)]) {
      for (let minutes = -180; minutes <= 1500; minutes += 20) {
        const atMs = change + minutes * 60_000;
        expectOneSecondApart(sampleAt(atMs - 500, schedule), sampleAt(atMs + 500, schedule));
      }
    }
  });

  it('is busy when the demo opens', () => {
    const large = createDemoWorld(7, 200);
    const frame = createFleetFrame(200);
    createFleetSchedule(large).sample(frame, START_MS, 0, 200);
    const share = (activity: number): number => frame.activity.filter((each) => each === activity).length / 200;
    expect(share(0)).toBeGreaterThan(0.45);
    expect(share(3)).toBeGreaterThan(0.14);
  });

  it('never puts two vehicles on one cable', () => {
    const large = createDemoWorld(7, 200);
    const plan = createFleetSchedule(large);
    for (let minutes = 0; minutes < 1440; minutes += 10) {
      const taken = new Set<number>();
      for (let row = 0; row < 200; row++) {
        const stage = plan.stageAt(row, START_MS + minutes * 60_000);
        if (stage.evse < 0) continue;
        expect(taken.has(stage.evse)).toBe(false);
        taken.add(stage.evse);
      }
    }
  });
});

describe('interventions', () => {
  it('leave the past as it was and the future without jumps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: VEHICLES - 1 }),
        fc.integer({ min: 0, max: 86_400_000 }),
        (vehicle, afterMs) => {
          const plain = createFleetSchedule(world);
          const touched = createFleetSchedule(world);
          const atMs = START_MS + afterMs;
          const stage = plain.stageAt(vehicle, atMs);
          if (stage.route) return;
          if (stage.activity === 'CHARGING') touched.intervene({ kind: 'stop', commandId: 'c', vehicle, atMs });
          else {
            const evse = world.charging.bayOf[vehicle]?.index ?? 0;
            touched.intervene({ kind: 'start', commandId: 'c', vehicle, evse, atMs, untilMs: Infinity });
          }
          for (const minutes of [-900, -60, -1]) {
            const pastMs = atMs + minutes * 60_000;
            expect(touched.stageAt(vehicle, pastMs).startMs).toBe(plain.stageAt(vehicle, pastMs).startMs);
            const [was, is] = [sampleOne(plain, vehicle, pastMs), sampleOne(touched, vehicle, pastMs)];
            // A straight line that is cut may differ from the whole one in the last bit, far below the wire's precision.
            for (const column of Object.keys(was) as (keyof FleetFrame)[]) {
              expect(is[column][vehicle]).toBeCloseTo(was[column][vehicle] ?? Number.NaN, 9);
            }
          }
          for (let minutes = 0; minutes < 2 * 1440; minutes += 13) {
            const each = touched.stageAt(vehicle, atMs + minutes * 60_000);
            const before = sampleOne(touched, vehicle, each.endMs - 500);
            const after = sampleOne(touched, vehicle, each.endMs + 500);
            expectOneSecondApart(before, after);
            expect(touched.stageAt(vehicle, each.endMs).socStart).toBeCloseTo(each.socEnd, 6);
          }
        },
      ),
      { numRuns: 20 },
    );
  }, 30_000);

  it('send a van to what was reserved for it and let it go on when the reservation is cancelled, neither before its time', () => {
    const evse = world.charging.evses.find(
      (each) => each.owner < 0 && world.charging.locations[each.location]?.depot === 0,
    );
    const vehicle = world.roster.find(
      (each) => each.depot === 0 && each.model.class === 'van' && each.shift === 'early',
    );
    if (!evse || !vehicle) throw new Error('The demo has no van or no public charge point.');
    const common = { commandId: 'c', vehicle: vehicle.index, evse: evse.index };
    const atMs = START_MS + 600_000;
    const untilMs = atMs + 3 * 3_600_000;
    const sent = createFleetSchedule(world);
    sent.intervene({ ...common, kind: 'go', atMs, untilMs });
    const awayM = (schedule: typeof sent, ms: number): number => {
      const frame = sampleOne(schedule, vehicle.index, ms);
      const [latitude = 0, longitude = 0] = [frame.latitude[vehicle.index], frame.longitude[vehicle.index]];
      return distanceM(latitude, longitude, evse.latitude, evse.longitude);
    };
    const minutes = Array.from({ length: 180 }, (_, index) => atMs + index * 60_000);
    const arrivedMs = minutes.find((ms) => awayM(sent, ms) < 30);
    expect(arrivedMs).toBeDefined();
    expect(minutes.filter((ms) => ms > (arrivedMs ?? 0)).every((ms) => awayM(sent, ms) < 30)).toBe(true);

    const cancelled = createFleetSchedule(world);
    cancelled.intervene({ ...common, kind: 'go', atMs, untilMs });
    const stayMs = (arrivedMs ?? 0) + 300_000;
    cancelled.intervene({ ...common, kind: 'stay', atMs: stayMs });
    expect(awayM(cancelled, stayMs - 1000)).toBe(awayM(sent, stayMs - 1000));
    expect(awayM(cancelled, stayMs + 1_200_000)).toBeGreaterThan(100);

    const never = createFleetSchedule(world);
    never.intervene({ ...common, kind: 'go', atMs, untilMs });
    never.intervene({ ...common, kind: 'stay', atMs: atMs + 1 });
    expect(minutes.every((ms) => awayM(never, ms) === awayM(createFleetSchedule(world), ms))).toBe(true);
  });
});
