/** One stay at a charge point: as fast as both can where nobody says anything, and as it is told where somebody does. */
import { AC_EFFICIENCY, chargeRate, DC_EFFICIENCY, socAfter, timeToChargeS } from './battery-model.ts';
import { curveSoc, layCurve, type CurveStep, type ToldLimits } from './charge-curve.ts';
import { fallbackKw, type DemoEvse } from './charging-network.ts';
import type { FleetVehicle } from './fleet-roster.ts';
import type { Intervention } from './intervention.ts';

export type LaidCharge = {
  readonly endMs: number;
  readonly steps: readonly CurveStep[] | null;
  readonly socAt: (atMs: number) => number;
};

export function vehiclePowerKw(vehicle: FleetVehicle, evse: DemoEvse): number {
  return Math.min(evse.powerKw, evse.dc ? vehicle.model.maxDcKw : vehicle.model.maxAcKw);
}

export function evseRate(vehicle: FleetVehicle, evse: DemoEvse): number {
  return rateOf(vehicle, evse, vehiclePowerKw(vehicle, evse));
}

function rateOf(vehicle: FleetVehicle, evse: DemoEvse, powerKw: number): number {
  return chargeRate(powerKw, evse.dc ? DC_EFFICIENCY : AC_EFFICIENCY, vehicle.model.capacityKwh);
}

/** `listens`: gives its fallback until it is told how much, rather than what it can. */
export function layCharge(stay: {
  readonly vehicle: FleetVehicle;
  readonly evse: DemoEvse;
  readonly interventions: readonly Intervention[];
  readonly nowMs: number;
  readonly soc: number;
  readonly toSoc: number;
  readonly latestMs: number;
  readonly listens: boolean;
}): LaidCharge {
  const { vehicle, evse, nowMs, soc, toSoc, latestMs, listens } = stay;
  const rate = evseRate(vehicle, evse);
  const fullMs = nowMs + Math.ceil(timeToChargeS(soc, Math.min(toSoc, 0.999), rate) * 1000);
  const ownEndMs = listens ? latestMs : Math.min(fullMs, latestMs);
  const fallback = rateOf(vehicle, evse, fallbackKw(evse));
  const own = listens ? fallback : Infinity;
  let isBroken = false;
  const told = stay.interventions.flatMap((each): ToldLimits[] => {
    if (each.kind !== 'profile' && each.kind !== 'outage') return [];
    if (each.evse !== evse.index || each.atMs < nowMs || each.atMs >= ownEndMs) return [];
    if (each.kind === 'outage') {
      isBroken = !each.isOver;
      return [{ atMs: each.atMs, toMs: each.atMs, periods: [], fallback: isBroken ? 0 : own }];
    }
    // What a broken charge point is told is lost.
    if (isBroken) return [];
    const periods = each.periods.map(({ fromMs, limitKw }) => ({ fromMs, limit: rateOf(vehicle, evse, limitKw) }));
    return [{ atMs: each.atMs, toMs: each.toMs, periods, fallback }];
  });
  if (!listens && told.length === 0)
    return { endMs: ownEndMs, steps: null, socAt: (atMs) => socAfter(soc, rate, (atMs - nowMs) / 1000) };
  const first = [{ fromMs: nowMs, limit: own }];
  const curve = layCurve({ startMs: nowMs, soc, rate, first, told, toSoc, latestMs });
  return { endMs: curve.endMs, steps: curve.steps, socAt: (atMs) => curveSoc(curve, rate, atMs) };
}
