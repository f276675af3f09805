/**
 * What a month's volume earns, as bands of one session's energy: which discount holds from which kWh of the session on, given what the
 * month has used before it. A step takes the place of the contract's discount for what lies above it, unless that one is greater.
 */
import { add, compare, exactOf, larger, smaller, subtract, ZERO } from '../../kernel/exact.ts';
import type { DecimalText, TariffRestrictions } from '../tariff/tariff.ts';
import type { ContractTerms } from './contract.ts';
import { decimalsOf, writeDecimal } from './decimal-places.ts';

/** Half-open, in kWh of the session; undefined: from its beginning, to its end. */
export type VolumeBand = {
  readonly fromKwh: DecimalText | undefined;
  readonly toKwh: DecimalText | undefined;
  readonly discountPercent: DecimalText;
};

/** No session draws more, so a step beyond it says nothing of this one. */
const MOST_SESSION_KWH = exactOf('10000');

const UNRESTRICTED: TariffRestrictions = {
  startTime: undefined,
  endTime: undefined,
  startDate: undefined,
  endDate: undefined,
  minKwh: undefined,
  maxKwh: undefined,
  minCurrent: undefined,
  maxCurrent: undefined,
  minPower: undefined,
  maxPower: undefined,
  minDurationS: undefined,
  maxDurationS: undefined,
  daysOfWeek: undefined,
  reservation: undefined,
};

/** @returns at least one band, in order, without a gap */
export function volumeBands(
  terms: Pick<ContractTerms, 'discountPercent' | 'volumeSteps'>,
  monthKwh: DecimalText,
): readonly VolumeBand[] {
  const used = exactOf(monthKwh);
  const horizon = add(used, MOST_SESSION_KWH);
  const steps = terms.volumeSteps.toSorted((a, b) => compare(exactOf(a.fromKwh), exactOf(b.fromKwh)));
  const bands: VolumeBand[] = [{ fromKwh: undefined, toKwh: undefined, discountPercent: terms.discountPercent }];
  for (const step of steps) {
    const from = exactOf(step.fromKwh);
    const last = bands.at(-1);
    if (last === undefined || compare(from, horizon) > 0) break;
    if (compare(exactOf(step.discountPercent), exactOf(last.discountPercent)) <= 0) continue;
    const ahead = larger(subtract(from, used), ZERO);
    if (compare(ahead, exactOf(last.fromKwh ?? '0')) === 0)
      bands[bands.length - 1] = { ...last, discountPercent: step.discountPercent };
    else {
      const atKwh = writeDecimal(ahead, Math.max(decimalsOf(step.fromKwh), decimalsOf(monthKwh)));
      bands[bands.length - 1] = { ...last, toKwh: atKwh };
      bands.push({ fromKwh: atKwh, toKwh: undefined, discountPercent: step.discountPercent });
    }
  }
  return bands;
}

/** Both at once; undefined when no energy fits both. */
export function restrictToBand(
  restrictions: TariffRestrictions | undefined,
  band: VolumeBand,
): TariffRestrictions | undefined {
  const { minKwh, maxKwh } = restrictions ?? UNRESTRICTED;
  const from = bound(minKwh, band.fromKwh, larger);
  const to = bound(maxKwh, band.toKwh, smaller);
  if (to !== undefined && compare(exactOf(from ?? '0'), exactOf(to)) >= 0) return undefined;
  return { ...(restrictions ?? UNRESTRICTED), minKwh: from, maxKwh: to };
}

function bound(a: DecimalText | undefined, b: DecimalText | undefined, choose: typeof larger): DecimalText | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  const exactA = exactOf(a);
  return choose(exactA, exactOf(b)) === exactA ? a : b;
}
