/**
 * Where within a period a restriction begins or ends. An operator should have begun a new period there (OCPI 2.2.1, 10.3.1); when it did
 * not, the period can be cut as if energy and time had run evenly through it.
 *
 * Invariant: the parts of a cut period have exactly its energy and times together.
 */
import {
  add,
  compare,
  divide,
  fraction,
  isNegative,
  isZero,
  multiply,
  ONE,
  subtract,
  ZERO,
  type Exact,
} from '../../../../kernel/exact.ts';
import type { EpochMs } from '../../../../kernel/instant.ts';
import type { Piece } from '../terms/choose-prices.ts';
import type { CompiledTariff } from '../terms/compile-tariff.ts';
import { DAY_MS, MINUTE_MS, type Condition } from '../terms/condition.ts';
import type { TariffClock } from './open-clock.ts';
import type { Usage } from './read-usage.ts';

/** Makes the piece of a part of a period, given what was used and how long the session lasted before it. */
export type PlacePiece = (usage: Usage, energyBefore: Exact) => Piece;

/** The pieces of a period between the points where its tariff may apply otherwise; the period itself where there are none. */
export function cutPiece(
  piece: Piece,
  clock: TariffClock,
  sessionBeginMs: EpochMs,
  place: PlacePiece,
): readonly Piece[] {
  const { usage, moment } = piece;
  const shares = findShares(piece, clock, sessionBeginMs);
  if (shares.length === 0) return [piece];
  const bounds = [ZERO, ...shares, ONE];
  return bounds.slice(1).map((to, position) => {
    const from = bounds[position] ?? ZERO;
    return place(takePart(usage, from, to), add(moment.energy, multiply(usage.energy, from)));
  });
}

function takePart(usage: Usage, from: Exact, to: Exact): Usage {
  const share = subtract(to, from);
  return {
    ...usage,
    beginMs: instantAt(usage, from),
    endMs: instantAt(usage, to),
    energy: multiply(usage.energy, share),
    time: multiply(usage.time, share),
    parking: multiply(usage.parking, share),
    reservation: multiply(usage.reservation, share),
  };
}

function instantAt({ beginMs, endMs }: Usage, share: Exact): EpochMs {
  const { numerator, denominator } = multiply(fraction(endMs - beginMs), share);
  return beginMs + Number(numerator / denominator);
}

/** Shares of the period, above zero and below one, in order. */
function findShares({ usage, moment }: Piece, clock: TariffClock, sessionBeginMs: EpochMs): readonly Exact[] {
  const { tariff, beginMs, endMs, energy } = usage;
  if (tariff === undefined || tariff.conditions.length === 0) return [];
  const instants = new Set<EpochMs>();
  const shares: Exact[] = [];
  for (const condition of tariff.conditions) {
    if (condition.kind === 'duration')
      for (const limitMs of [condition.fromMs, condition.toMs]) instants.add(sessionBeginMs + limitMs);
    if (condition.kind === 'energy' && !isZero(energy))
      for (const limit of [condition.from, condition.to])
        if (limit !== undefined) shares.push(divide(subtract(limit, moment.energy), energy));
  }
  for (const atMs of clockInstants(tariff, usage, clock)) instants.add(atMs);
  for (const atMs of instants)
    if (atMs > beginMs && atMs < endMs) shares.push(fraction(atMs - beginMs, endMs - beginMs));
  return sortDistinct(shares.filter((share) => compare(share, ONE) < 0 && !isZero(share) && !isNegative(share)));
}

function sortDistinct(shares: readonly Exact[]): readonly Exact[] {
  const sorted = shares.toSorted(compare);
  return sorted.filter((share, position) => position === 0 || compare(share, sorted[position - 1] ?? ZERO) !== 0);
}

/** Every local time of day, midnight or jump of the clock that may begin or end a restriction. */
function clockInstants(tariff: CompiledTariff, { beginMs, endMs }: Usage, clock: TariffClock): readonly EpochMs[] {
  const minutes = new Set(tariff.conditions.flatMap(boundaryMinutes));
  if (minutes.size === 0 || endMs - beginMs < 2) return [];
  const jumps = clock.jumpsBetween(beginMs, endMs);
  const bounds = [beginMs, ...jumps, endMs];
  const found: EpochMs[] = [...jumps];
  for (const [position, fromMs] of bounds.slice(0, -1).entries()) {
    const toMs = bounds[position + 1] ?? endMs;
    const offsetMs = clock.localMs(fromMs) - fromMs;
    for (let dayMs = Math.floor((fromMs + offsetMs) / DAY_MS) * DAY_MS; dayMs < toMs + offsetMs; dayMs += DAY_MS)
      for (const minute of minutes) {
        const atMs = dayMs + minute * MINUTE_MS - offsetMs;
        if (atMs > fromMs && atMs < toMs) found.push(atMs);
      }
  }
  return found;
}

function boundaryMinutes(condition: Condition): readonly number[] {
  if (condition.kind === 'time-of-day') return [condition.fromMinute, condition.toMinute];
  return condition.kind === 'date' || condition.kind === 'day-of-week' ? [0] : [];
}
