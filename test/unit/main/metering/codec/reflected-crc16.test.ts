/** The published check values of “123456789” (CRC catalogue: CRC-16/IBM-SDLC, /KERMIT, /ARC). */
import { expect, test } from 'vitest';
import { crcArc, crcKermit, crcX25 } from '../../../../../src/main/metering/codec/reflected-crc16.ts';

const CHECK = Uint8Array.from(Buffer.from('123456789'));

test.for([
  ['X-25', crcX25, 0x906e],
  ['Kermit', crcKermit, 0x2189],
  ['ARC', crcArc, 0xbb3d],
] as const)('%s', ([, crc, check]) => {
  expect(crc(CHECK)).toBe(check);
});
