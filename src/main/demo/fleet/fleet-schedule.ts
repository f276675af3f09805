/**
 * The simulated fleet at any instant: a pure function of seed, vehicle, virtual time and the interventions so far.
 * Invariant: asking for another instant, in any order, never changes an answer; what is cached is only speed.
 */
import { airTemperatureC } from './battery-model.ts';
import { DEMO_DEPOTS } from '../demo-depots.ts';
import { departureMs, planDay, type DayPlan } from './day-plan.ts';
import type { DemoWorld } from '../demo-world.ts';
import { departureSoc } from './fleet-roster.ts';
import { createInterventionBook, type Intervention } from './intervention.ts';
import { ACTIVITIES, sampleStage, stageRate, type Activity, type Stage, type VehicleSample } from './vehicle-stage.ts';

/** States of many vehicles as columns, one row a vehicle. */
export type FleetFrame = {
  readonly latitude: Float64Array;
  readonly longitude: Float64Array;
  readonly speedKmh: Float64Array;
  readonly headingDeg: Float64Array;
  readonly socPercent: Float64Array;
  readonly batteryC: Float64Array;
  /** Position in `ACTIVITIES`. */
  readonly activity: Uint8Array;
};

export type FleetSchedule = {
  /** Fills rows `from` to `to` (excluded) with the states at an instant. */
  readonly sample: (frame: FleetFrame, atMs: number, from: number, to: number) => void;
  readonly stageAt: (vehicle: number, atMs: number) => Stage;
  /** When the vehicle next drives, at or after the instant. */
  readonly nextDriveMs: (vehicle: number, atMs: number) => number;
  /** When the vehicle is next plugged into the EVSE, at or after the instant, within its day; Infinity when not. */
  readonly nextUseMs: (vehicle: number, evse: number, atMs: number) => number;
  readonly intervene: (intervention: Intervention) => void;
  /** Takes back an intervention that turned out to have no effect. */
  readonly withdraw: (intervention: Intervention) => void;
};

export function createFleetFrame(vehicles: number): FleetFrame {
  const column = (): Float64Array => new Float64Array(vehicles);
  return {
    latitude: column(),
    longitude: column(),
    speedKmh: column(),
    headingDeg: column(),
    socPercent: column(),
    batteryC: column(),
    activity: new Uint8Array(vehicles),
  };
}

