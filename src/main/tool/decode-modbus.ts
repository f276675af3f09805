/**
 * A recorded Modbus line, both sides in one stream: each answer is laid to the question it can belong to, and its registers are
 * read by the meter's profile. An answer tells nothing of its question but unit, function and length, so that one which fits
 * two open questions with different registers is shown and not decoded.
 */
import { decodeSerialNumber, listValues } from '../metering/codec/decode-registers.ts';
import { REGISTERS_OF_TYPE, type MeterProfile } from '../metering/codec/meter-profile.ts';
import { createFrameReader, type RtuFrame } from '../serial/modbus/rtu-frame.ts';
import type { DecodedFrame, DecodedLine, ShownFields } from './decode-shown.ts';

type Question = {
  readonly unitAddress: number;
  readonly functionCode: number;
  readonly firstRegister: number;
  readonly registerCount: number;
};

/** Those that were never answered are forgotten in the end: their answers are long over. */
const MOST_OPEN = 16;

export function decodeModbus(profile: MeterProfile, bytes: Uint8Array): DecodedLine {
  const reader = createFrameReader();
  const frames: DecodedFrame[] = [];
  const discarded: { from: number; bytes: Uint8Array; reason: string }[] = [];
  let open: readonly Question[] = [];
  let from = 0;
  for (const piece of [...reader.push(bytes), ...reader.flush()]) {
    if (piece.kind === 'discarded') {
      const last = discarded.at(-1);
      if (last !== undefined && last.from + last.bytes.length === from)
        last.bytes = Uint8Array.from([...last.bytes, ...piece.bytes]);
      else discarded.push({ from, bytes: piece.bytes, reason: 'no-frame' });
    } else {
      const { frame } = piece;
      const question = questionOf(frame, piece.bytes);
      if (question !== undefined) {
        open = [...open, question].slice(-MOST_OPEN);
        frames.push({
          from,
          length: piece.bytes.length,
          what: { kind: 'question', ...shownQuestion(question) },
          values: [],
        });
      } else {
        const fitting = open.filter((one) => fits(one, frame));
        open = open.filter((one) => !fitting.includes(one));
        frames.push({ from, length: piece.bytes.length, ...readFrame(profile, frame, fitting, from) });
      }
    }
    from += piece.bytes.length;
  }
  return { frames, discarded };
}

function questionOf(frame: RtuFrame, bytes: Uint8Array): Question | undefined {
  if (frame.kind !== 'request' || frame.registerCount === undefined) return undefined;
  const { unitAddress, functionCode, registerCount } = frame;
  return { unitAddress, functionCode, registerCount, firstRegister: (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0) };
}

function shownQuestion({ unitAddress, functionCode, firstRegister, registerCount }: Question): ShownFields {
  return { unitAddress, functionCode, firstRegister: hex(firstRegister), registerCount };
}

function fits(question: Question, frame: RtuFrame): boolean {
  if (question.unitAddress !== frame.unitAddress || question.functionCode !== frame.functionCode) return false;
  return frame.kind === 'exception' || (frame.kind === 'answer' && frame.data.length === 2 * question.registerCount);
}

function readFrame(
  profile: MeterProfile,
  frame: RtuFrame,
  fitting: readonly Question[],
  from: number,
): Pick<DecodedFrame, 'what' | 'values'> {
  const { unitAddress, functionCode } = frame;
  const what = { kind: frame.kind === 'request' ? 'order' : frame.kind, unitAddress, functionCode };
  if (frame.kind === 'exception') return { what: { ...what, exceptionCode: frame.exceptionCode }, values: [] };
  if (frame.kind !== 'answer') return { what, values: [] };
  const [question] = fitting;
  if (question === undefined)
    return {
      what: { ...what, note: 'No question before it has this unit, function and length: not decoded.' },
      values: [],
    };
  if (fitting.some((one) => one.firstRegister !== question.firstRegister))
    return { what: { ...what, note: 'It fits several questions before it: not decoded.' }, values: [] };
  const answered = { ...what, firstRegister: hex(question.firstRegister), registerCount: question.registerCount };
  return { what: answered, values: readRegisters(profile, question, frame.data, from + 3) };
}

/** @param at where the first register stands in the recording */
function readRegisters(
  profile: MeterProfile,
  { unitAddress, functionCode, firstRegister, registerCount }: Question,
  data: Uint8Array,
  at: number,
): readonly ShownFields[] {
  const shown: ShownFields[] = [];
  const serial = profile.serialNumber;
  if (
    serial?.functionCode === functionCode &&
    serial.firstRegister === firstRegister &&
    serial.neededCount <= registerCount
  )
    shown.push({
      unitAddress,
      register: hex(firstRegister),
      name: 'serialNumber',
      number: null,
      text: decodeSerialNumber(profile, data) ?? null,
      unit: null,
      quality: decodeSerialNumber(profile, data) === undefined ? 'absent' : 'good',
      from: at,
      length: 2 * REGISTERS_OF_TYPE[serial.type],
    });
  if (profile.reading.functionCode !== functionCode) return shown;
  const block = layInto(profile, firstRegister, data);
  for (const { name, register, raw, value, unit } of listValues(profile, block)) {
    const place = Number(register) - firstRegister;
    const length = raw.split(' ').length;
    if (place < 0 || 2 * place + length > data.length) continue;
    const quality = value === undefined ? 'absent' : 'good';
    shown.push({
      unitAddress,
      register,
      name,
      number: value ?? null,
      unit,
      quality,
      raw,
      from: at + 2 * place,
      length,
    });
  }
  return shown;
}

/** The profile's whole block, with what was asked for in its place: a master may ask for less than the console does. */
function layInto(profile: MeterProfile, firstRegister: number, data: Uint8Array): Uint8Array {
  const block = new Uint8Array(2 * profile.reading.neededCount);
  const shift = 2 * (firstRegister - profile.reading.firstRegister);
  for (const [index, byte] of data.entries())
    if (shift + index >= 0 && shift + index < block.length) block[shift + index] = byte;
  return block;
}

function hex(register: number): string {
  return `0x${register.toString(16).toUpperCase().padStart(4, '0')}`;
}
