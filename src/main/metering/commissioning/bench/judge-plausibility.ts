/**
 * Whether what was read can be a meter's, before anybody believes it: what is known beforehand (mains voltage and frequency),
 * what has to agree (power with voltage times current, the total with its phases) and what can not be (energy below zero, or
 * falling between two readings). Each check says what was seen and what it means.
 */
import type { MeterLimits } from '../../../../shared/domain/metering/plausible-values.ts';
import type { MeterValues, PhaseValues } from '../../../../shared/domain/metering/meter.ts';
import type { PlausibilityCheck } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import type { DecodedReading } from '../../codec/decoded-reading.ts';

type Judged = Pick<PlausibilityCheck, 'outcome' | 'sentence'>;

/** A phase that is off may still show a few volts by induction. */
const DEAD_BELOW_V = 10;
/** Power and current are measured over slightly different times, and both are rounded. */
const OVER_APPARENT = 1.1;
const SMALL_W = 25;
/** More than its rating is an overload, or transformers nobody said; a hundred times is another register. */
const OVER_RATING = 1.2;
const BEYOND_RATING = 100;
/** A terawatt-hour is a large city's year. */
const MOST_WH = 1e12;

/** @param second of the same meter about a second later; undefined when it could not be read again */
export function judgePlausibility(
  first: DecodedReading,
  second: DecodedReading | undefined,
  limits: MeterLimits,
  serialNumber: string | undefined,
): readonly PlausibilityCheck[] {
  return [
    { name: 'voltage', ...judgeVoltage(first.values, limits) },
    { name: 'frequency', ...judgeFrequency(first.values, limits) },
    { name: 'power', ...judgePower(first.values, limits) },
    { name: 'energy', ...judgeEnergy(first, second) },
    {
      name: 'serial-number',
      ...(serialNumber === undefined
        ? {
            outcome: 'not-told',
            sentence:
              'The meter tells no serial number: write it down from its plate, an exchange will not be noticed.',
          }
        : { outcome: 'passed', sentence: `Serial number ${serialNumber}: compare it with the plate.` }),
    },
  ];
}

/** Nothing failed, and something was seen that only a meter of this kind shows. */
export function isMeter(checks: readonly PlausibilityCheck[]): boolean {
  const seen = checks.filter(({ name }) => name === 'voltage' || name === 'frequency');
  return checks.every(({ outcome }) => outcome !== 'failed') && seen.some(({ outcome }) => outcome !== 'not-told');
}

/** The greater, the better it fits. */
export function scoreOf(checks: readonly PlausibilityCheck[], values: MeterValues): number {
  const judged = checks.map(({ outcome }): number => (outcome === 'passed' ? 10 : outcome === 'doubtful' ? -10 : 0));
  const told = [
    values.powerW,
    values.importWh,
    values.exportWh,
    values.frequencyHz,
    ...values.phases.flatMap(valuesOf),
  ];
  return judged.reduce((sum, score) => sum + score, 0) + told.filter((value) => value !== undefined).length;
}

function valuesOf({ voltageV, currentA, powerW }: PhaseValues): readonly (number | undefined)[] {
  return [voltageV, currentA, powerW];
}

function judgeVoltage({ phases }: MeterValues, { voltageV: [least, most] }: MeterLimits): Judged {
  const told = phases.flatMap(({ voltageV }, index) =>
    voltageV === undefined ? [] : [{ name: `L${index + 1}`, voltageV }],
  );
  if (told.length === 0) return { outcome: 'not-told', sentence: 'The meter tells no voltage.' };
  const dead = told.filter(({ voltageV }) => Math.abs(voltageV) < DEAD_BELOW_V);
  if (dead.length === told.length)
    return {
      outcome: 'failed',
      sentence: 'No phase shows a voltage, though something answers: these are other registers.',
    };
  const wrong = told.find(
    ({ voltageV }) => Math.abs(voltageV) >= DEAD_BELOW_V && (voltageV < least || voltageV > most),
  );
  if (wrong !== undefined)
    return {
      outcome: 'failed',
      sentence: `${wrong.name} shows ${say(wrong.voltageV)} V, which is no mains voltage (${least} to ${most} V).`,
    };
  const shown = told.map(({ name, voltageV }) => `${name} ${say(voltageV)} V`).join(', ');
  return dead.length === 0
    ? { outcome: 'passed', sentence: `${shown}: mains voltage.` }
    : {
        outcome: 'doubtful',
        sentence: `${shown}: check the fuses of the phase without voltage, or choose a single-phase profile.`,
      };
}

