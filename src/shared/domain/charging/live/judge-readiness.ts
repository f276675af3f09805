/**
 * Who will drive and who will not: each vehicle's charge at its departure if all goes by the plan, how much time is to spare, and what is
 * in the way. A cause is named only where a figure shows it.
 */
import { energyWh } from '../../../kernel/quantity.ts';
import type { MissingReason } from '../explain-missing.ts';
import type { MissCause, Readiness, ReadinessState } from '../site-plan.ts';
import type { Wish } from '../wish.ts';
import { batteryWh, type BuiltCase, type Stay } from './build-case.ts';
import type { SiteFacts } from './site-facts.ts';

/** Less time to spare than this is tight. */
const TIGHT_MS = 30 * 60_000;
/** An older word of its charge says little of it while it drives. */
const OLD_MS = 6 * 3_600_000;
/** A duty is not endangered by less than this of the battery. */
const SMALL_PERCENT = 0.5;

export function judgeReadiness(parts: {
  readonly facts: SiteFacts;
  readonly built: BuiltCase;
  /** By vehicle of the case, then slot of the case. */
  readonly powerKw: readonly Float64Array[];
  readonly reason: MissingReason | undefined;
  readonly wishes: readonly Wish[];
}): readonly Readiness[] {
  return parts.built.stays.map((stay, index) => {
    const own = parts.wishes.filter(({ terms }) => 'vehicleId' in terms && terms.vehicleId === stay.facts.vehicleId);
    return judgeOne(parts, stay, parts.powerKw[index] ?? new Float64Array(), own);
  });
}

function judgeOne(
  { facts, built, reason }: Parameters<typeof judgeReadiness>[0],
  stay: Stay,
  powerKw: Float64Array,
  wishes: readonly Wish[],
): Readiness {
  const { facts: vehicle, needKwh, targetPercent } = stay;
  const { slotHours } = built.plan;
  const plannedKwh = powerKw.reduce((sum, kw) => sum + kw * slotHours, 0);
  const missingKwh = Math.max(0, needKwh - plannedKwh);
  const missingPercent = (batteryWh(missingKwh, vehicle.current) / vehicle.usableCapacityWh) * 100;
  const isMissing = missingPercent > SMALL_PERCENT;
  const isUnknown =
    vehicle.socPercent === undefined || (vehicle.socAtMs !== undefined && facts.nowMs - vehicle.socAtMs > OLD_MS);
  const fullPowerMs = vehicle.maxW > 0 ? (needKwh / (vehicle.maxW / 1000)) * 3_600_000 : Infinity;
  const marginMs = stay.departAtMs - stay.hereFromMs - fullPowerMs;
  const cause = isMissing || isUnknown ? causeOf(stay, marginMs, isUnknown, reason, wishes) : undefined;
  return {
    vehicleId: vehicle.vehicleId,
    depotId: facts.depotId,
    dutyId: vehicle.duty.id,
    dutyName: vehicle.duty.name,
    bayName: vehicle.bay?.name ?? '',
    departAtMs: stay.departAtMs,
    returnAtMs: vehicle.duty.returnAtMs,
    state: stateOf(isUnknown, isMissing, needKwh, marginMs),
    socPercent: vehicle.socPercent,
    socAtMs: vehicle.socAtMs,
    targetPercent,
    expectedPercent: vehicle.socPercent === undefined ? undefined : targetOr(stay, missingPercent),
    needWh: energyWh(Math.round(needKwh * 1000)),
    missingWh: energyWh(isMissing ? Math.round(missingKwh * 1000) : 0),
    readyAtMs: isMissing ? undefined : readyAt(facts, powerKw, needKwh),
    marginMs: Number.isFinite(marginMs) ? Math.round(marginMs) : undefined,
    cause,
    because: cause === undefined ? '' : sayCause(cause, stay, missingKwh, facts, reason),
    wishes,
  };
}

