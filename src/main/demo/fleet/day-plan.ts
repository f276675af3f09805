/**
 * A vehicle's day, from one departure to the next: where it goes, when it rests, where and when it charges.
 * Invariant: left alone, the day ends with exactly the state of charge the next one begins with, so any day can be
 * planned without planning the ones before.
 */
import { timeToChargeS } from './battery-model.ts';
import type { CityMap } from '../streets/city-map.ts';
import type { DemoEvse } from './charging-network.ts';
import type { DemoWorld } from '../demo-world.ts';
import { departureSoc, type FleetVehicle } from './fleet-roster.ts';
import type { InterventionBook } from './intervention.ts';
import { hashUnit, randomFor } from '../seeded-random.ts';
import { createStageBuilder, type StageBuilder } from './stage-builder.ts';
import { evseRate } from './lay-charge.ts';
import type { Stage } from './vehicle-stage.ts';

export type DayPlan = {
  readonly day: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly stages: readonly Stage[];
  readonly endSoc: number;
};

type Duty = {
  readonly world: DemoWorld;
  readonly book: InterventionBook;
  readonly vehicle: FleetVehicle;
  readonly city: CityMap;
  readonly bay: DemoEvse;
  readonly day: number;
  readonly builder: StageBuilder;
  readonly kwhPerKm: number;
  readonly dutyEndMs: number;
  readonly nextDepartureMs: number;
  bookingOpen: boolean;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const RESERVE_SOC = 0.14;
const MIDDAY_SOC = 0.82;
/** A bay that is steered leaves it to whoever steers when it is enough. */
const STEERED_TO_SOC = 0.99;

export function departureMs(world: DemoWorld, vehicle: FleetVehicle, day: number): number {
  const jitter = (hashUnit(world.seed, 'departure', vehicle.index, day) - 0.5) * 16;
  const days = world.days[vehicle.depot];
  return days ? days.instantOf(day, vehicle.departureMinutes + jitter) : 0;
}

export function planDay(
  world: DemoWorld,
  book: InterventionBook,
  vehicle: FleetVehicle,
  day: number,
  startSoc: number,
): DayPlan {
  const city = world.cities[vehicle.depot];
  const bay = world.charging.bayOf[vehicle.index];
  if (!city || !bay) throw new RangeError(`Vehicle ${vehicle.id} has no yard.`);
  const startMs = Math.round(departureMs(world, vehicle, day));
  const nextDepartureMs = Math.round(departureMs(world, vehicle, day + 1));
  const kwhPerKm = vehicle.model.kwhPerKm * (0.9 + 0.25 * hashUnit(world.seed, 'appetite', vehicle.index, day));
  const builder = createStageBuilder({
    vehicle,
    city,
    evses: world.charging.evses,
    interventions: book.ofVehicle(vehicle.index),
    atMs: startMs,
    soc: startSoc,
    place: bay.place,
    kwhPerKm,
  });
  const chargingMs =
    timeToChargeS(0.1, departureSoc(world.seed, vehicle.index, day + 1), evseRate(vehicle, bay)) * 1000;
  const dutyEndMs = Math.min(startMs + vehicle.dutyHours * HOUR_MS, nextDepartureMs - chargingMs - 45 * MINUTE_MS);
  const duty: Duty = {
    world,
    book,
    vehicle,
    city,
    bay,
    day,
    builder,
    kwhPerKm,
    dutyEndMs,
    nextDepartureMs,
    bookingOpen: true,
  };
  serve(duty);
  const lateMs = book.lateMs(vehicle.index, startMs, builder.nowMs());
  if (lateMs > 0) builder.stand({ untilMs: builder.nowMs() + lateMs, evse: -1, latestMs: nextDepartureMs });
  builder.driveTo(bay.place);
  rest(duty);
  return { day, startMs, endMs: nextDepartureMs, stages: builder.finish(), endSoc: builder.soc() };
}

/** The working part: from stop to stop until the duty ends or the battery asks for home. */
function serve(duty: Duty): void {
  const { builder, bay, vehicle } = duty;
  for (let step = 0; step < 400; step++) {
    const here = builder.place();
    if (builder.nowMs() + builder.tripS(here, bay.place) * 1000 >= duty.dutyEndMs) return;
    if (runErrand(duty) || visitBooking(duty)) continue;
    const random = randomFor(duty.world.seed, 'step', vehicle.index, duty.day, step);
    const next = duty.city.atNode(chooseStop(duty, here.poi, random.next()));
    const metres = builder.tripM(here, next) + builder.tripM(next, bay.place);
    const left = builder.soc() - ((metres / 1000) * duty.kwhPerKm) / vehicle.model.capacityKwh;
    if (left < RESERVE_SOC) {
      if (duty.dutyEndMs - builder.nowMs() < 2.5 * HOUR_MS || !chargeAtNoon(duty)) return;
      continue;
    }
    const backS = builder.tripS(here, next) + builder.tripS(next, bay.place);
    if (builder.nowMs() + backS * 1000 > duty.dutyEndMs) return;
    builder.driveTo(next);
    const pauseMs = pauseMinutes(vehicle, random.next(), random.next()) * MINUTE_MS;
    builder.stand({ untilMs: builder.nowMs() + Math.round(pauseMs), evse: -1, latestMs: duty.dutyEndMs });
  }
}

/** Drives to the public charge point in the hour booked there; false when there is nothing to do. */
function visitBooking(duty: Duty): boolean {
  const booking = duty.world.charging.bookingOf.get(duty.vehicle.index);
  const days = duty.world.days[duty.vehicle.depot];
  const evse = booking ? duty.world.charging.evses[booking.evse] : undefined;
  if (!booking || !evse || !days || !duty.bookingOpen) return false;
  const { builder } = duty;
  const hourMs = days.instantOf(duty.day, booking.hour * 60);
  const arrivalMs = builder.nowMs() + builder.tripS(builder.place(), evse.place) * 1000;
  if (arrivalMs < hourMs - 12 * MINUTE_MS) return false;
  duty.bookingOpen = false;
  const leaveMs = hourMs + 57 * MINUTE_MS;
  if (arrivalMs > leaveMs - 15 * MINUTE_MS || builder.soc() > 0.72) return false;
  builder.driveTo(evse.place);
  const beginMs = Math.max(
    builder.nowMs() + 45_000,
    hourMs,
    duty.book.heldUntilMs(evse.index, duty.vehicle.index, builder.nowMs()),
  );
  builder.stand({ untilMs: beginMs, evse: -1, latestMs: leaveMs });
  if (!builder.stoppedHere()) builder.charge({ evse: evse.index, toSoc: 0.8, latestMs: leaveMs });
  builder.stand({ untilMs: builder.nowMs() + 80_000, evse: evse.index, latestMs: leaveMs });
  return true;
}

/** Where an operator reserved a charge point for the vehicle, it goes there and waits for its session to be started. */
function runErrand(duty: Duty): boolean {
  const { builder, world, dutyEndMs } = duty;
  const errand = builder.takeErrand();
  const evse = errand && world.charging.evses[errand.evse];
  if (!errand || !evse) return false;
  if (builder.nowMs() + builder.tripS(builder.place(), evse.place) * 1000 >= errand.untilMs) return false;
  builder.driveTo(evse.place);
  builder.stand({ untilMs: Math.min(errand.waitsToMs, dutyEndMs), evse: -1, latestMs: dutyEndMs, leaves: true });
  builder.stand({ untilMs: builder.nowMs() + MINUTE_MS, evse: -1, latestMs: dutyEndMs });
  return true;
}

/** Home for energy in the middle of the duty; false when an operator stopped it and the vehicle stays. */
function chargeAtNoon(duty: Duty): boolean {
  const { builder, bay } = duty;
  builder.driveTo(bay.place);
  builder.stand({ untilMs: builder.nowMs() + 2 * MINUTE_MS, evse: bay.index, latestMs: duty.dutyEndMs });
  if (!builder.stoppedHere()) {
    const listens = duty.book.steeredFromMs(duty.vehicle.depot) <= builder.nowMs();
    builder.charge({ evse: bay.index, toSoc: MIDDAY_SOC, latestMs: duty.dutyEndMs - 50 * MINUTE_MS, listens });
  }
  if (builder.stoppedHere()) return false;
  builder.stand({ untilMs: builder.nowMs() + 3 * MINUTE_MS, evse: bay.index, latestMs: duty.dutyEndMs });
  return builder.soc() > 0.45;
}

/** At home until the next departure: plugged, charged at once or as late as is safe, plugged again. */
function rest(duty: Duty): void {
  const { builder, bay, vehicle, world } = duty;
  const target = departureSoc(world.seed, vehicle.index, duty.day + 1);
  const latestMs = duty.nextDepartureMs - MINUTE_MS;
  const slack = hashUnit(world.seed, 'slack', vehicle.index, duty.day);
  if (builder.soc() >= target || builder.stoppedHere()) {
    const drainTo = builder.soc() >= target ? target : undefined;
    builder.stand({
      untilMs: duty.nextDepartureMs,
      evse: bay.index,
      latestMs,
      settle: true,
      ...(drainTo === undefined ? {} : { drainTo }),
    });
    return;
  }
  const neededMs = timeToChargeS(builder.soc(), target, evseRate(vehicle, bay)) * 1000;
  const safeMs = duty.nextDepartureMs - neededMs - (9 + 26 * slack) * MINUTE_MS;
  const soonMs = builder.nowMs() + (3 + 6 * slack) * MINUTE_MS;
  const heldMs = duty.book.heldUntilMs(bay.index, vehicle.index, builder.nowMs());
  const ownMs = Math.round(Math.max(vehicle.managedCharging ? Math.max(safeMs, soonMs) : soonMs, heldMs));
  const steeredMs = Math.round(Math.max(soonMs, heldMs, duty.book.steeredFromMs(vehicle.depot)));
  const listens = steeredMs <= ownMs;
  builder.stand({ untilMs: Math.min(ownMs, steeredMs, duty.nextDepartureMs), evse: bay.index, latestMs });
  const toSoc = listens ? STEERED_TO_SOC : target;
  if (!builder.stoppedHere()) builder.charge({ evse: bay.index, toSoc, latestMs, listens });
  builder.stand({ untilMs: duty.nextDepartureMs, evse: bay.index, latestMs, settle: true });
}

function chooseStop(duty: Duty, here: number, share: number): number {
  const { city, vehicle } = duty;
  if (vehicle.model.class === 'bus') {
    const [a, b] = city.busLines[vehicle.bay % city.busLines.length] ?? [1, 2];
    return here === a ? b : a;
  }
  const near = vehicle.model.class === 'van' ? city.poisNear(here, 1500, 5500) : city.poisNear(here, 3500, 9500);
  return near[Math.floor(share * near.length)] ?? (here === 1 ? 2 : 1);
}

function pauseMinutes(vehicle: FleetVehicle, share: number, rare: number): number {
  switch (vehicle.model.class) {
    case 'bus':
      return rare < 0.04 ? 18 + 12 * share : 1.5 + 3.5 * share;
    case 'van':
      return rare < 0.04 ? 12 + 15 * share : 0.8 + 2.2 * share;
    case 'truck':
      return rare < 0.05 ? 16 + 14 * share : 2 + 2.5 * share;
  }
}
