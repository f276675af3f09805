/**
 * `decode`: what a recorded line said, value by value, and which of its bytes were no message and why. For whoever has a meter
 * before them that the console does not read, or reads otherwise than its display.
 */
import { modbusProfiles, openMeterProfiles } from '../metering/meters/meter-profiles.ts';
import { createIec62056Reader, type Iec62056Frame } from '../metering/codec/iec62056/iec62056-reader.ts';
import { createP1Reader, type P1Frame } from '../metering/codec/p1/p1-reader.ts';
import { createSmlReader, type SmlFrame } from '../metering/codec/sml/sml-reader.ts';
import { joinDiscarded, type StreamPiece, type StreamReader } from '../metering/codec/stream-pieces.ts';
import { decodeModbus } from './decode-modbus.ts';
import { showDecoded, type DecodedFrame, type DecodedLine } from './decode-shown.ts';
import { readRecording } from './decode-recording.ts';
import { readToolArgs, ToolError, type Tool } from './tool-definition.ts';

const USAGE = 'sml|d0|p1 FILE, or modbus --profile NAME FILE';
const BAD_ARGUMENTS = 2;

type Frame = SmlFrame | Iec62056Frame | P1Frame;

const readers: Readonly<Record<string, () => StreamReader<Frame>>> = {
  sml: createSmlReader,
  d0: createIec62056Reader,
  p1: createP1Reader,
};
const PROTOCOLS = [...Object.keys(readers), 'modbus'];

export const decode: Tool = {
  name: 'decode',
  summary:
    'Decodes a recorded line, raw bytes or hexadecimal text: every value with its OBIS code or register, number, unit and quality, ' +
    'the frames, and the bytes that are none with the reason. “number” is null where no binary number says the same as “exact”. ' +
    'Exits with 1 when there is no frame in it, and with 2 when it cannot be read.',
  usage: USAGE,
  run: async (args) => {
    const { values, files } = readToolArgs(args, ['profile'], `decode ${USAGE}`);
    const [protocol, file, ...more] = files;
    if (protocol === undefined || !PROTOCOLS.includes(protocol))
      throw refuse(`Say what the line speaks: ${PROTOCOLS.join(', ')}.`);
    if (file === undefined || more.length > 0) throw refuse('Name one recording.');
    if (protocol !== 'modbus' && values.profile !== undefined) throw refuse('Only modbus takes a --profile.');
    const decodeLine = protocol === 'modbus' ? withProfile(values.profile) : withReader(protocol);
    const recording = readRecording(file);
    const decoded = decodeLine(recording.bytes);
    if (decoded.frames.length === 0) process.exitCode = 1;
    return { file, protocol, writtenAs: recording.writtenAs, bytes: recording.bytes.length, ...showDecoded(decoded) };
  },
};

function refuse(what: string): ToolError {
  return new ToolError('usage', `${what} Usage: decode ${USAGE}`, BAD_ARGUMENTS);
}

type DecodeLine = (bytes: Uint8Array) => DecodedLine;

function withProfile(name: string | undefined): DecodeLine {
  const profiles = openMeterProfiles();
  if (name === undefined)
    throw refuse(
      `Name the meter’s --profile: ${modbusProfiles(profiles)
        .map((one) => one.name)
        .join(', ')}.`,
    );
  const profile = profiles.of(name);
  if (!profile.ok) throw new ToolError(profile.code, profile.message, BAD_ARGUMENTS);
  const chosen = profile.value;
  if (chosen.protocol !== 'modbus-rtu')
    throw refuse(`The profile ${chosen.name} is of a meter that speaks ${chosen.protocol}, not Modbus.`);
  return (bytes) => decodeModbus(chosen, modbusProfiles(profiles), bytes);
}

function withReader(protocol: string): DecodeLine {
  return (bytes) => {
    const reader = readers[protocol]?.();
    const pieces = reader === undefined ? [] : joinDiscarded([...reader.push(bytes), ...reader.flush()]);
    const frames = pieces.flatMap((piece) => (piece.kind === 'frame' ? [frameOf(piece)] : []));
    const discarded = pieces.flatMap((piece) => (piece.kind === 'discarded' ? [piece] : []));
    return { frames, discarded };
  };
}

function frameOf(piece: Extract<StreamPiece<Frame>, { kind: 'frame' }>): DecodedFrame {
  const { values, ...what } = 'values' in piece.frame ? piece.frame : { ...piece.frame, values: [] };
  return { from: piece.from, length: piece.bytes.length, what, values };
}