function stateOf(isUnknown: boolean, isMissing: boolean, needKwh: number, marginMs: number): ReadinessState {
  if (isUnknown) return 'unknown';
  if (isMissing) return 'will-miss';
  if (needKwh < 0.1) return 'ready';
  return marginMs < TIGHT_MS ? 'tight' : 'on-track';
}

function targetOr({ targetPercent, arrivesWithPercent }: Stay, missingPercent: number): number {
  return Math.max(arrivesWithPercent, targetPercent) - missingPercent;
}

function readyAt(facts: SiteFacts, powerKw: Float64Array, needKwh: number): number | undefined {
  if (needKwh < 0.1) return facts.nowMs;
  const last = powerKw.findLastIndex((kw) => kw > 1e-6);
  return last < 0 ? undefined : facts.fromMs + (last + 1) * facts.slotMs;
}

function causeOf(
  stay: Stay,
  marginMs: number,
  isUnknown: boolean,
  reason: MissingReason | undefined,
  wishes: readonly Wish[],
): MissCause {
  const { facts } = stay;
  if (isUnknown) return 'soc-unknown';
  if (wishes.some(({ terms }) => terms.kind === 'exclude' || terms.kind === 'pin' || terms.kind === 'lock'))
    return 'person';
  if (facts.isBayBroken) return 'charger-fault';
  if (facts.bay === undefined) return 'not-plugged';
  if (marginMs < 0) return !facts.isHere ? 'late-arrival' : 'charger-window';
  if (reason !== undefined && reason.fullSlots.length > 0) return 'site-limit';
  if (reason !== undefined && reason.fullFeeders.length > 0) return 'feeder-limit';
  return 'charger-window';
}

function sayCause(
  cause: MissCause,
  stay: Stay,
  missingKwh: number,
  facts: SiteFacts,
  reason: MissingReason | undefined,
): string {
  const { facts: vehicle, needKwh } = stay;
  const short = `${kwh(missingKwh)} of the ${kwh(needKwh)} it needs do not fit.`;
  const bay = vehicle.bay?.name ?? 'its bay';
  const hours = ((stay.departAtMs - stay.hereFromMs) / 3_600_000).toFixed(1);
  switch (cause) {
    case 'soc-unknown':
      return vehicle.socPercent === undefined
        ? 'Its charge was never reported, so it is planned as if it were empty.'
        : 'Its last report of its charge is more than six hours old, so what it needs is not known for sure.';
    case 'person':
      return `A person’s wish for it stands in the way: ${short}`;
    case 'charger-fault':
      return `${bay} is out of order: ${short} Move it to another bay.`;
    case 'not-plugged':
      return 'No bay of the depot is known for it, so nothing can be planned.';
    case 'late-arrival':
      return `It comes back ${hours} h before it leaves; at ${kw(vehicle.maxW)} that gives ${kwh(Math.max(0, needKwh - missingKwh))}. ${short}`;
    case 'charger-window':
      return `${bay} gives it at most ${kw(vehicle.maxW)} for ${hours} h. ${short}`;
    case 'site-limit': {
      const slots = reason?.fullSlots.length ?? 0;
      const limit = kw(facts.siteLimitW);
      return `The site is full at ${limit} in ${slots} quarter hours: ${reason?.vehicles.length ?? 0} vehicles need ${kwh(reason?.needKwh ?? 0)} there and ${kwh(reason?.siteKwh ?? 0)} fit. ${short}`;
    }
    case 'feeder-limit': {
      const names = reason?.fullFeeders.map((id) => facts.feeders.find((each) => each.id === id)?.name ?? id) ?? [];
      return `${names.join(' and ')} can carry no more: ${kwh(reason?.feederKwh ?? 0)} pass. ${short}`;
    }
    case 'phase':
      return `A phase is full. ${short}`;
    case 'battery-full-slow':
      return `Its battery takes less and less when it is nearly full. ${short}`;
  }
}

function kwh(value: number): string {
  return `${value.toFixed(1)} kWh`;
}

function kw(watts: number): string {
  return `${(watts / 1000).toFixed(0)} kW`;
}
