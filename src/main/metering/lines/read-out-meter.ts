/**
 * When to read one meter out, and what became of it. A read-out takes seconds, so it is begun with a view to the quarter hours: one
 * ends just before each boundary and one begins just behind, that the intervals' ends lie between readings close together.
 *
 * Invariant: each read-out ends as exactly one of answered, timed out, spoiled or line lost.
 */
import { INTERVAL_MS } from '../../../shared/domain/metering/interval.ts';
import { SILENT_AFTER_FAILURES } from '../../../shared/domain/metering/meter-health.ts';
import type { Clock, EpochMs } from '../../../shared/kernel/instant.ts';
import type { LineSource } from '../../serial/keep-line.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { decodeTelegram } from '../codec/decode-telegram.ts';
import { createModeCDialogue } from '../codec/iec62056/mode-c-dialogue.ts';
import type { TelegramProfile } from '../codec/meter-profile.ts';
import type { NewMeterEvent } from '../meter-event-table.ts';
import type { MeterBook } from '../meters/meter-records.ts';
import type { NumberedMeter } from '../meters/meter-table.ts';
import type { JudgeAnswer } from './judge-answer.ts';
import { runDialogue, type DialogueEnd, type RunningDialogue } from './run-dialogue.ts';

export type ReadOutMeter = {
  /** Monotonic instant before which it is not read. */
  readonly dueAtMs: () => number;
  /** Settles with what became of it, when that is counted and judged. */
  readonly begin: (source: LineSource) => { readonly running: RunningDialogue; readonly taken: Promise<void> };
  readonly lineOpened: () => void;
  /** What is under way is not counted any more. */
  readonly stop: () => void;
};

/** Each read-out confirms the one before, so that what is shown is never much older than a minute. */
const READ_EVERY_MS = 30_000;
/** Between two read-outs the meter and its head are left alone. */
const SHORTEST_PAUSE_MS = 3_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const BEFORE_BOUNDARY_MS = 4_000;
const BEHIND_BOUNDARY_MS = 1_000;
const STANDARD_BAUD_RATE = 300;
const GREATEST_BAUD_RATE = 9_600;

/**
 * How long until the next read-out begins.
 *
 * @param nowMs the profile's clock, when the last one ended
 * @param tookMs how long it took; it began that much before
 */
export function pauseBeforeReadOut(nowMs: EpochMs, tookMs: number): number {
  // One that a boundary fell into was of before it: the next one is to be of behind it.
  if (quarterOf(nowMs) > quarterOf(nowMs - tookMs)) return SHORTEST_PAUSE_MS;
  const boundaryMs = (quarterOf(nowMs) + 1) * INTERVAL_MS;
  const behindMs = boundaryMs + BEHIND_BOUNDARY_MS - nowMs;
  const wanted = [READ_EVERY_MS - tookMs, boundaryMs - BEFORE_BOUNDARY_MS - tookMs - nowMs];
  return Math.max(SHORTEST_PAUSE_MS, Math.min(behindMs, ...wanted.filter((pauseMs) => pauseMs >= SHORTEST_PAUSE_MS)));
}

function quarterOf(atMs: EpochMs): number {
  return Math.floor(atMs / INTERVAL_MS);
}

export function readOutMeter(parts: {
  readonly meter: NumberedMeter;
  readonly profile: TelegramProfile;
  readonly book: MeterBook;
  readonly clock: Clock;
  readonly lineClock: LineClock;
  readonly judge: JudgeAnswer;
  readonly note: (event: NewMeterEvent) => void;
  readonly discarded: (byteCount: number) => void;
}): ReadOutMeter {
  const { meter, profile, book, clock, lineClock, judge } = parts;
  let dueAtMs = -Infinity;
  let silent = false;
  let stopped = false;
  /** A meter that did not follow the change of speed is read at 300 baud. */
  let staysSlow = false;

  function note(kind: string, text: string): void {
    parts.note({ atMs: lineClock.wallMs(), lineId: meter.lineId, meterId: meter.id, kind, note: text });
  }

  function take(end: DialogueEnd, begunAtMs: number): void {
    if (stopped) return;
    const nowMs = lineClock.monotonicMs();
    const tookMs = nowMs - begunAtMs;
    if (end.kind === 'done') {
      book.answered(book.timeoutMs());
      if (silent) note('meter-answers', `${meter.name} answers again.`);
      silent = false;
      const { serialNumber } = decodeTelegram(profile, end.bytes);
      const heard = {
        registers: end.bytes,
        heardAtMonotonicMs: end.beganAtMs,
        ageMs: Math.max(0, nowMs - end.beganAtMs),
      };
      const next = judge(heard, serialNumber);
      dueAtMs = nowMs + (next === 'read-again' ? SHORTEST_PAUSE_MS : pauseBeforeReadOut(clock.nowMs(), tookMs));
      return;
    }
    dueAtMs = nowMs + SHORTEST_PAUSE_MS;
    if (end.kind === 'line-lost') return book.failed('line-lost', end.message);
    staysSlow ||= end.code === 'no-data';
    book.failed(end.code === 'no-answer' || end.code === 'no-data' ? 'timed-out' : 'spoiled', end.message);
    const failures = book.failuresInARow();
    dueAtMs = nowMs + Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** failures);
    if (failures < SILENT_AFTER_FAILURES || silent) return;
    silent = true;
    note('meter-silent', `${meter.name} gives no valid answer. ${end.message}`);
  }

  return {
    dueAtMs: () => dueAtMs,
    begin: (source) => {
      const begunAtMs = lineClock.monotonicMs();
      // A device server keeps the speed it was set to, which is the one every meter begins with.
      const canChange = source.setBaudRate !== undefined && !staysSlow;
      const greatest = canChange ? GREATEST_BAUD_RATE : STANDARD_BAUD_RATE;
      const dialogue = createModeCDialogue('', greatest, (byteCount, isDamage) => {
        parts.discarded(byteCount);
        if (isDamage) book.heard('crc-error');
      });
      const running = runDialogue({ source, dialogue, clock: lineClock });
      return { running, taken: running.end.then((end) => take(end, begunAtMs)) };
    },
    lineOpened: () => {
      dueAtMs = -Infinity;
    },
    stop: () => {
      stopped = true;
    },
  };
}
