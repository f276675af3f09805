/**
 * Drives one read-out over an open line: sends what the dialogue says, changes the speed when all of it has left, hands it what is
 * heard, and tells it of silence. Bytes and steps are taken one after the other, in their order.
 *
 * Invariant: it settles, at the latest when the dialogue has fallen silent often enough, the line is lost, or it has taken longer
 * than any read-out takes: on a line that is never quiet, silence never comes.
 */
import type { LineSource } from '../../serial/keep-line.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import type { DialogueFailure, DialogueStep, ModeCDialogue } from '../codec/iec62056/mode-c-dialogue.ts';

export type DialogueEnd =
  | {
      readonly kind: 'done';
      readonly bytes: Uint8Array;
      /** Monotonic instant when the data message began: the meter's registers are of then. */
      readonly beganAtMs: number;
    }
  | { readonly kind: 'failed'; readonly code: DialogueFailure; readonly message: string }
  | { readonly kind: 'line-lost'; readonly message: string };

export type RunningDialogue = {
  readonly end: Promise<DialogueEnd>;
  readonly hear: (bytes: Uint8Array) => void;
  readonly lineLost: (reason: string) => void;
};

/** IEC 62056-21, 6.3.14 gives 1.5 s; adapters and device servers add their own. */
const SILENCE_MS = 2_000;
/** Start, seven bits, parity, stop. */
const BITS_PER_BYTE = 10;
/** What a USB adapter keeps back before it sends. */
const ADAPTER_MS = 20;
const FIRST_BAUD_RATE = 300;
/** The longest lists are of some ten thousand characters, and at 300 baud thirty of them come in a second. */
const LONGEST_MS = 10 * 60_000;

export function runDialogue(parts: {
  readonly source: LineSource;
  readonly dialogue: ModeCDialogue;
  readonly clock: LineClock;
}): RunningDialogue {
  const { source, dialogue, clock } = parts;
  let baudRate = FIRST_BAUD_RATE;
  let sentUntilMs = clock.monotonicMs();
  let beganAtMs: number | undefined;
  let cancelSilence: () => void = () => {};
  const waiting: (() => readonly DialogueStep[])[] = [];
  let isBusy = false;
  let isOver = false;
  let settle: (end: DialogueEnd) => void = () => {};
  const end = new Promise<DialogueEnd>((resolve) => {
    settle = resolve;
  });

  const cancelLongest = clock.after(LONGEST_MS, () =>
    finish({
      kind: 'failed',
      code: 'damaged-data',
      message:
        'The line is never quiet, and what is heard is no read-out. Look for stray light at the optical head, and for a meter or another master that talks by itself.',
    }),
  );

  function finish(how: DialogueEnd): void {
    isOver = true;
    cancelLongest();
    cancelSilence();
    settle(how);
  }

  async function setBaudRate(wanted: number): Promise<void> {
    const leavesInMs = sentUntilMs - clock.monotonicMs();
    if (leavesInMs > 0) await new Promise<void>((resolve) => void clock.after(leavesInMs, resolve));
    if (source.setBaudRate !== undefined) await source.setBaudRate(wanted);
    baudRate = wanted;
  }

  async function act(step: DialogueStep): Promise<void> {
    if (step.kind === 'send') {
      const takesMs = (step.bytes.length * BITS_PER_BYTE * 1_000) / baudRate + ADAPTER_MS;
      sentUntilMs = Math.max(sentUntilMs, clock.monotonicMs()) + takesMs;
      beganAtMs = undefined;
      source.write(step.bytes);
    } else if (step.kind === 'set-baud-rate') await setBaudRate(step.baudRate);
    else if (step.kind === 'done')
      finish({ kind: 'done', bytes: step.bytes, beganAtMs: beganAtMs ?? clock.monotonicMs() });
    else finish(step);
  }

  /** What is heard while a step takes its time waits for its turn. */
  function take(next: () => readonly DialogueStep[]): void {
    waiting.push(next);
    if (!isBusy) void takeWaiting();
  }

  async function takeWaiting(): Promise<void> {
    isBusy = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        for (const step of isOver ? [] : next()) await act(step);
      if (!isOver) awaitSilence();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      finish({ kind: 'line-lost', message: `The read-out could not go on: ${why}. Check the line’s adapter.` });
    } finally {
      isBusy = false;
    }
  }

  function awaitSilence(): void {
    cancelSilence();
    const leavesInMs = Math.max(0, sentUntilMs - clock.monotonicMs());
    cancelSilence = clock.after(leavesInMs + SILENCE_MS, () => take(dialogue.fallSilent));
  }

  take(dialogue.start);
  return {
    end,
    hear: (bytes) => {
      const heardAtMs = clock.monotonicMs();
      // Silence is over now, not when the bytes are taken.
      cancelSilence();
      take(() => {
        beganAtMs ??= heardAtMs;
        return dialogue.receive(bytes);
      });
    },
    lineLost: (message) => finish({ kind: 'line-lost', message }),
  };
}
