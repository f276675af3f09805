/** Labels and power of charge points. */
import { describe, expect, test } from 'vitest';
import { readEvse } from '../../../../../src/main/marketplace/ocpi/read-evse.ts';
import { evse as wireEvse } from '../../../../../src/main/marketplace-link/wire/v1/ocpi-objects.ts';
import { sampleEvse } from '../../../../support/wire-samples.ts';

const read = (connector: Record<string, unknown>, change: Record<string, unknown> = {}) => {
  const sample = sampleEvse('E1');
  return readEvse(wireEvse.parse({ ...sample, connectors: [{ ...sample.connectors[0], ...connector }], ...change }));
};

describe('power in W', () => {
  test.for([
    ['stated', { max_electric_power: 150_000 }, 150_000, true],
    ['stated as zero is not stated', { max_electric_power: 0 }, 184_000, false],
    ['direct current', {}, 184_000, false],
    ['one phase', { power_type: 'AC_1_PHASE', max_voltage: 230, max_amperage: 16 }, 3_680, false],
    ['two phases', { power_type: 'AC_2_PHASE', max_voltage: 230, max_amperage: 16 }, 7_360, false],
    ['three phases, line to neutral', { power_type: 'AC_3_PHASE', max_voltage: 230, max_amperage: 32 }, 22_080, false],
    ['three phases, between lines', { power_type: 'AC_3_PHASE', max_voltage: 400, max_amperage: 32 }, 22_170, false],
  ] as const)('%s', ([, connector, maxPowerW, maxPowerStated]) =>
    expect(read(connector).connectors[0]).toMatchObject({ maxPowerW, maxPowerStated }),
  );
});

test('the label is what is painted on it, else its number, else its uid', () => {
  expect(read({}, { physical_reference: 'Bay 7' }).label).toBe('Bay 7');
  expect(read({}, { physical_reference: undefined }).label).toBe('DE*TST*EE1');
  expect(read({}, { physical_reference: undefined, evse_id: undefined }).label).toBe('E1');
});
