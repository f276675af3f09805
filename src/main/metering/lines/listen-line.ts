/**
 * Keeps one line open whose meter sends by itself: SML, IEC 62056-21 without a question, P1. Every byte that is heard goes
 * through the stream reader of its protocol and comes out as a telegram, which is the meter's, or as discarded, which is
 * counted.
 */
import type { LineSource } from '../../serial/keep-line.ts';
import { createIec62056Reader } from '../codec/iec62056/iec62056-reader.ts';
import type { TelegramProfile } from '../codec/meter-profile.ts';
import { createP1Reader } from '../codec/p1/p1-reader.ts';
import { createSmlReader } from '../codec/sml/sml-reader.ts';
import type { StreamPiece, StreamReader } from '../codec/stream-pieces.ts';
import { tellLine, type LineParts } from './kept-line.ts';
import type { ListenedMeter } from './listen-meter.ts';
import type { PolledLine } from './poll-line.ts';

/** Some telegrams show that they are over only by what follows: after so long a silence nothing does. */
const OVER_AFTER_MS = 1_200;
/** What was heard first may be the rest of a telegram that was under way when the line was opened. */
const NOISE = 'between-frames';

export function listenLine(
  parts: LineParts & { readonly protocol: TelegramProfile['protocol']; readonly meter: ListenedMeter | undefined },
): PolledLine {
  const { clock, meter } = parts;
  let reader = openReader(parts.protocol);
  /** Bytes of this opening before the newest chunk, and when they were over; and when that chunk came. */
  let heardBefore = { bytes: 0, atMs: 0 };
  let heard = { bytes: 0, atMs: 0 };
  let isFresh = true;
  let cancelOver: () => void = () => {};
  let stopped = false;

  const told = tellLine(parts, {
    lost: (reason) => {
      safely(() => take(reader.flush()));
      meter?.lineLost(reason);
    },
  });

  function take(pieces: readonly StreamPiece<object>[]): void {
    for (const piece of pieces) {
      const wasFresh = isFresh;
      isFresh &&= piece.kind === 'discarded' && piece.reason === NOISE;
      if (piece.kind === 'frame' && isTelegram(piece.frame)) {
        const isOfBefore = piece.from + piece.bytes.length <= heardBefore.bytes;
        meter?.heard(piece.bytes, isOfBefore ? heardBefore.atMs : heard.atMs);
        continue;
      }
      told.discarded(piece.bytes.length);
      if (piece.kind === 'discarded' && piece.reason !== NOISE && !wasFresh) meter?.spoiled(piece.reason);
    }
  }

  told.kept.use((source: LineSource) => {
    reader = openReader(parts.protocol);
    heard = heardBefore = { bytes: 0, atMs: 0 };
    isFresh = true;
    meter?.lineOpened();
    source.listen({
      bytes: (chunk) => {
        if (stopped) return;
        heardBefore = heard;
        heard = { bytes: heard.bytes + chunk.length, atMs: clock.monotonicMs() };
        safely(() => take(reader.push(chunk)));
        cancelOver();
        cancelOver = clock.after(OVER_AFTER_MS, () => {
          safely(() => take(reader.flush()));
          parts.changed();
        });
        parts.changed();
      },
      closed: () => cancelOver(),
    });
  });

  /** A defect in reading one telegram must not end the line: what it was about is in the log, and the next one comes. */
  function safely(read: () => void): void {
    try {
      read();
    } catch (error) {
      parts.log(`Listening on ${parts.line.id} met a defect; it goes on with the next telegram.`, error);
      told.note(
        'polling-failed',
        `Reading ${parts.line.name} failed because of a defect in the console; it goes on with the next telegram.`,
      );
      reader = openReader(parts.protocol);
    }
  }

  return {
    record: told.record,
    stop: async () => {
      stopped = true;
      cancelOver();
      meter?.stop();
      await told.kept.stop();
    },
  };
}

function openReader(protocol: TelegramProfile['protocol']): StreamReader<object> {
  if (protocol === 'sml') return createSmlReader();
  return protocol === 'dsmr-p1' ? createP1Reader() : createIec62056Reader();
}

/** Of IEC 62056-21 also the questions of somebody else who reads the meter are frames. */
function isTelegram(frame: object): boolean {
  return 'values' in frame;
}
