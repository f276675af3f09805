/**
 * One meter that sends by itself: its telegrams are judged as they come, and its rhythm is learned, so that a missing one is
 * noticed. Nobody asks it; each telegram that was to be expected counts as one question.
 *
 * Invariants: each expected telegram ends as exactly one of answered, timed out, spoiled or line lost; at most one telegram a
 * second is judged, however fast they come.
 */
import { SILENT_AFTER_FAILURES } from '../../../shared/domain/metering/meter-health.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { decodeTelegram } from '../codec/decode-telegram.ts';
import type { TelegramProfile } from '../codec/meter-profile.ts';
import type { NewMeterEvent } from '../meter-event-table.ts';
import type { MeterBook } from '../meters/meter-records.ts';
import type { NumberedMeter } from '../meters/meter-table.ts';
import type { JudgeAnswer } from './judge-answer.ts';

export type ListenedMeter = {
  /** @param heardAtMs monotonic, of its last byte */
  readonly heard: (telegram: Uint8Array, heardAtMs: number) => void;
  /** Bytes that were to be a telegram and are none. */
  readonly spoiled: (reason: string) => void;
  readonly lineOpened: () => void;
  readonly lineLost: (reason: string) => void;
  readonly stop: () => void;
};

const JUDGE_EVERY_MS = 1_000;
const EARLY_BY_MS = 100;
/** P1 before version 5 sends every ten seconds; whoever is faster shows it with its second telegram. */
const FIRST_RHYTHM_MS = 10_000;
const SHORTEST_RHYTHM_MS = 1_000;
const LONGEST_RHYTHM_MS = 60_000;
/** So many times its rhythm a meter is waited for: one telegram may be late, or be lost without anybody noticing. */
const GRACE = 2.5;
const SHARE_OF_NEWEST = 0.2;

export function listenMeter(parts: {
  readonly meter: NumberedMeter;
  readonly profile: TelegramProfile;
  readonly book: MeterBook;
  readonly lineClock: LineClock;
  readonly judge: JudgeAnswer;
  readonly note: (event: NewMeterEvent) => void;
}): ListenedMeter {
  const { meter, profile, book, lineClock, judge } = parts;
  let rhythmMs: number | undefined;
  let lastHeardAtMs: number | undefined;
  /** The last one came later than it was waited for: one is a telegram that went astray, two are a slower meter. */
  let wasLate = false;
  let judgeFromMs = -Infinity;
  let isOpen = false;
  let silent = false;
  let cancel: () => void = () => {};

  function note(kind: string, text: string): void {
    parts.note({ atMs: lineClock.wallMs(), lineId: meter.lineId, meterId: meter.id, kind, note: text });
  }

  const waitMs = (): number => Math.round(GRACE * (rhythmMs ?? FIRST_RHYTHM_MS));

  /** The first missing one is waited for with patience; each after it was to come at its own time. */
  function expect(inMs: number): void {
    cancel();
    cancel = lineClock.after(inMs, () => {
      failed(
        'timed-out',
        `Nothing was heard from ${meter.name}. Check that its head sits right and that it still sends.`,
      );
      expect(rhythmMs ?? FIRST_RHYTHM_MS);
    });
  }

  function failed(failure: 'timed-out' | 'spoiled', sentence: string): void {
    book.failed(failure, sentence);
    if (book.failuresInARow() < SILENT_AFTER_FAILURES || silent) return;
    silent = true;
    note('meter-silent', `${meter.name} sends no valid telegram. ${sentence}`);
  }

  function learnRhythm(heardAtMs: number): void {
    const gapMs = lastHeardAtMs === undefined ? undefined : heardAtMs - lastHeardAtMs;
    lastHeardAtMs = heardAtMs;
    if (gapMs === undefined) return;
    const isLate = gapMs > waitMs();
    const isSlower = isLate && wasLate && gapMs <= LONGEST_RHYTHM_MS;
    wasLate = isLate;
    if (isSlower) rhythmMs = gapMs;
    if (isLate) return;
    const learned = rhythmMs === undefined ? gapMs : rhythmMs + SHARE_OF_NEWEST * (gapMs - rhythmMs);
    rhythmMs = Math.min(LONGEST_RHYTHM_MS, Math.max(SHORTEST_RHYTHM_MS, learned));
  }

  return {
    heard: (telegram, heardAtMs) => {
      learnRhythm(heardAtMs);
      book.answered(waitMs());
      if (silent) note('meter-answers', `${meter.name} sends again.`);
      silent = false;
      expect(waitMs());
      if (heardAtMs < judgeFromMs) return;
      // Counted from when it was due, so that a meter a little faster than once a second does not lose every other telegram.
      judgeFromMs = Math.max(judgeFromMs + JUDGE_EVERY_MS, heardAtMs + JUDGE_EVERY_MS - EARLY_BY_MS);
      const { serialNumber } = decodeTelegram(profile, telegram);
      const ageMs = Math.max(0, lineClock.monotonicMs() - heardAtMs);
      judge({ registers: telegram, heardAtMonotonicMs: heardAtMs, ageMs }, serialNumber);
    },
    spoiled: (reason) => {
      if (reason === 'encrypted') failed('spoiled', ENCRYPTED);
      else {
        book.heard(SHORT_REASONS.has(reason) ? 'short-frame' : 'crc-error');
        failed(
          'spoiled',
          `A telegram of ${meter.name} came damaged (${reason.replaceAll('-', ' ')}). Check its head and its cable.`,
        );
      }
      expect(waitMs());
    },
    lineOpened: () => {
      isOpen = true;
      lastHeardAtMs = undefined;
      expect(waitMs());
    },
    lineLost: (reason) => {
      cancel();
      if (isOpen) book.failed('line-lost', reason);
      isOpen = false;
    },
    stop: () => cancel(),
  };
}

const ENCRYPTED =
  'The meter encrypts its telegrams. Ask the grid operator for an open customer port; the console does not decrypt.';
/** Bytes are missing; with every other reason they are all there, and wrong. */
const SHORT_REASONS: ReadonlySet<string> = new Set(['cut-short', 'missing-checksum']);
