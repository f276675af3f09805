/**
 * What chargers' meters counted against what sessions claim. The meter stands before the charger, so it counts the charger's own
 * conversion too: a session may claim a good deal less, and hardly more. What the balance has found of a meter is put right first.
 */
import { INTERVAL_MS } from '../interval.ts';
import type { EpochMs } from '../../../kernel/instant.ts';
import type { BalanceFinding, BilledEnergy } from './balance.ts';
import type { MeterSeries } from './meter-series.ts';
import type { LocalTime } from '../../../kernel/local-time.ts';
import { sayEnergy } from './node/suspicion.ts';

/** What conversion to direct current, fans and cooling take at most. */
const CONVERSION_SHARE = 0.15;
/** The charge point's own meter, by which sessions are told: class B. */
const CHARGE_POINT_SHARE = 0.02;
/** A waiting charger, its screen and its heating. */
const WAITING_WH = 50;
/** Below this no vehicle charges: 6 A at one phase are 345 Wh in a quarter hour. */
const CHARGING_WH = 250;
const LEAST_UNBILLED_WH = 1_000;
const LEAST_OVERCLAIM_WH = 500;
/** Clocks of charge points differ by so much before two sessions are said to overlap. */
const LEAST_OVERLAP_MS = 120_000;
const MOST_EVIDENCE = 5;

/** A session as its pieces tell it. */
export type ClaimedSession = {
  readonly sessionId: string;
  readonly beginMs: EpochMs;
  /** Infinity while it runs. */
  readonly endMs: EpochMs;
  readonly energyWh: number;
};

export type BilledCharger = {
  readonly series: MeterSeries;
  readonly sessions: readonly ClaimedSession[];
  /** What the meter should have counted; NaN where it is not known. */
  readonly correctedWh: Float64Array;
  /** The depot's, in which people there read times; UTC without it. */
  readonly zone: LocalTime | undefined;
};

export function sessionsOf(pieces: readonly BilledEnergy[]): ClaimedSession[] {
  const byId = new Map<string, ClaimedSession>();
  for (const { sessionId, beginMs, endMs, energyWh, isRunning } of pieces) {
    const known = byId.get(sessionId);
    const toMs = isRunning ? Infinity : endMs;
    byId.set(sessionId, {
      sessionId,
      beginMs: Math.min(known?.beginMs ?? beginMs, beginMs),
      endMs: Math.max(known?.endMs ?? toMs, toMs),
      energyWh: (known?.energyWh ?? 0) + energyWh,
    });
  }
  return [...byId.values()].sort((a, b) => a.beginMs - b.beginMs);
}

export function findBillingFaults(charger: BilledCharger, fromMs: EpochMs): BalanceFinding[] {
  const groups = groupSessions(charger.sessions);
  return [...findUnbilled(charger, groups, fromMs), ...findDoubleBilled(charger, groups, fromMs)];
}

/** Sessions whose quarter hours touch, since a meter cannot tell within one whose energy it was. */
type SessionGroup = { readonly sessions: ClaimedSession[]; firstMs: number; endMs: number };

function groupSessions(sessions: readonly ClaimedSession[]): SessionGroup[] {
  const groups: SessionGroup[] = [];
  for (const session of sessions) {
    const firstMs = Math.floor(session.beginMs / INTERVAL_MS) * INTERVAL_MS;
    const endMs = Math.ceil(session.endMs / INTERVAL_MS) * INTERVAL_MS;
    const last = groups.at(-1);
    if (last !== undefined && firstMs < last.endMs) {
      last.sessions.push(session);
      last.endMs = Math.max(last.endMs, endMs);
    } else groups.push({ sessions: [session], firstMs, endMs });
  }
  return groups;
}

type Figure = { readonly fromMs: EpochMs; readonly toMs: EpochMs; readonly energyWh: number; readonly text: string };

