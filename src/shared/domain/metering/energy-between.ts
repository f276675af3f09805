/**
 * Energy as a difference of two readings of a register, in whole milliwatt-hours: finer than any register steps, and sums
 * of whole numbers are exact up to nine petawatt-hours, where sums of binary fractions are not.
 *
 * Invariant: the energy between two readings is never negative, and what two neighbouring stretches have adds up to what
 * both have together.
 */
import { energyWh, type EnergyWh } from '../../kernel/quantity.ts';
import { accept, refuse, type Result } from '../../kernel/result.ts';

export function toMilliwattHours(wh: number): number {
  return Math.round(wh * 1000);
}

export function fromMilliwattHours(mwh: number): EnergyWh {
  return energyWh(mwh / 1000);
}

const FELL =
  'The later reading is below the earlier one. Nothing is counted until the register has passed the earlier one again.';

export type RegisterStand = {
  readonly mwh: number;
  readonly seriesId: number;
};

/**
 * What a register counted from one reading to the next, in mWh.
 *
 * @param modulusMwh one step beyond the highest the register can show, when the later reading's series began because the
 *   register rolled over; undefined otherwise
 */
export function energyBetween(
  before: RegisterStand,
  after: RegisterStand,
  modulusMwh?: number,
): Result<number, 'other-series' | 'register-fell' | 'beyond-modulus'> {
  if (before.seriesId !== after.seriesId && modulusMwh === undefined)
    return refuse(
      'other-series',
      'Another instrument or another register counted the later reading. What was used between both is not known; look at the meter’s events for when it was changed.',
    );
  if (modulusMwh !== undefined) {
    if (before.mwh >= modulusMwh || after.mwh >= modulusMwh)
      return refuse(
        'beyond-modulus',
        'The register showed more than it has digits for. Check the number of digits in the meter’s profile.',
      );
    if (after.mwh >= before.mwh) return accept(after.mwh - before.mwh);
    const roundMwh = modulusMwh - before.mwh + after.mwh;
    // A meter has two registers and one of them rolled over: the other may have fallen by a step, which is no round.
    return roundMwh <= modulusMwh / 2 ? accept(roundMwh) : refuse('register-fell', FELL);
  }
  if (after.mwh < before.mwh) return refuse('register-fell', FELL);
  return accept(after.mwh - before.mwh);
}
