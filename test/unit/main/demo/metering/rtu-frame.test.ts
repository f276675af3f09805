import { describe, expect, it } from 'vitest';
import { openFrame, rtuCrc, sealFrame } from '../../../../../src/main/demo/metering/rtu-frame.ts';

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

describe('a frame of Modbus RTU', () => {
  it.each([
    // MODBUS over Serial Line V1.02, 6.2.2: the worked example of the CRC.
    '02 07 41 12',
    // Eastron's Modbus protocol document: the first voltage asked for, and 230.2 V as the answer.
    '01 04 00 00 00 02 71 CB',
    '01 04 04 43 66 33 34 1B 38',
  ])('has the CRC that was published: %s', (published) => {
    const frame = bytes(published);
    expect(sealFrame(frame.subarray(0, -2))).toEqual(frame);
    expect(openFrame(frame)).toEqual(frame.subarray(0, -2));
  });

  it('is refused with any one bit turned', () => {
    const frame = bytes('01 04 04 43 66 33 34 1B 38');
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const turned = frame.slice();
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(openFrame(turned)).toBeUndefined();
    }
  });

  it('has 4 to 256 bytes', () => {
    const short = Uint8Array.of(7);
    expect(openFrame(Uint8Array.from([...short, ...rtuCrc(short)]))).toBeUndefined();
    expect(openFrame(sealFrame(new Uint8Array(254)))).toHaveLength(254);
    expect(openFrame(sealFrame(new Uint8Array(255)))).toBeUndefined();
  });
});
