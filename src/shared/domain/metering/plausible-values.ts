/** What one reading by itself cannot say: no mains voltage, more power than the installation carries, no energy at all. */
import { refuse, type Refusal } from '../../kernel/result.ts';
import type { MeterReading, PhaseValues } from './meter.ts';

export type MeterLimits = {
  readonly ratedCurrentA: number;
  readonly ratedVoltageV: number;
  readonly voltageV: readonly [least: number, greatest: number];
  readonly frequencyHz: readonly [least: number, greatest: number];
  /** How many phases the meter has; three unless it is said. */
  readonly phaseCount?: number | undefined;
  /** Utility meters tell their energy, and their power only once their owner has let them. */
  readonly mayLackPower?: boolean | undefined;
};

export type ImplausibleCode =
  | 'value-missing'
  | 'no-voltage'
  | 'voltage-implausible'
  | 'frequency-implausible'
  | 'current-implausible'
  | 'power-implausible'
  | 'energy-implausible';

/** A sum over a rating is plausible up to here: meters and loads may be driven somewhat beyond their rating. */
export const OVER_RATING = 1.2;
/** A phase that is off may still show a few volts by induction. */
const DEAD_BELOW_V = 10;
/** Nine terawatt-hours: beyond it, thousandths of a Wh are no exact numbers any more, and no meter of a site counts so far. */
const GREATEST_ENERGY_WH = Number.MAX_SAFE_INTEGER / 1000;

export function ratedPowerW({ ratedCurrentA, ratedVoltageV, phaseCount = 3 }: MeterLimits): number {
  return phaseCount * ratedCurrentA * ratedVoltageV;
}

export function judgeValues({ values }: MeterReading, limits: MeterLimits): Refusal<ImplausibleCode> | undefined {
  const { powerW, importWh, exportWh, frequencyHz, phases } = values;
  const isPowerMissing = powerW === undefined && limits.mayLackPower !== true;
  if (isPowerMissing || importWh === undefined)
    return refuse(
      'value-missing',
      `The meter gave no ${isPowerMissing ? 'power' : 'imported energy'}. Check that its profile is the right one.`,
    );
  if (importWh < 0 || (exportWh ?? 0) < 0)
    return refuse('energy-implausible', 'An energy register is below zero. Check the meter’s profile and byte order.');
  if (importWh > GREATEST_ENERGY_WH || (exportWh ?? 0) > GREATEST_ENERGY_WH)
    return refuse(
      'energy-implausible',
      'An energy register is beyond what any site uses. Check the meter’s profile and byte order.',
    );
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
  if (powerW !== undefined && Math.abs(powerW) > greatestW)
    return refuse(
      'power-implausible',
      `${say(powerW)} W is more than this meter can carry (${say(greatestW)} W). Check its rated current.`,
    );
  return undefined;
}

function judgePhase(phase: PhaseValues, name: string, limits: MeterLimits): Refusal<ImplausibleCode> | undefined {
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
  const greatestW = limits.ratedCurrentA * limits.ratedVoltageV * OVER_RATING;
  if (powerW !== undefined && Math.abs(powerW) > greatestW)
    return refuse(
      'power-implausible',
      `${say(powerW)} W at ${name} is more than this meter can carry (${say(greatestW)} W). Check its rated current.`,
    );
  return undefined;
}

export function say(value: number): string {
  return String(Math.round(value * 10) / 10);
}
