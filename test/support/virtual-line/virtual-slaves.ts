/**
 * SDM630 meters on a line that exists in a clock's imagination: what they answer, byte for byte, and what they remember of it.
 * Each answer carries the number of its question in a register that nobody judges, so that it can be told from every other.
 */
import { withCrc } from '../../../src/main/serial/modbus/crc16.ts';

export type VirtualAnswer = { readonly unit: number; readonly number: number; readonly frame: Uint8Array };

export type VirtualSlaves = {
  /** The answer to a request, or undefined where nobody here is meant. */
  readonly answer: (request: Uint8Array, atMs: number) => VirtualAnswer | undefined;
  /** The number that a reading's registers carry. */
  readonly numberIn: (registers: Uint8Array) => number;
};

/** The phase angle of L1: a reading has it, and no rule looks at it. */
const NUMBER_REGISTER = 0x24;
const FLOATS: readonly (readonly [register: number, value: number])[] = [
  [0x00, 230.5],
  [0x02, 231.25],
  [0x04, 229.75],
  [0x06, 29],
  [0x08, 29],
  [0x0a, 29],
  [0x0c, 6_666],
  [0x0e, 6_667],
  [0x10, 6_667],
  [0x34, 20_000],
  [0x46, 50],
];
const POWER_KW = 20;

export function createVirtualSlaves(units: readonly number[]): VirtualSlaves {
  let number = 0;

  function registersOf(unit: number, functionCode: number, first: number, count: number, atMs: number): Uint8Array {
    const area = new DataView(new ArrayBuffer(0x60 * 2));
    for (const [register, value] of FLOATS) area.setFloat32(register * 2, value);
    area.setFloat32(0x48 * 2, 1000 * unit + (POWER_KW * atMs) / 3_600_000);
    area.setFloat32(NUMBER_REGISTER * 2, number);
    if (functionCode === 4) return new Uint8Array(area.buffer).slice(first * 2, (first + count) * 2);
    const holding = new DataView(new ArrayBuffer(Math.max(4, count * 2)));
    holding.setUint32(0, 7_000_000 + unit);
    return new Uint8Array(holding.buffer).slice(0, count * 2);
  }

  return {
    answer: (request, atMs) => {
      const view = new DataView(request.buffer, request.byteOffset, request.length);
      const [unit = 0, functionCode = 0] = request;
      if (request.length !== 8 || !units.includes(unit)) return undefined;
      number += 1;
      const registers = registersOf(unit, functionCode, view.getUint16(2), view.getUint16(4), atMs);
      return { unit, number, frame: withCrc([unit, functionCode, registers.length, ...registers]) };
    },
    numberIn: (registers) => new DataView(registers.buffer, registers.byteOffset).getFloat32(NUMBER_REGISTER * 2),
  };
}
