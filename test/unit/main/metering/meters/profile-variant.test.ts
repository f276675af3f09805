/** Profiles of meters whose values stand otherwise than their document says. */
import { expect, it } from 'vitest';
import { openMeterProfiles } from '../../../../../src/main/metering/meters/meter-profiles.ts';
import { splitVariant, variantsOf } from '../../../../../src/main/metering/meters/profile-variant.ts';

const profiles = openMeterProfiles();

function modbus(name: string) {
  const found = profiles.of(name);
  if (!found.ok || found.value.protocol !== 'modbus-rtu') throw new Error(name);
  return found.value;
}

it('turns the words of values round and leaves registers and serial number where they are', () => {
  const [swapped] = variantsOf(modbus('eastron-sdm630'));
  expect(swapped?.values.powerW).toMatchObject({ register: 0x34, wordOrder: 'low-first' });
  expect(swapped?.serialNumber).toEqual(modbus('eastron-sdm630').serialNumber);
  expect(modbus('eastron-sdm630-swapped')).toEqual(swapped);
});

it('moves every register, its block and the serial number', () => {
  const shifted = modbus('schneider-iem3000-plus-1');
  const base = modbus('schneider-iem3000');
  expect(shifted.values.powerW.register).toBe(base.values.powerW.register + 1);
  expect(shifted.blocks.map(({ firstRegister }) => firstRegister)).toEqual(
    base.blocks.map(({ firstRegister }) => firstRegister + 1),
  );
  expect(shifted.serialNumber?.firstRegister).toBe((base.serialNumber?.firstRegister ?? 0) + 1);
  expect(shifted.values.powerW.wordOrder).toBe(base.values.powerW.wordOrder);
});

it('is known by its name, and by no name that a kind of meter does not have', () => {
  expect(splitVariant('eastron-sdm630-swapped')).toEqual({ base: 'eastron-sdm630', variant: 'swapped' });
  expect(splitVariant('eastron-sdm630')).toBeUndefined();
  expect(profiles.of('eastron-sdm630-minus-1').ok).toBe(false);
  expect(profiles.names.some((name) => splitVariant(name) !== undefined)).toBe(false);
});