function findUnbilled(charger: BilledCharger, groups: readonly SessionGroup[], fromMs: EpochMs): BalanceFinding[] {
  const { correctedWh, series, zone } = charger;
  const figures: Figure[] = [];
  const isClaimed = new Uint8Array(correctedWh.length);
  for (const { firstMs, endMs } of groups) {
    // A quarter hour on both sides belongs to whoever plugs in before the session is told, or leaves after it.
    const [first, end] = [slotOf(firstMs, fromMs) - 1, slotOf(endMs, fromMs) + 1];
    isClaimed.fill(1, Math.max(0, first), Math.max(0, Math.min(correctedWh.length, end)));
  }
  let began = 0;
  for (let slot = 0; slot <= correctedWh.length; slot++) {
    const energyWh = correctedWh[slot] ?? 0;
    if (slot < correctedWh.length && isClaimed[slot] === 0 && energyWh >= CHARGING_WH) continue;
    const sumWh = correctedWh.subarray(began, slot).reduce((sum, wh) => sum + wh, 0);
    if (sumWh >= LEAST_UNBILLED_WH) {
      const [beginMs, toMs] = [fromMs + began * INTERVAL_MS, fromMs + slot * INTERVAL_MS];
      figures.push({
        fromMs: beginMs,
        toMs,
        energyWh: sumWh,
        text: `${sayEnergy(sumWh)} from ${sayInstant(beginMs, zone)} to ${sayInstant(toMs, zone)}${sayZone(zone)}, with no session.`,
      });
    }
    began = slot + 1;
  }
  for (const group of groups) {
    const counted = countedIn(charger, group, fromMs);
    if (counted === undefined) continue;
    const claimedWh = group.sessions.reduce((sum, { energyWh }) => sum + energyWh, 0);
    const waitingWh = ((group.endMs - group.firstMs) / INTERVAL_MS) * WAITING_WH;
    const leastWh = counted * (1 - series.classShare - CHARGE_POINT_SHARE - CONVERSION_SHARE) - waitingWh;
    if (leastWh - claimedWh < LEAST_UNBILLED_WH) continue;
    figures.push({
      fromMs: group.firstMs,
      toMs: group.endMs,
      energyWh: counted - claimedWh,
      text: `${nameSessions(group.sessions)} from ${sayInstant(group.firstMs, zone)}${sayZone(zone)}: claimed ${sayEnergy(claimedWh)}, counted ${sayEnergy(counted)}.`,
    });
  }
  return sayFigures(series, 'unbilled-charging', 'alarm', figures, {
    sentence: (energy) => `${series.meter.name} counted ${energy} that no session claims.`,
    advice:
      'Look for the session at the charge point’s operator by these times; when it is there, have it sent again, and when not, check who may charge there without being registered.',
  });
}

function findDoubleBilled(charger: BilledCharger, groups: readonly SessionGroup[], fromMs: EpochMs): BalanceFinding[] {
  const { series, zone } = charger;
  const overclaims: Figure[] = [];
  const overlaps: Figure[] = [];
  for (const group of groups) {
    const counted = countedIn(charger, group, fromMs);
    const claimedWh = group.sessions.reduce((sum, { energyWh }) => sum + energyWh, 0);
    const shared = sharedTime(group.sessions);
    const edgesWh = 2 * series.meter.resolutionWh;
    const mostWh = (counted ?? Infinity) * (1 + series.classShare + CHARGE_POINT_SHARE) + edgesWh;
    const range = {
      fromMs: group.firstMs,
      toMs: Math.min(group.endMs, fromMs + charger.correctedWh.length * INTERVAL_MS),
    };
    const names = nameSessions(group.sessions);
    if (counted !== undefined && claimedWh - mostWh >= LEAST_OVERCLAIM_WH)
      overclaims.push({
        ...range,
        energyWh: claimedWh - counted,
        text: `${names} from ${sayInstant(group.firstMs, zone)}${sayZone(zone)}: claimed ${sayEnergy(claimedWh)}, counted ${sayEnergy(counted)}${shared === undefined ? '' : `; ${shared.text}`}.`,
      });
    else if (shared !== undefined)
      overlaps.push({
        ...range,
        energyWh: shared.energyWh,
        text: `${sayInstant(group.firstMs, zone)}${sayZone(zone)}: ${shared.text}.`,
      });
  }
  const advice =
    'Dispute what exceeds the meter with the charge point’s operator, with these figures; a charge point serves one session at a time.';
  const isOver = overclaims.length > 0;
  return sayFigures(
    series,
    'double-billed',
    isOver ? 'alarm' : 'warning',
    isOver ? [...overclaims, ...overlaps] : overlaps,
    {
      sentence: (energy) =>
        isOver
          ? `Sessions claim ${energy} more at ${series.meter.name} than it counted.`
          : `Two sessions claim the same time at ${series.meter.name}; up to ${energy} may be billed twice.`,
      advice,
    },
  );
}

