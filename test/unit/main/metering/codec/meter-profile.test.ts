import { expect, test } from 'vitest';
import sdm630 from '../../../../../resources/meter-profiles/eastron-sdm630.json' with { type: 'json' };
import { parseMeterProfile } from '../../../../../src/main/metering/codec/meter-profile.ts';

function messageOf(content: unknown): string {
  const parsed = parseMeterProfile('eastron-sdm630.json', content);
  return parsed.ok ? 'it was taken' : parsed.message;
}

function withCounts(allowedCounts: readonly number[]): unknown {
  return { ...sdm630, blocks: sdm630.blocks.map((block) => ({ ...block, allowedCounts })) };
}

function withValues(values: object): unknown {
  return { ...sdm630, values: { ...sdm630.values, ...values } };
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
  ['“blocks.0.allowedCounts”: the counts must all be different', withCounts([76, 78, 78])],
  ['“blocks.0.allowedCounts”: each count must reach the needed 76', withCounts([74, 76, 78])],
  ['“blocks.0.allowedCounts”', withCounts([76, 78])],
  [
    '“values.importWh”: energy stands in the block that is read last',
    { ...sdm630, blocks: [...sdm630.blocks, { ...sdm630.blocks[0], firstRegister: '0x0100' }] },
  ],
  ['“values.voltageV”: one phase or three', withValues({ voltageV: sdm630.values.voltageV.slice(1) })],
  [
    '“values.powerW”: it shares some of its registers',
    withValues({ powerW: { register: '0x0047', type: 'float32' }, frequencyHz: undefined }),
  ],
  [
    '“values.powerW.absent”: a pattern of a float32 has 8 digits',
    withValues({ powerW: { ...sdm630.values.powerW, absent: ['0x7FFF'] } }),
  ],
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
