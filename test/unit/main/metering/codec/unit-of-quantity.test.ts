/** A unit in which a quantity can not be measured says that something is wrong. */
import { expect, test } from 'vitest';
import { obisOfText } from '../../../../../src/main/metering/codec/obis-code.ts';
import { spellUnit, unitContradicts } from '../../../../../src/main/metering/codec/unit-of-quantity.ts';

test.for([
  ['kWh', 'kWh'],
  ['KWH', 'kWh'],
  ['kvarh', 'kvarh'],
  ['kVArh', 'kvarh'],
  ['W', 'W'],
  ['MWh', 'MWh'],
  ['m3', 'm3'],
] as const)('%s is spelled %s', ([sent, spelled]) => {
  expect(spellUnit(sent)).toBe(spelled);
});

test.for(['mWh', 'mW', 'kXh', '', 'constructor', 'k Wh'])('“%s” is no unit', (sent) => {
  expect(spellUnit(sent)).toBeUndefined();
});

test.for([
  ['1-0:1.8.0', 'kWh', false],
  ['1-0:1.8.0', 'W', true],
  ['1-0:3.8.1', 'kvarh', false],
  ['1-0:16.7.0', 'kWh', true],
  ['1-0:36.7.0', 'W', false],
  ['1-0:1.6.0', 'kW', false],
  ['1-0:32.7.0', 'V', false],
  ['1-0:32.7.0', 'A', true],
  ['1-0:51.7.0', 'A', false],
  ['1-0:14.7.0', 'Hz', false],
  ['1-0:14.7.0', 'V', true],
  ['1-0:1.8.0', 'm³', true],
  ['0-1:24.2.1', 'm3', false],
  ['7-0:3.1.0', 'm3', false],
  ['1.8.0', 'W', false],
] as const)('%s in %s: contradicts %s', ([text, unit, contradicts]) => {
  const code = obisOfText(text);
  expect(code && unitContradicts(code, unit)).toBe(contradicts);
});
