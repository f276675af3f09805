/** What a meter sent, into values, whatever its protocol. No IO and no judgement: whether they can be is decided by `accept-reading`. */
import type { PhaseValues } from '../../../shared/domain/metering/meter.ts';
import { energyWh, powerW } from '../../../shared/kernel/quantity.ts';
import { decodeRegisters } from './decode-registers.ts';
import { decodeTelegram } from './decode-telegram.ts';
import type { DecodedReading } from './decoded-reading.ts';
import type { MeterProfile } from './meter-profile.ts';

/**
 * @param raw of Modbus the registers of the profile's blocks, one block after the other; else the telegram, byte for byte
 * @param ctRatio what power, current and energy are multiplied with
 */
export function decodeReading(profile: MeterProfile, raw: Uint8Array, ctRatio: number): DecodedReading {
  const decoded =
    profile.protocol === 'modbus-rtu' ? decodeRegisters(profile, raw) : decodeTelegram(profile, raw).reading;
  const whole = { ...decoded, rollsOverAtWh: profile.rollsOverAtWh ?? decoded.rollsOverAtWh };
  return ctRatio === 1 ? whole : behindTransformers(whole, ctRatio);
}

function behindTransformers(decoded: DecodedReading, ratio: number): DecodedReading {
  const { values, resolutionWh, rollsOverAtWh } = decoded;
  const times = (value: number | undefined): number | undefined => (value === undefined ? undefined : value * ratio);
  const energy = (value: number | undefined) =>
    value === undefined ? undefined : energyWh(withoutNoise(value * ratio));
  const power = (value: number | undefined) => (value === undefined ? undefined : powerW(value * ratio));
  const phase = ({ voltageV, currentA, powerW: phasePower }: PhaseValues): PhaseValues => ({
    voltageV,
    currentA: times(currentA),
    powerW: power(phasePower),
  });
  const [first, second, third] = values.phases;
  return {
    ...decoded,
    values: {
      powerW: power(values.powerW),
      importWh: energy(values.importWh),
      exportWh: energy(values.exportWh),
      frequencyHz: values.frequencyHz,
      phases: [phase(first), phase(second), phase(third)],
    },
    resolutionWh: resolutionWh * ratio,
    rollsOverAtWh: times(rollsOverAtWh),
  };
}

/** To the thousandth of a Wh: finer than any register, and free of what multiplying binary fractions leaves behind. */
function withoutNoise(wh: number): number {
  return Math.round(wh * 1000) / 1000;
}
