import { expect, test } from 'vitest';
import {
  accessFacts,
  capabilityWords,
  duration,
  groupName,
  strongestGroup,
} from '../../../../../src/renderer/marketplace/place/place-words.ts';
import { powerW } from '../../../../../src/shared/kernel/quantity.ts';
import { madeGroup, madePlace } from '../../../../support/made-place.ts';

test('a computed power is an upper bound and says so', () => {
  expect(groupName(madeGroup)).toBe('CCS2 150 kW');
  expect(groupName({ ...madeGroup, maxPowerStated: false })).toBe('CCS2 ≤ 150 kW');
});

test('times are whole minutes and never none', () => {
  expect([0, 59, 3540, 3600, 7500].map(duration)).toEqual(['1 min', '1 min', '59 min', '1 h 00 min', '2 h 05 min']);
});

test('only what the place states is said of it; an unknown code in its own words', () => {
  expect(accessFacts(madePlace())).toEqual([]);
  const { access } = madePlace();
  expect(accessFacts({ access: { ...access, maxHeightCm: 240, maxWeightKg: 7500, vehicleTypes: ['VAN'] } })).toEqual([
    'height 2.4 m',
    'weight 7.5 t',
    'for van',
  ]);
  expect(capabilityWords({ capabilities: ['RESERVABLE', 'NEW_THING'] })).toEqual(['can be reserved', 'new thing']);
});

test('the strongest connector stands for a place without a vehicle', () => {
  const weak = { ...madeGroup, key: 'ac', maxPowerW: powerW(22_000) };
  expect(strongestGroup(madePlace({ groups: [weak, madeGroup] }))?.key).toBe('dc150');
});
