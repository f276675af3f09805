/**
 * Decides whether a reading that arrived whole may be believed. A wrong reading becomes a wrong bill, so what cannot be is
 * refused, and what is merely unlikely (a register that fell or jumped, another serial number) is read again before it is
 * believed or refused.
 *
 * Invariant: within a series the energy registers never fall and never rise by more than the installation can carry.
 */
import { refuse, type Refusal } from '../../kernel/result.ts';
import type { MeterReading, PhaseValues } from './meter.ts';

export type MeterLimits = {
  readonly ratedCurrentA: number;
  readonly ratedVoltageV: number;
  readonly voltageV: readonly [least: number, greatest: number];
  readonly frequencyHz: readonly [least: number, greatest: number];
};

export type Candidate = {
  readonly reading: MeterReading;
  /** How coarse the energy registers are at their present height (7.8 Wh for a float32 at 100 MWh). */
  readonly resolutionWh: number;
};

/** The reading that was accepted last. */
export type Standing = {
  readonly reading: MeterReading;
  /** Its monotonic instant may be compared with the candidate's. */
  readonly sameRun: boolean;
};

export type RefusalCode =
  | 'value-missing'
  | 'no-voltage'
  | 'voltage-implausible'
  | 'frequency-implausible'
  | 'current-implausible'
  | 'power-implausible'
  | 'energy-implausible'
  | 'serial-number-missing'
  | DoubtCode;

type DoubtCode = 'serial-number-changed' | 'energy-began-again' | 'energy-fell' | 'energy-jumped';

export type SeriesCause = 'first-reading' | 'other-instrument' | 'began-again';

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

/** A sum over a rating is plausible up to here: meters and loads may be driven somewhat beyond their rating. */
const OVER_RATING = 1.2;
/** A phase that is off may still show a few volts by induction. */
const DEAD_BELOW_V = 10;
/** Meters renew their energy registers about once a second, so two readings may lie this much further apart than their times. */
const REGISTER_RENEWAL_MS = 2_000;
const MS_PER_HOUR = 3_600_000;
/** Unlikely readings are read twice more; another serial number, which no noise brings forth, once more. */
const READINGS_NEEDED: Readonly<Record<DoubtCode, number>> = {
  'serial-number-changed': 2,
  'energy-began-again': 3,
  'energy-fell': 3,
  'energy-jumped': 3,
};

/** What begins a series when it is confirmed; the others are refused even then. */
const SERIES_BEGUN: Readonly<Record<DoubtCode, SeriesCause | undefined>> = {
  'serial-number-changed': 'other-instrument',
  'energy-began-again': 'began-again',
  'energy-fell': undefined,
  'energy-jumped': undefined,
};

/**
 * @param standing the last accepted reading, undefined before the first
 * @param doubt what the decision before this one carried
 */
export function acceptReading(
  standing: Standing | undefined,
  candidate: Candidate,
  limits: MeterLimits,
  doubt?: Doubt,
): ReadingDecision {
  const implausible = judgeValues(candidate.reading, limits);
  if (implausible !== undefined)
    return { outcome: 'refused', code: implausible.code, message: implausible.message, doubt: undefined };
  if (standing === undefined) return { outcome: 'accepted', newSeries: 'first-reading', confirmed: false };
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
  const cause = SERIES_BEGUN[code];
  if (agreeing >= READINGS_NEEDED[code] && cause !== undefined)
    return { outcome: 'accepted', newSeries: cause, confirmed: true };
  if (readings.length >= 3) return { outcome: 'refused', code, message, doubt: { code, readings: [], settled: true } };
  return { outcome: 'read-again', message, doubt: { code, readings, settled: false } };
}

/** How many of the readings, from the newest back, could be of one and the same series. */
function countAgreeing(readings: readonly Candidate[], limits: MeterLimits): number {
  let agreeing = 1;
  for (let index = readings.length - 1; index > 0; index--) {
    const [before, after] = [readings[index - 1], readings[index]];
    if (before === undefined || after === undefined) break;
    if (judgeSequence({ reading: before.reading, sameRun: true }, after, limits) !== undefined) break;
    agreeing += 1;
  }
  return agreeing;
}

