/**
 * A recorded Modbus line, both sides in one stream: each answer is laid to the question it can belong to, and its registers are
 * read by the meter's profile. An answer tells nothing of its question but unit, function and length, so that one which fits
 * two open questions with different registers is shown and not decoded. Nor is a number told that the meter's own voltage,
 * frequency or power says to be read in the wrong place, order or scale.
 */
import { decodeSerialNumber, registerText } from '../metering/codec/decode-registers.ts';
import { REGISTERS_OF_TYPE, type ModbusProfile } from '../metering/codec/meter-profile.ts';
import { judgeFit, type Fit } from '../metering/codec/profile-fit.ts';
import type { RegisterSpan } from '../metering/codec/register-span.ts';
import { createFrameReader, type RtuFrame } from '../serial/modbus/rtu-frame.ts';
import { exceptionName } from '../serial/modbus/say-failure.ts';
import type { DecodedFrame, DecodedLine, ShownFields } from './decode-shown.ts';
import { showRegisters, type Doubt } from './show-registers.ts';
import { suggestProfile } from './suggest-profile.ts';

type Question = {
  readonly unitAddress: number;
  readonly functionCode: number;
  readonly firstRegister: number;
  readonly registerCount: number;
  /** Which frame it is. */
  readonly index: number;
};

/** A frame with what it is, and the registers in it where it is known which they are. */
type ReadFrame = Pick<DecodedFrame, 'from' | 'length' | 'what'> & {
  readonly read: { readonly unitAddress: number; readonly span: RegisterSpan; readonly fit: Fit } | undefined;
};

/** Those that were never answered are forgotten in the end: their answers are long over. */
const MOST_OPEN = 16;

/** @param others what else the registers could be, for whoever chose the wrong profile */
export function decodeModbus(profile: ModbusProfile, others: readonly ModbusProfile[], bytes: Uint8Array): DecodedLine {
  const { frames, discarded } = readLine(profile, bytes);
  const trust = weighUnits(profile, others, frames);
  return {
    frames: frames.map(({ from, length, what, read }) => {
      if (read === undefined) return { from, length, what, values: [] };
      const doubt = trust(read.unitAddress, read.fit);
      const values = showValues(profile, read.unitAddress, read.span, from + 3, doubt);
      const note = values.length === 0 ? `${profile.name} says nothing of these registers.` : doubt?.note;
      return { from, length, what: note === undefined ? what : { ...what, note }, values };
    }),
    discarded,
  };
}

function readLine(profile: ModbusProfile, bytes: Uint8Array) {
  const reader = createFrameReader();
  const frames: ReadFrame[] = [];
  const noise: { readonly from: number; to: number }[] = [];
  const answered = new Set<number>();
  let open: readonly Question[] = [];
  let from = 0;
  for (const piece of [...reader.push(bytes), ...reader.flush()]) {
    if (piece.kind === 'discarded') {
      const to = from + piece.bytes.length;
      const last = noise.at(-1);
      if (last?.to === from) last.to = to;
      else noise.push({ from, to });
    } else {
      const { frame } = piece;
      const length = piece.bytes.length;
      const question = questionOf(frame, piece.bytes, frames.length);
      if (question !== undefined) {
        open = [...open, question].slice(-MOST_OPEN);
        frames.push({ from, length, what: { kind: 'question', ...shownQuestion(question) }, read: undefined });
      } else {
        const fitting = open.filter((one) => fits(one, frame));
        for (const { index } of fitting) answered.add(index);
        open = withoutSettled(open, fitting);
        frames.push({ from, length, ...readFrame(profile, frame, fitting) });
      }
    }
    from += piece.bytes.length;
  }
  const discarded = noise.map((range) => ({
    from: range.from,
    bytes: bytes.subarray(range.from, range.to),
    reason: 'no-frame',
  }));
  return { frames: frames.map((frame, index) => sayUnanswered(frame, answered.has(index))), discarded };
}

function sayUnanswered(frame: ReadFrame, isAnswered: boolean): ReadFrame {
  if (isAnswered || frame.what['kind'] !== 'question') return frame;
  return { ...frame, what: { ...frame.what, note: 'No answer to it stands in the recording.' } };
}

/** A meter answers in the order it was asked: what it was asked before comes no more. */
function withoutSettled(open: readonly Question[], fitting: readonly Question[]): readonly Question[] {
  const last = fitting.at(-1);
  if (last === undefined) return open;
  const settledUpTo = open.indexOf(last);
  return open.filter((one, index) => one.unitAddress !== last.unitAddress || index > settledUpTo);
}

function questionOf(frame: RtuFrame, bytes: Uint8Array, index: number): Question | undefined {
  if (frame.kind !== 'request' || frame.registerCount === undefined) return undefined;
  const { unitAddress, functionCode, registerCount } = frame;
  const firstRegister = (bytes[2] ?? 0) * 256 + (bytes[3] ?? 0);
  return { unitAddress, functionCode, registerCount, firstRegister, index };
}

