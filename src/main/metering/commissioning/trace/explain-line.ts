/**
 * The meaning of what went over a line. Bytes that are heard are gathered until something else happens or the line falls
 * silent, and then taken apart by the reader of the protocol that is spoken: frames, and what is none with its reason. No IO;
 * time comes with the bytes.
 *
 * Invariant: every byte that went in comes out once and in order, or was skipped because too much came.
 */
import type { LineProtocol } from '../../../../shared/domain/metering/line-protocol.ts';
import type { TraceEntry } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import type { EpochMs } from '../../../../shared/kernel/instant.ts';
import type { DecodedValue } from '../../codec/decoded-value.ts';
import { exactText } from '../../codec/exact-number.ts';
import { createIec62056Reader } from '../../codec/iec62056/iec62056-reader.ts';
import { createP1Reader } from '../../codec/p1/p1-reader.ts';
import { createSmlReader } from '../../codec/sml/sml-reader.ts';
import { explainQuestion, explainRtu, type AskedQuestion, type HeardPiece, type ShowRegisters } from './explain-rtu.ts';

export type RawEntry = { readonly atMs: EpochMs; readonly bytes: Uint8Array } & (
  | { readonly kind: 'sent' | 'heard' }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'speaks'; readonly protocols: readonly LineProtocol[]; readonly show: ShowRegisters }
);

export type Meaning = Pick<TraceEntry, 'atMs' | 'kind' | 'meaning'> & { readonly bytes: Uint8Array };

export type LineExplainer = {
  readonly take: (entry: RawEntry) => readonly Meaning[];
  /** What was heard and is over by now. */
  readonly rest: (nowMs: EpochMs) => readonly Meaning[];
  /** These are never explained; what came before them is not joined to what comes after. */
  readonly skip: (entries: readonly RawEntry[]) => void;
};

/** Adapters and device servers hand bytes over in steps; a telegram may pause between two of its lines. */
const SILENCE_MS: Readonly<Record<'rtu' | 'telegram', number>> = { rtu: 250, telegram: 400 };

export function explainLine(spoken: readonly LineProtocol[]): LineExplainer {
  let protocols = spoken;
  let show: ShowRegisters = () => undefined;
  let asked: AskedQuestion | undefined;
  let heard: { readonly atMs: EpochMs; readonly bytes: Uint8Array }[] = [];

  function isRtu(): boolean {
    return protocols.includes('modbus-rtu');
  }

  function isOver(nowMs: EpochMs): boolean {
    const last = heard.at(-1);
    return last !== undefined && nowMs - last.atMs > SILENCE_MS[isRtu() ? 'rtu' : 'telegram'];
  }

  function takeHeard(): Meaning[] {
    const chunks = heard;
    heard = [];
    if (chunks.length === 0) return [];
    const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
    const pieces = isRtu() ? explainRtu(bytes, asked, show) : explainTelegrams(bytes, protocols);
    let at = 0;
    return pieces.map((piece) => {
      const atMs = instantOf(chunks, at);
      at += piece.bytes.length;
      return { atMs, ...piece };
    });
  }

  function explainSent({ atMs, bytes }: RawEntry): Meaning {
    if (!isRtu()) return { atMs, kind: 'sent', bytes, meaning: sayText(bytes) };
    asked = explainQuestion(bytes);
    return { atMs, kind: 'sent', bytes, meaning: asked?.meaning ?? 'Bytes that are no question of Modbus.' };
  }

  return {
    take: (entry) => {
      if (entry.kind === 'heard') {
        const before = isOver(entry.atMs) ? takeHeard() : [];
        heard.push(entry);
        return before;
      }
      const before = takeHeard();
      switch (entry.kind) {
        case 'sent':
          return [...before, explainSent(entry)];
        case 'note':
          return [...before, { atMs: entry.atMs, kind: 'note', bytes: entry.bytes, meaning: entry.text }];
        case 'speaks':
          ({ protocols, show } = entry);
          return before;
      }
    },
    rest: (nowMs) => (isOver(nowMs) ? takeHeard() : []),
    skip: (entries) => {
      heard = [];
      asked = undefined;
      for (const entry of entries) if (entry.kind === 'speaks') ({ protocols, show } = entry);
    },
  };
}

