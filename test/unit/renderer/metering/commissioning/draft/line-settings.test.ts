import { expect, test } from 'vitest';
import {
  FRAMES,
  parseFrame,
  settingsWords,
} from '../../../../../../src/renderer/metering/commissioning/draft/line-settings.ts';

test('each frame is read and written alike', () => {
  for (const frame of FRAMES) expect(settingsWords({ baudRate: 9600, ...parseFrame(frame) })).toBe(`9600 ${frame}`);
});

test('what is no frame counts as the commonest', () => {
  expect(parseFrame('9X4')).toEqual({ dataBits: 8, parity: 'none', stopBits: 1 });
});