/** Undefined where a part lies outside the range, is not known, or still runs. */
function countedIn({ correctedWh }: BilledCharger, group: SessionGroup, fromMs: EpochMs): number | undefined {
  const [first, end] = [slotOf(group.firstMs, fromMs), slotOf(group.endMs, fromMs)];
  if (first < 0 || end > correctedWh.length) return undefined;
  const sumWh = correctedWh.subarray(first, end).reduce((sum, wh) => sum + wh, 0);
  return Number.isNaN(sumWh) ? undefined : sumWh;
}

function sharedTime(
  sessions: readonly ClaimedSession[],
): { readonly energyWh: number; readonly text: string } | undefined {
  for (const [index, session] of sessions.entries())
    for (const other of sessions.slice(index + 1)) {
      const sharedMs = Math.min(session.endMs, other.endMs) - other.beginMs;
      if (sharedMs < LEAST_OVERLAP_MS) continue;
      const text = Number.isFinite(sharedMs)
        ? `${session.sessionId} and ${other.sessionId} both claim the same ${Math.round(sharedMs / 60_000)} min`
        : `${session.sessionId} and ${other.sessionId} both still run`;
      return { energyWh: Math.min(session.energyWh, other.energyWh), text };
    }
  return undefined;
}

function sayFigures(
  series: MeterSeries,
  kind: BalanceFinding['kind'],
  severity: BalanceFinding['severity'],
  figures: readonly Figure[],
  words: { readonly sentence: (energy: string) => string; readonly advice: string },
): BalanceFinding[] {
  if (figures.length === 0) return [];
  const energyWh = figures.reduce((sumWh, figure) => sumWh + figure.energyWh, 0);
  const more = figures.length - MOST_EVIDENCE;
  return [
    {
      kind,
      severity,
      meterId: series.meter.id,
      fromMs: Math.min(...figures.map(({ fromMs }) => fromMs)),
      toMs: Math.max(...figures.map(({ toMs }) => toMs)),
      energyWh,
      sentence: words.sentence(sayEnergy(energyWh)),
      evidence: [
        ...figures.slice(0, MOST_EVIDENCE).map(({ text }) => text),
        ...(more > 0 ? [`And ${more} more of this kind.`] : []),
      ],
      advice: words.advice,
    },
  ];
}

function nameSessions(sessions: readonly ClaimedSession[]): string {
  const names = sessions.slice(0, 3).map(({ sessionId }) => sessionId);
  const more = sessions.length > names.length ? ` and ${sessions.length - names.length} more` : '';
  return `${names.length > 1 ? 'Sessions' : 'Session'} ${names.join(', ')}${more}`;
}

function slotOf(atMs: EpochMs, fromMs: EpochMs): number {
  return (atMs - fromMs) / INTERVAL_MS;
}

function sayInstant(atMs: EpochMs, zone: LocalTime | undefined): string {
  const shownMs = atMs + (zone?.offsetMs(atMs) ?? 0);
  return new Date(shownMs).toISOString().slice(0, 16).replace('T', ' ');
}

function sayZone(zone: LocalTime | undefined): string {
  return zone === undefined ? ' UTC' : ' depot time';
}
