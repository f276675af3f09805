/** A stretch of a meter's registers, written value by value: two bytes a register, most significant first. */
import type { RegisterArea } from '../rtu-slave.ts';

export type AreaWriter = {
  readonly float: (register: number, value: number) => void;
  readonly u16: (register: number, value: number) => void;
  readonly u32: (register: number, value: number) => void;
  readonly s32: (register: number, value: number) => void;
  readonly s64: (register: number, value: number) => void;
  /** Two characters a register. */
  readonly text: (register: number, text: string) => void;
};

/** @param filler what the registers say that are not written */
export function writeArea(
  first: number,
  registers: number,
  filler: number,
  write: (area: AreaWriter) => void,
): RegisterArea {
  const view = new DataView(new ArrayBuffer(registers * 2));
  const bytes = new Uint8Array(view.buffer).fill(filler);
  const at = (register: number): number => (register - first) * 2;
  write({
    float: (register, value) => view.setFloat32(at(register), value),
    u16: (register, value) => view.setUint16(at(register), Math.round(value)),
    u32: (register, value) => view.setUint32(at(register), Math.round(value)),
    s32: (register, value) => view.setInt32(at(register), Math.round(value)),
    s64: (register, value) => view.setBigInt64(at(register), BigInt(Math.floor(value))),
    text: (register, text) => bytes.set(Buffer.from(text, 'latin1'), at(register)),
  });
  return { first, bytes };
}