function shownQuestion({ unitAddress, functionCode, firstRegister, registerCount }: Question): ShownFields {
  return { unitAddress, functionCode, firstRegister: registerText(firstRegister), registerCount };
}

function fits(question: Question, frame: RtuFrame): boolean {
  if (question.unitAddress !== frame.unitAddress || question.functionCode !== frame.functionCode) return false;
  return frame.kind === 'exception' || (frame.kind === 'answer' && frame.data.length === 2 * question.registerCount);
}

function readFrame(
  profile: ModbusProfile,
  frame: RtuFrame,
  fitting: readonly Question[],
): Pick<ReadFrame, 'what' | 'read'> {
  const { unitAddress, functionCode } = frame;
  const what = { kind: frame.kind === 'request' ? 'order' : frame.kind, unitAddress, functionCode };
  if (frame.kind === 'exception') {
    const { exceptionCode } = frame;
    return { what: { ...what, exceptionCode, exception: exceptionName(exceptionCode) }, read: undefined };
  }
  if (frame.kind !== 'answer') return { what, read: undefined };
  const [question] = fitting;
  if (question === undefined || (functionCode !== 3 && functionCode !== 4))
    return {
      what: { ...what, note: 'No question before it has this unit, function and length: not decoded.' },
      read: undefined,
    };
  const { firstRegister, registerCount } = question;
  if (fitting.some((one) => one.firstRegister !== firstRegister))
    return { what: { ...what, note: 'It fits several questions before it: not decoded.' }, read: undefined };
  const span: RegisterSpan = { functionCode, firstRegister, bytes: frame.data };
  return {
    what: { ...what, firstRegister: registerText(firstRegister), registerCount },
    read: { unitAddress, span, fit: judgeFit(profile, [span]) },
  };
}

/** How far an answer's values are to be trusted: by what stands in it, else by what the same unit said elsewhere. */
function weighUnits(profile: ModbusProfile, others: readonly ModbusProfile[], frames: readonly ReadFrame[]) {
  const units = new Map<number, { isConfirmed: boolean; readonly against: Against[] }>();
  for (const { read } of frames) {
    if (read === undefined) continue;
    const { unitAddress, span, fit } = read;
    const unit = units.get(unitAddress) ?? { isConfirmed: false, against: [] };
    units.set(unitAddress, unit);
    if (fit.kind === 'fits') unit.isConfirmed = true;
    if (fit.kind === 'contradicts') unit.against.push({ span, why: fit.why });
  }
  const suggestions = new Map(
    [...units].flatMap(([unit, { against }]) =>
      against.length === 0
        ? []
        : [
            [
              unit,
              suggestProfile(
                profile,
                others,
                against.map(({ span }) => span),
              ),
            ],
          ],
    ),
  );
  return (unitAddress: number, fit: Fit): Doubt | undefined => {
    if (fit.kind === 'fits') return undefined;
    const suggestion = suggestions.get(unitAddress) ?? '';
    if (fit.kind === 'contradicts')
      return { quality: 'refused', note: `Not as ${profile.name} says: ${fit.why} ${suggestion}` };
    const { isConfirmed = false, against = [] } = units.get(unitAddress) ?? {};
    const [contradiction] = against;
    if (contradiction !== undefined)
      return {
        quality: isConfirmed ? 'unchecked' : 'refused',
        note: `Elsewhere this unit is not as ${profile.name} says: ${contradiction.why} ${suggestion}`,
      };
    return isConfirmed ? undefined : { quality: 'unchecked', note: NOTHING_TELLS };
  };
}

type Against = { readonly span: RegisterSpan; readonly why: string };

const NOTHING_TELLS =
  'No voltage and no frequency of this unit stands in the recording, which would tell that place and word order are right.';

/** @param at where the first register stands in the recording */
function showValues(
  profile: ModbusProfile,
  unitAddress: number,
  span: RegisterSpan,
  at: number,
  doubt: Doubt | undefined,
): readonly ShownFields[] {
  const values = showRegisters(profile, span, doubt).map(({ from, ...value }): ShownFields => ({
    unitAddress,
    ...value,
    from: at + from,
  }));
  return [...showSerialNumber(profile, unitAddress, span, at), ...values];
}

function showSerialNumber(
  profile: ModbusProfile,
  unitAddress: number,
  { functionCode, firstRegister, bytes }: RegisterSpan,
  at: number,
): readonly ShownFields[] {
  const serial = profile.serialNumber;
  if (serial === undefined || (serial.functionCode !== functionCode && !profile.eitherFunction)) return [];
  const count = serial.type === 'ascii' ? serial.neededCount : REGISTERS_OF_TYPE[serial.type];
  const from = 2 * (serial.firstRegister - firstRegister);
  if (from < 0 || from + 2 * count > bytes.length) return [];
  const text = decodeSerialNumber(profile, bytes.subarray(from));
  return [
    {
      unitAddress,
      register: registerText(serial.firstRegister),
      name: 'serialNumber',
      number: null,
      text: text ?? null,
      unit: null,
      quality: text === undefined ? 'absent' : 'good',
      from: at + from,
      length: 2 * count,
    },
  ];
}
