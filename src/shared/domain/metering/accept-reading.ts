/**
 * Decides whether a reading that arrived whole may be believed. A wrong reading becomes a wrong bill, so what cannot be is
 * refused, and what is merely unlikely (a register that fell or jumped, another serial number) is read again before it is
 * believed or refused.
 *
 * Invariant: within a series the energy registers never fall and never rise by more than the installation can carry.
 */
import type { Refusal } from '../../kernel/result.ts';
import { judgeValues, type ImplausibleCode, type MeterLimits } from './plausible-values.ts';
import { judgeSequence, type Candidate, type DoubtCode, type Standing } from './reading-sequence.ts';

export type RefusalCode = ImplausibleCode | 'serial-number-missing' | DoubtCode;

/**
 * Why a series of readings begins. Registers count on within a series only; with `rolled-over` alone the energy between the
 * last reading before and the first one after is known: what the register counts to, less the one, plus the other.
 */
export type SeriesCause =
  | 'first-reading'
  | 'other-instrument'
  | 'began-again'
  | 'rolled-over'
  /** The meter is read by another profile, or behind transformers of another ratio. */
  | 'profile-changed'
  | 'ratio-changed'
  /** Somebody looked at the meter's display and said so. */
  | 'operator';

/** What was read so far of something unlikely. */
export type Doubt = {
  readonly code: DoubtCode;
  readonly readings: readonly Candidate[];
  /** It was read often enough and refused: as long as it stays so, it is refused without reading again. */
  readonly settled: boolean;
};

export type ReadingDecision =
  | {
      readonly outcome: 'accepted';
      /** Set when the reading begins a new series. */
      readonly newSeries: SeriesCause | undefined;
      /** It was unlikely, and reading again said the same. */
      readonly confirmed: boolean;
    }
  | {
      readonly outcome: 'refused';
      readonly code: RefusalCode;
      readonly message: string;
      readonly doubt: Doubt | undefined;
    }
  | { readonly outcome: 'read-again'; readonly message: string; readonly doubt: Doubt };

/** Unlikely readings are read twice more; another serial number, which no noise brings forth, once more. */
const READINGS_NEEDED: Readonly<Record<DoubtCode, number>> = {
  'serial-number-changed': 2,
  'energy-began-again': 3,
  'energy-rolled-over': 3,
  'energy-fell': 3,
  'energy-jumped': 3,
  'clock-changed': 3,
};

/** What is believed when it is confirmed, and the series it begins, if any; the others are refused even then. */
const BELIEVED: Readonly<Partial<Record<DoubtCode, { readonly begins: SeriesCause | undefined }>>> = {
  'serial-number-changed': { begins: 'other-instrument' },
  'energy-began-again': { begins: 'began-again' },
  'energy-rolled-over': { begins: 'rolled-over' },
  'clock-changed': { begins: undefined },
};

/**
 * @param standing the last accepted reading; undefined before the first, and where nothing may be compared with it any more
 * @param doubt what the decision before this one carried
 * @param begins why a series begins when there is no standing
 */
export function acceptReading(
  standing: Standing | undefined,
  candidate: Candidate,
  limits: MeterLimits,
  doubt?: Doubt,
  begins: SeriesCause = 'first-reading',
): ReadingDecision {
  const implausible = judgeValues(candidate.reading, limits);
  if (implausible !== undefined)
    return { outcome: 'refused', code: implausible.code, message: implausible.message, doubt: undefined };
  if (standing === undefined) return { outcome: 'accepted', newSeries: begins, confirmed: false };
  if (candidate.reading.serialNumber === undefined && standing.reading.serialNumber !== undefined)
    return {
      outcome: 'refused',
      code: 'serial-number-missing',
      message: `The meter no longer says its serial number; the last reading was of ${standing.reading.serialNumber}. Check which meter answers at this address.`,
      doubt: undefined,
    };
  const unlikely = judgeSequence(standing, candidate, limits);
  if (unlikely === undefined) return { outcome: 'accepted', newSeries: undefined, confirmed: false };
  return weigh(unlikely, candidate, limits, doubt);
}

/** The last reading is unlikely: how often was it so, and did these readings agree with each other? */
function weigh(
  unlikely: Refusal<DoubtCode>,
  candidate: Candidate,
  limits: MeterLimits,
  doubt: Doubt | undefined,
): ReadingDecision {
  const { code, message } = unlikely;
  if (doubt?.settled === true && doubt.code === code) return { outcome: 'refused', code, message, doubt };
  const before = doubt === undefined || doubt.settled ? [] : doubt.readings;
  const readings = [...before, candidate];
  const agreeing = doubt === undefined || doubt.code === code ? countAgreeing(readings, limits) : 1;
  const believed = BELIEVED[code];
  if (agreeing >= READINGS_NEEDED[code] && believed !== undefined)
    return { outcome: 'accepted', newSeries: believed.begins, confirmed: true };
  if (readings.length >= 3) return { outcome: 'refused', code, message, doubt: { code, readings: [], settled: true } };
  return { outcome: 'read-again', message, doubt: { code, readings, settled: false } };
}

/** How many of the readings, from the newest back, could be of one and the same series. */
function countAgreeing(readings: readonly Candidate[], limits: MeterLimits): number {
  let agreeing = 1;
  for (let index = readings.length - 1; index > 0; index--) {
    const [before, after] = [readings[index - 1], readings[index]];
    if (before === undefined || after === undefined) break;
    if (judgeSequence({ ...before, sameRun: true }, after, limits) !== undefined) break;
    agreeing += 1;
  }
  return agreeing;
}
