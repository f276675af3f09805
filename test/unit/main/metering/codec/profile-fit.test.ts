/** Every shipped profile, read as a neighbour of itself: its own evidence must contradict. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isReadWith,
  placesOf,
  PROFILE_VARIANTS,
  REGISTERS_OF_TYPE,
  type ModbusProfile,
} from '../../../../../src/main/metering/codec/meter-profile.ts';
import { judgeFit } from '../../../../../src/main/metering/codec/profile-fit.ts';
import { orderWords } from '../../../../../src/main/metering/codec/register-number.ts';
import type { RegisterSpan } from '../../../../../src/main/metering/codec/register-span.ts';
import { modbusProfiles, openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';
import { variantsOf } from '../../../../../src/main/metering/meters/profile-variant.ts';

const shipped = modbusProfiles(openMeterProfiles());
const living = fc.record({
  voltageV: fc.double({ min: 200, max: 260, noNaN: true }),
  currentA: fc.double({ min: 3, max: 30, noNaN: true }),
  frequencyHz: fc.double({ min: 49.5, max: 50.5, noNaN: true }),
  kilowattHours: fc.double({ min: 1, max: 900_000, noNaN: true }),
});
type Living = typeof living extends fc.Arbitrary<infer T> ? T : never;

/** All its blocks as the meter would send them, a little wider than asked. */
function spansOf(profile: ModbusProfile, { voltageV, currentA, frequencyHz, kilowattHours }: Living): RegisterSpan[] {
  const spans = profile.blocks.map(({ functionCode, firstRegister, neededCount }) => ({
    functionCode,
    firstRegister: firstRegister - 1 < 0 ? 0 : firstRegister - 1,
    bytes: new Uint8Array(2 * (neededCount + 3)),
  }));
  const powerW = voltageV * currentA;
  const meant = {
    voltageV,
    currentA,
    frequencyHz,
    phasePowerW: powerW,
    powerW: powerW * profile.values.voltageV.length,
    importWh: kilowattHours * 1000,
    exportWh: kilowattHours * 10,
  };
  for (const { name, place } of placesOf(profile))
    for (const span of spans) {
      const from = 2 * (place.register - span.firstRegister);
      const length = 2 * REGISTERS_OF_TYPE[place.type];
      if (!isReadWith(profile, place, span.functionCode) || from < 0 || from + length > span.bytes.length) continue;
      span.bytes.set(orderWords(written(meant[name] / place.scale, place.type, length), place.wordOrder), from);
    }
  return spans;
}

function written(steps: number, type: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  if (type === 'float32') view.setFloat32(0, steps);
  else
    for (let at = 0, rest = BigInt(Math.round(steps)); at < length; at++, rest >>= 8n)
      bytes[length - 1 - at] = Number(rest & 0xffn);
  return bytes;
}

describe.for(shipped.map((profile) => [profile.name, profile] as const))('%s', ([, profile]) => {
  it('fits what its meter sends', () => {
    fc.assert(
      fc.property(living, (values) => {
        expect(judgeFit(profile, spansOf(profile, values)).kind).toBe('fits');
      }),
    );
  });

  it('does not fit a meter with its words exchanged or its registers one aside', () => {
    const neighbours = variantsOf({ ...profile, differs: [...PROFILE_VARIANTS] });
    expect(neighbours).toHaveLength(3);
    fc.assert(
      fc.property(living, (values) => {
        const spans = spansOf(profile, values);
        for (const neighbour of neighbours) expect(judgeFit(neighbour, spans).kind).not.toBe('fits');
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('does not fit volts of another scale, nor kilowatts taken for watts', () => {
    fc.assert(
      fc.property(living, (values) => {
        const scaled = (factor: number) => ({ ...values, voltageV: values.voltageV * factor });
        for (const factor of [0.1, 10])
          expect(judgeFit(profile, spansOf(profile, scaled(factor))).kind).toBe('contradicts');
        const powers = profile.values.phasePowerW?.map((place) => ({ ...place, scale: place.scale * 1000 }));
        const asKilowatts = { ...profile, values: { ...profile.values, phasePowerW: powers } };
        expect(judgeFit(asKilowatts, spansOf(profile, values)).kind).toBe('contradicts');
      }),
    );
  });
});
