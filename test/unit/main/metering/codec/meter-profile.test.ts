import { expect, test } from 'vitest';
import sdm630 from '../../../../../resources/meter-profiles/eastron-sdm630.json' with { type: 'json' };
import { parseMeterProfile } from '../../../../../src/main/metering/codec/meter-profile.ts';

function messageOf(content: unknown): string {
  const parsed = parseMeterProfile('eastron-sdm630.json', content);
  return parsed.ok ? 'it was taken' : parsed.message;
}

test('the shipped profile is taken', () => {
  expect(messageOf(sdm630)).toBe('it was taken');
});

test.for<readonly [string, unknown]>([
  [
    '“values.powerW.register”: a register is written as 0x',
    { ...sdm630, values: { ...sdm630.values, powerW: { register: '34', type: 'float32' } } },
  ],
  [
    '“values.powerW”: it stands outside the registers',
    { ...sdm630, values: { ...sdm630.values, powerW: { register: '0x004B', type: 'float32' } } },
  ],
  [
    '“reading.allowedCounts”: the counts must all be different',
    { ...sdm630, reading: { ...sdm630.reading, allowedCounts: [76, 78, 78] } },
  ],
  [
    '“reading.allowedCounts”: each count must reach the needed 76',
    { ...sdm630, reading: { ...sdm630.reading, allowedCounts: [74, 76, 78] } },
  ],
  ['“reading.allowedCounts”', { ...sdm630, reading: { ...sdm630.reading, allowedCounts: [76, 78] } }],
  [
    '“serialNumber.neededCount”: a u32 takes 2 registers',
    { ...sdm630, serialNumber: { ...sdm630.serialNumber, neededCount: 1 } },
  ],
  [
    '“plausible.voltageV”: the smaller comes first',
    { ...sdm630, plausible: { ...sdm630.plausible, voltageV: [280, 180] } },
  ],
  ['“”: ', { ...sdm630, colour: 'red' }],
])('a bad one is named by file and field: %s', ([said, content]) => {
  expect(messageOf(content)).toContain(`The meter profile eastron-sdm630.json cannot be used: ${said}`);
});