function instantOf(chunks: readonly { readonly atMs: EpochMs; readonly bytes: Uint8Array }[], at: number): EpochMs {
  let end = 0;
  for (const { atMs, bytes } of chunks) {
    end += bytes.length;
    if (at < end) return atMs;
  }
  return chunks.at(-1)?.atMs ?? 0;
}

/** Of several protocols the one that makes most of the bytes into frames. */
function explainTelegrams(bytes: Uint8Array, protocols: readonly LineProtocol[]): readonly HeardPiece[] {
  const readings = protocols.map((protocol) => readTelegrams(bytes, protocol));
  const inFrames = (pieces: readonly HeardPiece[]): number =>
    pieces.reduce((sum, piece) => sum + (piece.kind === 'heard' ? piece.bytes.length : 0), 0);
  const [best] = readings.toSorted((a, b) => inFrames(b) - inFrames(a));
  return best ?? [{ kind: 'discarded', bytes, meaning: 'Nobody listened to this.' }];
}

function readTelegrams(bytes: Uint8Array, protocol: LineProtocol): readonly HeardPiece[] {
  switch (protocol) {
    case 'sml': {
      const reader = createSmlReader();
      return [...reader.push(bytes), ...reader.flush()].map((piece) =>
        piece.kind === 'frame'
          ? heardPiece(
              piece.bytes,
              `SML file of meter ${piece.frame.serverId ?? 'unknown'}: ${sayValues(piece.frame.values)}`,
            )
          : discarded(piece.bytes, piece.reason),
      );
    }
    case 'dsmr-p1': {
      const reader = createP1Reader();
      return [...reader.push(bytes), ...reader.flush()].map((piece) =>
        piece.kind === 'frame'
          ? heardPiece(piece.bytes, `P1 telegram ${piece.frame.identification}: ${sayValues(piece.frame.values)}`)
          : discarded(piece.bytes, piece.reason),
      );
    }
    default: {
      const reader = createIec62056Reader();
      return [...reader.push(bytes), ...reader.flush()].map((piece) => {
        if (piece.kind === 'discarded') return discarded(piece.bytes, piece.reason);
        const { frame } = piece;
        const text = frame.text === undefined ? '' : ` ${frame.text}`;
        const values = 'values' in frame ? `: ${sayValues(frame.values)}` : '';
        return heardPiece(piece.bytes, `IEC 62056-21 ${frame.kind.replace('-', ' ')}${text}${values}`);
      });
    }
  }
}

/** A trace is read line by line: the rest stands in the bytes. */
const SHOWN_VALUES = 6;

function sayValues(values: readonly DecodedValue[]): string {
  const told = values.flatMap(({ obis, number, unit }) =>
    number === undefined ? [] : `${obis} ${exactText(number)}${unit === undefined ? '' : ` ${unit}`}`,
  );
  const more = values.length - Math.min(told.length, SHOWN_VALUES);
  const rest = more === 0 ? [] : [told.length === 0 ? `${more} without a number` : `${more} more`];
  return [...told.slice(0, SHOWN_VALUES), ...rest].join(', ');
}

function heardPiece(bytes: Uint8Array, meaning: string): HeardPiece {
  return { kind: 'heard', bytes, meaning };
}

function discarded(bytes: Uint8Array, reason: string): HeardPiece {
  return { kind: 'discarded', bytes, meaning: `No frame: ${reason.replaceAll('-', ' ')}` };
}

/** Letters as such, control characters by their names. */
function sayText(bytes: Uint8Array): string {
  const names: Readonly<Record<number, string>> = {
    1: 'SOH',
    2: 'STX',
    3: 'ETX',
    6: 'ACK',
    10: 'LF',
    13: 'CR',
    21: 'NAK',
  };
  return [...bytes]
    .map((byte) => {
      const char = byte & 0x7f;
      return char >= 0x20 && char < 0x7f
        ? String.fromCodePoint(char)
        : `<${names[char] ?? char.toString(16).padStart(2, '0')}>`;
    })
    .join('');
}
