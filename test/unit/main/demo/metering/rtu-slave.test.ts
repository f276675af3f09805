import { describe, expect, it } from 'vitest';
import { sealFrame } from '../../../../../src/main/demo/metering/rtu-frame.ts';
import { createRtuSlave } from '../../../../../src/main/demo/metering/rtu-slave.ts';

const image = Uint8Array.from({ length: 200 }, (_, index) => index);
const slave = createRtuSlave({
  unitAddress: 5,
  mostRegisters: 80,
  areas: (functionCode) =>
    functionCode === 4 ? [{ first: 0, bytes: image }] : [{ first: 0xfc00, bytes: Uint8Array.of(1, 2, 3, 4) }],
});

function ask(...body: readonly number[]): readonly number[] | undefined {
  const answer = slave.answer(sealFrame(Uint8Array.from(body)));
  return answer && [...answer];
}
const sealed = (...body: readonly number[]): number[] => [...sealFrame(Uint8Array.from(body))];

describe('a Modbus slave that can be read', () => {
  it('gives input and holding registers, most significant byte first', () => {
    expect(ask(5, 4, 0, 1, 0, 2)).toEqual(sealed(5, 4, 4, 2, 3, 4, 5));
    expect(ask(5, 3, 0xfc, 0, 0, 2)).toEqual(sealed(5, 3, 4, 1, 2, 3, 4));
  });

  it('gives up to 80 registers and no more', () => {
    expect(ask(5, 4, 0, 0, 0, 80)).toHaveLength(165);
    expect(ask(5, 4, 0, 0, 0, 81)).toEqual(sealed(5, 0x84, 3));
    expect(ask(5, 4, 0, 0, 0, 0)).toEqual(sealed(5, 0x84, 3));
  });

  it('refuses registers outside its area and functions it has not', () => {
    expect(ask(5, 4, 0, 99, 0, 1)).toBeDefined();
    expect(ask(5, 4, 0, 99, 0, 2)).toEqual(sealed(5, 0x84, 2));
    expect(ask(5, 3, 0, 0, 0, 2)).toEqual(sealed(5, 0x83, 2));
    expect(ask(5, 3, 0xfc, 1, 0, 2)).toEqual(sealed(5, 0x83, 2));
    expect(ask(5, 6, 0, 0, 0, 2)).toEqual(sealed(5, 0x86, 1));
    expect(ask(5, 1, 0, 0, 0, 1)).toEqual(sealed(5, 0x81, 1));
  });

  it('is silent for others, for all at once, for a wrong CRC and for another length', () => {
    expect(ask(6, 4, 0, 0, 0, 2)).toBeUndefined();
    expect(ask(0, 4, 0, 0, 0, 2)).toBeUndefined();
    expect(ask(5, 4, 0, 0, 0, 2, 0)).toBeUndefined();
    const frame = sealFrame(Uint8Array.of(5, 4, 0, 0, 0, 2));
    expect(slave.answer(frame.with(7, (frame[7] ?? 0) ^ 1))).toBeUndefined();
    expect(slave.answer(frame.subarray(0, 3))).toBeUndefined();
  });
});
