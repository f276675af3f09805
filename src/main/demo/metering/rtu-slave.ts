/**
 * One Modbus RTU slave that can be read: functions 03 and 04 and their exceptions (MODBUS Application Protocol V1.1b3, 6.3,
 * 6.4 and 7). Invariant: it answers only what was sent to its own address with a right CRC, and is silent otherwise.
 */
import { openFrame, sealFrame } from './rtu-frame.ts';

/** Registers from `first` on, two bytes each. Outside them an address is illegal. */
export type RegisterArea = { readonly first: number; readonly bytes: Uint8Array };

export type RtuSlave = {
  readonly unitAddress: number;
  /** The answer to a frame heard on the line, or undefined for silence. */
  readonly answer: (frame: Uint8Array) => Uint8Array | undefined;
};

export type RtuSlaveOptions = {
  readonly unitAddress: number;
  /** Read at most in one go; a meter's own limit may lie below the standard's 125. */
  readonly mostRegisters: number;
  /** What it measures now; asked once for each question. */
  readonly areas: (functionCode: 3 | 4) => readonly RegisterArea[];
};

const ILLEGAL_FUNCTION = 1;
const ILLEGAL_DATA_ADDRESS = 2;
const ILLEGAL_DATA_VALUE = 3;
const READ_QUESTION_BYTES = 6;

export function createRtuSlave(options: RtuSlaveOptions): RtuSlave {
  const { unitAddress, mostRegisters } = options;
  const answer = (frame: Uint8Array): Uint8Array | undefined => {
    const body = openFrame(frame);
    const functionCode = body?.[1] ?? 0;
    if (!body || body[0] !== unitAddress) return undefined;
    const except = (code: number): Uint8Array =>
      sealFrame(Uint8Array.of(unitAddress, (functionCode | 0x80) & 0xff, code));
    if (functionCode !== 3 && functionCode !== 4) return except(ILLEGAL_FUNCTION);
    // Another length is another master's answer or the like: no question to us.
    if (body.length !== READ_QUESTION_BYTES) return undefined;
    const question = new DataView(body.buffer, body.byteOffset, body.length);
    const first = question.getUint16(2);
    const count = question.getUint16(4);
    if (count < 1 || count > mostRegisters) return except(ILLEGAL_DATA_VALUE);
    const area = options
      .areas(functionCode)
      .find((each) => first >= each.first && (first + count - each.first) * 2 <= each.bytes.length);
    if (!area) return except(ILLEGAL_DATA_ADDRESS);
    const begin = (first - area.first) * 2;
    return sealFrame(
      Uint8Array.from([unitAddress, functionCode, count * 2, ...area.bytes.subarray(begin, begin + count * 2)]),
    );
  };
  return { unitAddress, answer };
}
