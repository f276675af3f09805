/** Check values: the catalogue of CRCs (CRC-16/MODBUS), and the frames of MODBUS over Serial Line V1.02 and its field guides. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc16, hasValidCrc, withCrc } from '../../../../../src/main/serial/modbus/crc16.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

test('the catalogue: "123456789" gives 4B37', () => {
  expect(crc16(new TextEncoder().encode('123456789'))).toBe(0x4b37);
});
test('appendix B of the specification: 02 07 gives 1241, sent 41 12', () => {
  expect(withCrc([0x02, 0x07])).toEqual(bytes('02 07 41 12'));
});
test.for(['01 04 00 00 00 02 71 CB', '01 03 00 00 00 0A C5 CD', '11 03 00 6B 00 03 76 87', '11 06 00 01 00 03 9A 9B'])(
  'a published frame is valid: %s',
  (frame) => {
    expect(hasValidCrc(bytes(frame))).toBe(true);
    expect(withCrc(bytes(frame).slice(0, -2))).toEqual(bytes(frame));
  },
);
test('any one burst of up to 16 wrong bits is noticed', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 2, maxLength: 252 }),
      fc.nat(),
      fc.integer({ min: 1, max: 0xffff }),
      (data, at, burst) => {
        const frame = withCrc(data);
        const place = at % (frame.length - 1);
        frame[place] = (frame[place] ?? 0) ^ (burst & 0xff);
        frame[place + 1] = (frame[place + 1] ?? 0) ^ (burst >>> 8);
        expect(hasValidCrc(frame)).toBe(false);
      },
    ),
  );
});