function judgeFrequency({ frequencyHz }: MeterValues, { frequencyHz: [least, most] }: MeterLimits): Judged {
  if (frequencyHz === undefined) return { outcome: 'not-told', sentence: 'The meter tells no frequency.' };
  return frequencyHz >= least && frequencyHz <= most
    ? { outcome: 'passed', sentence: `${say(frequencyHz)} Hz: mains frequency.` }
    : { outcome: 'failed', sentence: `${say(frequencyHz)} Hz is no mains frequency (${least} to ${most} Hz).` };
}

function judgePower({ powerW, phases }: MeterValues, limits: MeterLimits): Judged {
  if (powerW === undefined)
    return limits.mayLackPower === true
      ? { outcome: 'not-told', sentence: 'The meter tells no power: energy alone is read of it.' }
      : { outcome: 'failed', sentence: 'It gives no power where a meter of this kind has it.' };
  const { ratedCurrentA, ratedVoltageV } = limits;
  const ratedW = 3 * ratedCurrentA * ratedVoltageV;
  const current = Math.max(0, ...phases.map(({ currentA }) => Math.abs(currentA ?? 0)));
  if (Math.abs(powerW) > BEYOND_RATING * ratedW || current > BEYOND_RATING * ratedCurrentA)
    return {
      outcome: 'failed',
      sentence: `${say(powerW)} W and ${say(current)} A are of no meter: these are other registers.`,
    };
  if (Math.abs(powerW) > OVER_RATING * ratedW || current > OVER_RATING * ratedCurrentA)
    return {
      outcome: 'doubtful',
      sentence: `${say(powerW)} W and ${say(current)} A are more than its rating (${say(ratedCurrentA)} A): does it stand behind current transformers?`,
    };
  const apparent = phases.map(({ voltageV, currentA }) =>
    voltageV === undefined || currentA === undefined ? undefined : Math.abs(voltageV * currentA),
  );
  const told = apparent.filter((va) => va !== undefined);
  const sumVa = told.reduce((sum, va) => sum + va, 0);
  if (told.length > 0 && Math.abs(powerW) > OVER_APPARENT * sumVa + SMALL_W)
    return {
      outcome: 'doubtful',
      sentence: `${say(powerW)} W, but voltage times current are only ${say(sumVa)} VA: the profile may be another model’s.`,
    };
  const phasePowers = phases.map((phase) => phase.powerW).filter((watts) => watts !== undefined);
  const sumW = phasePowers.reduce<number>((sum, watts) => sum + watts, 0);
  if (phasePowers.length > 0 && Math.abs(sumW - powerW) > 0.1 * Math.abs(powerW) + SMALL_W)
    return { outcome: 'doubtful', sentence: `${say(powerW)} W in total, but its phases add up to ${say(sumW)} W.` };
  const seen = told.length > 0 ? `${say(powerW)} W of ${say(sumVa)} VA` : `${say(powerW)} W`;
  const direction =
    powerW < -SMALL_W
      ? ' Power flows backwards: right where something feeds in, else a current transformer is turned round.'
      : '';
  return {
    outcome: direction === '' ? 'passed' : 'doubtful',
    sentence: `${seen}: power, voltage and current agree.${direction}`,
  };
}

function judgeEnergy(first: DecodedReading, second: DecodedReading | undefined): Judged {
  const { importWh } = first.values;
  if (importWh === undefined)
    return { outcome: 'failed', sentence: 'The meter tells no imported energy, and nothing can be accounted without.' };
  const { exportWh = 0 } = first.values;
  if (importWh < 0 || exportWh < 0 || importWh > MOST_WH || exportWh > MOST_WH)
    return { outcome: 'failed', sentence: `${sayKwh(importWh)} is no count of energy: these are other registers.` };
  const later = second?.values.importWh;
  if (later === undefined)
    return { outcome: 'doubtful', sentence: `${sayKwh(importWh)}; it could not be read a second time.` };
  if (later < importWh - first.resolutionWh)
    return {
      outcome: 'failed',
      sentence: `The energy fell from ${sayKwh(importWh)} to ${sayKwh(later)} within a second.`,
    };
  return { outcome: 'passed', sentence: `${sayKwh(later)}, and not falling: compare it with the display.` };
}

function sayKwh(wh: number): string {
  return `${(wh / 1000).toFixed(2)} kWh`;
}

function say(value: number): string {
  if (value !== 0 && (Math.abs(value) < 0.1 || Math.abs(value) >= 1e9)) return value.toPrecision(3);
  return String(Math.round(value * 10) / 10);
}
