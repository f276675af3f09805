/**
 * Modbus RTU in words (MODBUS Application Protocol V1.1b3, 6 and 7). An answer says neither which registers it holds nor that
 * it was awaited: both are the last question's, so an answer is named for what it is to it.
 */
import { registerText } from '../../codec/decode-registers.ts';
import type { RegisterSpan } from '../../codec/register-span.ts';
import { createFrameReader, type RtuFrame, type RtuPiece } from '../../../serial/modbus/rtu-frame.ts';
import { exceptionName } from '../../../serial/modbus/say-failure.ts';

/** A piece of what was heard at once. */
export type HeardPiece = {
  readonly kind: 'heard' | 'discarded';
  readonly bytes: Uint8Array;
  readonly meaning: string;
};

export type AskedQuestion = {
  readonly bytes: Uint8Array;
  readonly unitAddress: number;
  readonly functionCode: 3 | 4;
  readonly firstRegister: number;
  readonly registerCount: number;
  readonly meaning: string;
};

const KIND: Readonly<Record<number, string>> = { 3: 'holding', 4: 'input' };

/** Undefined for bytes that are no reading of registers. */
export function explainQuestion(bytes: Uint8Array): AskedQuestion | undefined {
  const [unitAddress = 0, functionCode = 0, high = 0, low = 0, countHigh = 0, countLow = 0] = bytes;
  if (bytes.length !== 8 || (functionCode !== 3 && functionCode !== 4)) return undefined;
  const firstRegister = high * 256 + low;
  const registerCount = countHigh * 256 + countLow;
  const meaning = `unit ${unitAddress}: read ${registers(registerCount, functionCode)} from ${registerText(firstRegister)}`;
  return { bytes, unitAddress, functionCode, firstRegister, registerCount, meaning };
}

/** What registers of a unit say, in short; undefined where nobody knows. */
export type ShowRegisters = (unitAddress: number, span: RegisterSpan) => string | undefined;

export function explainRtu(
  bytes: Uint8Array,
  asked: AskedQuestion | undefined,
  show: ShowRegisters,
): readonly HeardPiece[] {
  const reader = createFrameReader();
  let awaited = asked;
  return joinDiscarded([...reader.push(bytes), ...reader.flush()]).map((piece): HeardPiece => {
    if (piece.kind === 'discarded')
      return { kind: 'discarded', bytes: piece.bytes, meaning: `No frame: ${sayWhyNone(piece.bytes, awaited)}` };
    const isEcho = asked !== undefined && Buffer.from(asked.bytes).equals(piece.bytes);
    const meaning = isEcho ? 'the echo of our own question' : sayFrame(piece.frame, piece.bytes, awaited, show);
    // A question is answered once: a second answer to it is somebody's late one.
    if (!isEcho && piece.frame.kind !== 'request') awaited = undefined;
    return { kind: 'heard', bytes: piece.bytes, meaning };
  });
}

/** Neighbouring bytes that are no frame as one: where they were cut is the reader's, not the line's. */
function joinDiscarded(pieces: readonly RtuPiece[]): readonly RtuPiece[] {
  const joined: RtuPiece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind === 'discarded' && last?.kind === 'discarded')
      joined[joined.length - 1] = { kind: 'discarded', bytes: Buffer.concat([last.bytes, piece.bytes]) };
    else joined.push(piece);
  }
  return joined;
}

function sayFrame(frame: RtuFrame, bytes: Uint8Array, awaited: AskedQuestion | undefined, show: ShowRegisters): string {
  const unit = `unit ${frame.unitAddress}`;
  const isOurs = awaited?.unitAddress === frame.unitAddress && awaited.functionCode === frame.functionCode;
  switch (frame.kind) {
    case 'request':
      return `another master asks ${explainQuestion(bytes)?.meaning ?? `${unit}: function ${frame.functionCode}`}`;
    case 'exception':
      return `${unit} refuses: ${exceptionName(frame.exceptionCode)} (exception ${frame.exceptionCode})${isOurs ? '' : '; nobody awaits this'}`;
    case 'answer': {
      const held = registers(frame.data.length / 2, frame.functionCode);
      if (isOurs && awaited.registerCount * 2 === frame.data.length) {
        const { firstRegister, functionCode } = awaited;
        const shown = show(frame.unitAddress, { functionCode, firstRegister, bytes: frame.data });
        return `${unit}: ${held} from ${registerText(firstRegister)}${shown === undefined ? '' : ` (${shown})`}`;
      }
      return `${unit}: ${held} that nobody awaits (late, or for another master)`;
    }
  }
}

function registers(count: number, functionCode: number): string {
  return `${count} ${KIND[functionCode] ?? `function ${functionCode}`} ${count === 1 ? 'register' : 'registers'}`;
}

function sayWhyNone(bytes: Uint8Array, awaited: AskedQuestion | undefined): string {
  if (awaited === undefined || bytes[0] !== awaited.unitAddress || (bytes[1] ?? 0) % 128 !== awaited.functionCode)
    return 'noise, or another speed or parity';
  const length = 5 + 2 * awaited.registerCount;
  return bytes.length < length ? 'the answer broke off' : 'the answer is damaged (wrong CRC)';
}
