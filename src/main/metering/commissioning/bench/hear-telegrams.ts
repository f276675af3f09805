/**
 * Which kind of telegram is heard on a line: all protocols listen to the same bytes, and what has a frame of its own is
 * recognised. A DSMR P1 telegram of the versions without a checksum is also one of IEC 62056-21; the codes that only P1 has
 * tell them apart.
 */
import type { LineProtocol } from '../../../../shared/domain/metering/line-protocol.ts';
import { createIec62056Reader } from '../../codec/iec62056/iec62056-reader.ts';
import { createP1Reader } from '../../codec/p1/p1-reader.ts';
import { createSmlReader } from '../../codec/sml/sml-reader.ts';
import type { StreamPiece, StreamReader } from '../../codec/stream-pieces.ts';

export type PushedProtocol = Extract<LineProtocol, 'sml' | 'iec62056-push' | 'dsmr-p1'>;
export type HeardTelegram = { readonly protocol: PushedProtocol; readonly telegram: Uint8Array };

export type TelegramListener = {
  /** The first telegram that became whole by these bytes. */
  readonly push: (chunk: Uint8Array) => HeardTelegram | undefined;
};

/** P1 first: what both can read is P1's if it bears a code of the P1 companion standard alone. */
const ORDER: readonly PushedProtocol[] = ['dsmr-p1', 'sml', 'iec62056-push'];

export function listenForTelegrams(protocols: readonly LineProtocol[]): TelegramListener {
  const readers = ORDER.filter((protocol) => protocols.includes(protocol)).map((protocol) => ({
    protocol,
    reader: readerOf(protocol),
  }));
  return {
    push: (chunk) => {
      let found: HeardTelegram | undefined;
      for (const { protocol, reader } of readers)
        for (const piece of reader.push(chunk))
          if (isTelegram(protocol, piece)) found ??= { protocol, telegram: piece.bytes };
      return found;
    },
  };
}

type Frame = { readonly kind?: string; readonly values: readonly { readonly obis: string }[] };

function readerOf(protocol: PushedProtocol): StreamReader<unknown> {
  switch (protocol) {
    case 'sml':
      return createSmlReader();
    case 'dsmr-p1':
      return createP1Reader();
    case 'iec62056-push':
      return createIec62056Reader();
  }
}

function isTelegram(protocol: PushedProtocol, piece: StreamPiece<unknown>): boolean {
  if (piece.kind !== 'frame') return false;
  const frame = piece.frame as Frame;
  if (protocol === 'iec62056-push') return frame.kind === 'push-telegram';
  return protocol === 'sml' || frame.values.some(({ obis }) => obis.startsWith('0-0:') || obis.startsWith('1-3:'));
}
