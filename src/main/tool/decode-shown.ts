/** What was decoded, as the document that `decode` prints. */
import type { DecodedValue } from '../metering/codec/decoded-value.ts';
import { binaryNumber, exactText } from '../metering/codec/exact-number.ts';
import type { Iec62056DiscardReason } from '../metering/codec/iec62056/iec62056-reader.ts';
import type { P1DiscardReason } from '../metering/codec/p1/p1-reader.ts';
import type { SmlDiscardReason } from '../metering/codec/sml/sml-reader.ts';

/** A value of a meter with registers instead of OBIS codes, for one. */
export type ShownFields = Readonly<Record<string, unknown>>;

export type DecodedFrame = {
  readonly from: number;
  readonly length: number;
  readonly what: ShownFields;
  readonly values: readonly (DecodedValue | ShownFields)[];
};

export type DecodedLine = {
  readonly frames: readonly DecodedFrame[];
  readonly discarded: readonly { readonly from: number; readonly bytes: Uint8Array; readonly reason: string }[];
};

type Reason = SmlDiscardReason | Iec62056DiscardReason | P1DiscardReason | 'no-frame';

const REASONS: Readonly<Record<Reason, string>> = {
  'between-frames': 'No message begins here.',
  'cut-short': 'A message begins here and does not end: another begins, or the recording stops.',
  'too-long': 'A message begins here and goes on for longer than any.',
  'unknown-escape': 'The escape in the message is none of SML’s transport protocol version 1.',
  'wrong-file-checksum': 'The file’s checksum is neither X-25’s nor, beside messages with Kermit’s, Kermit’s.',
  'wrong-message-checksum':
    'A message’s checksum is neither X-25’s nor Kermit’s, or not that of the file’s other messages.',
  'malformed-message': 'The file’s checksum is right, but its content is not built as SML 1.04 says.',
  'no-message': 'The file’s checksum is right, but there is no message in it.',
  malformed: 'This is no line of IEC 62056-21.',
  'malformed-line':
    'Its head or a line of it can not be read, and its checksum, if it has one, is too weak to say that it came as it was sent.',
  'malformed-end': 'Behind the exclamation mark stands neither a checksum nor the end of the line.',
  'missing-checksum': 'The telegram names a version of P1 that has a checksum, and has none.',
  'wrong-checksum': 'The telegram’s checksum is wrong.',
  encrypted:
    'The telegram is encrypted. Ask the grid operator for the key, or for an open customer port; the console does not decrypt.',
  'carriage-returns-lost':
    'The checksum would be right had the recording not lost its carriage returns. Record it as raw bytes.',
  'wrong-parity': 'Some characters have even parity and others not: the line was damaged, or is not 7E1.',
  'wrong-check-character': 'The check character behind the message is wrong.',
  'no-frame': 'No known frame with a valid checksum stands here.',
};

const SHOWN_BYTES = 256;

export function showDecoded({ frames, discarded }: DecodedLine): ShownFields {
  const values = frames.flatMap((frame, index) => frame.values.map((value) => ({ ...showValue(value), frame: index })));
  const refused = values.filter((value: ShownFields) => value['quality'] === 'refused').length;
  const discardedBytes = discarded.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return {
    summary: {
      frames: frames.length,
      values: values.length,
      refused,
      discardedRanges: discarded.length,
      discardedBytes,
    },
    values,
    frames: frames.map(({ from, length, what }) => ({ from, to: from + length, ...what })),
    discarded: discarded.map(({ from, bytes, reason }) => ({
      from,
      to: from + bytes.length,
      length: bytes.length,
      reason,
      why: (REASONS as Readonly<Record<string, string>>)[reason],
      bytes: `${Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('hex')}${bytes.length > SHOWN_BYTES ? '…' : ''}`,
    })),
  };
}

function showValue(value: DecodedValue | ShownFields): ShownFields {
  if (!isDecoded(value)) return value;
  const { obis, number, text, unit, quality, past, ...rest } = value;
  return {
    obis,
    number: number === undefined ? null : (binaryNumber(number) ?? null),
    ...(number !== undefined && { exact: exactText(number) }),
    ...(text !== undefined && { text }),
    unit: unit ?? null,
    quality,
    ...(past && { past }),
    ...rest,
  };
}

function isDecoded(value: DecodedValue | ShownFields): value is DecodedValue {
  return 'obis' in value;
}