/** What one reading by itself cannot say. */
function judgeValues({ values }: MeterReading, limits: MeterLimits): Refusal<RefusalCode> | undefined {
  const { powerW, importWh, exportWh, frequencyHz, phases } = values;
  if (powerW === undefined || importWh === undefined)
    return refuse(
      'value-missing',
      `The meter gave no ${powerW === undefined ? 'power' : 'imported energy'}. Check that its profile is the right one.`,
    );
  if (importWh < 0 || (exportWh ?? 0) < 0)
    return refuse('energy-implausible', 'An energy register is below zero. Check the meter’s profile and byte order.');
  const alive = phases.filter(({ voltageV }) => voltageV !== undefined && Math.abs(voltageV) >= DEAD_BELOW_V);
  if (alive.length === 0 && phases.some(({ voltageV }) => voltageV !== undefined))
    return refuse('no-voltage', 'No phase carries a voltage. Check the meter’s supply and its fuses.');
  for (const [index, phase] of phases.entries()) {
    const refusal = judgePhase(phase, `L${index + 1}`, limits);
    if (refusal !== undefined) return refusal;
  }
  const [leastHz, greatestHz] = limits.frequencyHz;
  if (frequencyHz !== undefined && (frequencyHz < leastHz || frequencyHz > greatestHz))
    return refuse(
      'frequency-implausible',
      `${say(frequencyHz)} Hz is no mains frequency (${leastHz} to ${greatestHz} Hz). Check the meter’s profile and byte order.`,
    );
  const greatestW = ratedPowerW(limits) * OVER_RATING;
  if (Math.abs(powerW) > greatestW)
    return refuse(
      'power-implausible',
      `${say(powerW)} W is more than this meter can carry (${say(greatestW)} W). Check its rated current.`,
    );
  return undefined;
}

function judgePhase(phase: PhaseValues, name: string, limits: MeterLimits): Refusal<RefusalCode> | undefined {
  const { voltageV, currentA, powerW } = phase;
  const [leastV, greatestV] = limits.voltageV;
  const dead = voltageV !== undefined && Math.abs(voltageV) < DEAD_BELOW_V;
  if (voltageV !== undefined && !dead && (voltageV < leastV || voltageV > greatestV))
    return refuse(
      'voltage-implausible',
      `${say(voltageV)} V at ${name} is no mains voltage (${leastV} to ${greatestV} V). Check the meter’s profile and its wiring.`,
    );
  const greatestA = limits.ratedCurrentA * OVER_RATING;
  if (currentA !== undefined && Math.abs(currentA) > greatestA)
    return refuse(
      'current-implausible',
      `${say(currentA)} A at ${name} is more than this meter can carry (${say(greatestA)} A). Check its rated current.`,
    );
  const greatestW = (ratedPowerW(limits) / 3) * OVER_RATING;
  if (powerW !== undefined && Math.abs(powerW) > greatestW)
    return refuse(
      'power-implausible',
      `${say(powerW)} W at ${name} is more than this meter can carry (${say(greatestW)} W). Check its rated current.`,
    );
  return undefined;
}

/** What cannot follow the standing reading without a reason. */
function judgeSequence(standing: Standing, candidate: Candidate, limits: MeterLimits): Refusal<DoubtCode> | undefined {
  const before = standing.reading;
  const after = candidate.reading;
  if (after.serialNumber !== before.serialNumber)
    return refuse(
      'serial-number-changed',
      `Serial number ${after.serialNumber ?? 'unknown'} answers where ${before.serialNumber ?? 'an unknown one'} did. If the meter was exchanged, nothing is to be done.`,
    );
  const elapsedMs = elapsedBetween(standing, after);
  const possibleWh =
    elapsedMs === undefined
      ? Infinity
      : (ratedPowerW(limits) * OVER_RATING * (elapsedMs + REGISTER_RENEWAL_MS)) / MS_PER_HOUR;
  const directions = [
    ['imported', before.values.importWh, after.values.importWh],
    ['exported', before.values.exportWh, after.values.exportWh],
  ] as const;
  for (const [name, fromWh, toWh] of directions) {
    if (fromWh === undefined || toWh === undefined) continue;
    const riseWh = toWh - fromWh;
    const toleranceWh = candidate.resolutionWh;
    if (riseWh < -toleranceWh)
      return toWh <= Math.min(possibleWh, fromWh / 2) + toleranceWh
        ? refuse('energy-began-again', `The ${name} energy began again at ${say(toWh)} Wh after ${say(fromWh)} Wh.`)
        : refuse(
            'energy-fell',
            `The ${name} energy fell from ${say(fromWh)} to ${say(toWh)} Wh. Look at the meter’s own display before you trust it.`,
          );
    if (riseWh > possibleWh + toleranceWh)
      return refuse(
        'energy-jumped',
        `The ${name} energy rose by ${say(riseWh)} Wh in ${say((elapsedMs ?? 0) / 1000)} s, more than this meter can carry. Check its rated current and its display.`,
      );
  }
  return undefined;
}

/**
 * The longer of what the profile's clock and the monotonic one say, since either may be the one that is behind: the wall
 * clock is put right, and the demo's clock runs faster than time. Undefined when neither can say.
 */
function elapsedBetween(standing: Standing, after: MeterReading): number | undefined {
  const byClockMs = after.atMs - standing.reading.atMs;
  const elapsedMs = standing.sameRun
    ? Math.max(byClockMs, after.monotonicMs - standing.reading.monotonicMs)
    : byClockMs;
  return elapsedMs >= 0 ? elapsedMs : undefined;
}

function ratedPowerW(limits: MeterLimits): number {
  return 3 * limits.ratedCurrentA * limits.ratedVoltageV;
}

function say(value: number): string {
  return String(Math.round(value * 10) / 10);
}