export function createFleetSchedule(world: DemoWorld): FleetSchedule {
  const book = createInterventionBook((vehicle) => world.roster[vehicle]?.depot ?? 0);
  const plans: (DayPlan | undefined)[] = [];
  const stageIndex = new Int32Array(world.roster.length);
  const out: VehicleSample = { wayM: 0, speedMs: 0, latitude: 0, longitude: 0, headingDeg: 0, soc: 0, warmthC: 0 };

  const planAt = (vehicle: number, atMs: number): DayPlan => {
    const kept = plans[vehicle];
    if (kept && atMs >= kept.startMs && atMs < kept.endMs) return kept;
    const plan = makePlan(world, book, vehicle, atMs);
    plans[vehicle] = plan;
    stageIndex[vehicle] = 0;
    return plan;
  };
  const stageAt = (vehicle: number, atMs: number): Stage => {
    const { stages } = planAt(vehicle, atMs);
    let index = stageIndex[vehicle] ?? 0;
    if ((stages[index]?.startMs ?? Infinity) > atMs) index = 0;
    while (index < stages.length - 1 && atMs >= (stages[index]?.endMs ?? 0)) index++;
    stageIndex[vehicle] = index;
    const stage = stages[index];
    if (!stage) throw new RangeError(`Vehicle ${vehicle} has an empty day.`);
    return stage;
  };
  const firstFrom = (vehicle: number, atMs: number, wanted: (stage: Stage) => boolean): number => {
    const stage = planAt(vehicle, atMs).stages.find((each) => each.endMs > atMs && wanted(each));
    return stage ? Math.max(stage.startMs, atMs) : Infinity;
  };

  return {
    sample: (frame, atMs, from, to) => {
      const air = DEMO_DEPOTS.map((town) =>
        airTemperatureC(town.airMeanC, town.airSwingC, solarHour(town.centre[1], atMs)),
      );
      for (let vehicle = from; vehicle < to; vehicle++) {
        const stage = stageAt(vehicle, atMs);
        sampleStage(stage, atMs, out);
        frame.latitude[vehicle] = out.latitude;
        frame.longitude[vehicle] = out.longitude;
        frame.speedKmh[vehicle] = out.speedMs * 3.6;
        frame.headingDeg[vehicle] = out.headingDeg;
        frame.socPercent[vehicle] = out.soc * 100;
        frame.batteryC[vehicle] = (air[vehicle % air.length] ?? 20) + out.warmthC;
        frame.activity[vehicle] = ACTIVITIES.indexOf(seenActivity(stage, atMs));
      }
    },
    stageAt,
    nextDriveMs: (vehicle, atMs) =>
      Math.min(
        firstFrom(vehicle, atMs, (stage) => stage.route !== null),
        planAt(vehicle, atMs).endMs,
      ),
    nextUseMs: (vehicle, evse, atMs) => firstFrom(vehicle, atMs, (stage) => stage.evse === evse),
    intervene: (intervention) => {
      const depot = world.roster[intervention.vehicle]?.depot ?? 0;
      const steeredFromMs = book.steeredFromMs(depot);
      book.add(intervention);
      forget(intervention);
      // The first word to any bay concerns all of them.
      if (book.steeredFromMs(depot) !== steeredFromMs)
        for (const vehicle of world.roster) if (vehicle.depot === depot) plans[vehicle.index] = undefined;
    },
    withdraw: (intervention) => {
      book.remove(intervention);
      forget(intervention);
    },
  };

  function forget(intervention: Intervention): void {
    plans[intervention.vehicle] = undefined;
    const owner = intervention.kind === 'start' ? (world.charging.evses[intervention.evse]?.owner ?? -1) : -1;
    if (owner >= 0) plans[owner] = undefined;
  }

  function makePlan(of: DemoWorld, overlay: typeof book, index: number, atMs: number): DayPlan {
    const vehicle = of.roster[index];
    const days = vehicle ? of.days[vehicle.depot] : undefined;
    if (!vehicle || !days) throw new RangeError(`There is no vehicle ${index}.`);
    const dayAt = (instantMs: number): number => {
      const local = days.dayOf(instantMs);
      // Jitter can bring a departure at most minutes over midnight, so the neighbours are enough.
      for (const day of [local + 1, local]) if (instantMs >= Math.round(departureMs(of, vehicle, day))) return day;
      return local - 1;
    };
    const day = dayAt(atMs);
    const firstTouchedMs = overlay.ofVehicle(index)[0]?.atMs ?? Infinity;
    const firstTouched = Number.isFinite(firstTouchedMs) ? dayAt(firstTouchedMs) : Infinity;
    // After an intervention the days hang together until the charge is back to what it would have been.
    let soc = departureSoc(of.seed, index, Math.min(day, firstTouched));
    for (let before = firstTouched; before < day; before++) soc = planDay(of, overlay, vehicle, before, soc).endSoc;
    return planDay(of, overlay, vehicle, day, soc);
  }
}

/** A vehicle whose charge point gives nothing reports that it is plugged, whatever session there is. */
function seenActivity(stage: Stage, atMs: number): Activity {
  return stage.steps && stageRate(stage, atMs) <= 0 ? 'PLUGGED' : stage.activity;
}

/** The sun knows no summer time: by the zone's clock the air would jump when the clocks change. */
function solarHour(longitude: number, atMs: number): number {
  return (atMs / 3_600_000 + longitude / 15) % 24;
}
