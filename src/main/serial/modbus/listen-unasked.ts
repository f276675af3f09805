/**
 * Listens while no answer is awaited: to the answers of questions that were given up, to other masters, and to noise.
 * Whatever is heard here is counted, and nothing of it is ever taken for an answer.
 */
import type { LineClock } from '../line-clock.ts';
import type { OutstandingAnswers } from './outstanding-answers.ts';
import { createFrameReader, type RtuFrame, type RtuPiece } from './rtu-frame.ts';
import type { RtuEvent } from './rtu-question.ts';

export type UnaskedListener = {
  readonly hear: (chunk: Uint8Array) => void;
  /** A frame that has begun will not be finished: the line fell silent, or is another one. */
  readonly flush: () => void;
};

export function listenUnasked(options: {
  readonly outstanding: OutstandingAnswers;
  readonly clock: LineClock;
  readonly onEvent: (event: RtuEvent) => void;
  /** Another master asks: its answer comes next, and must not meet a question of ours. */
  readonly onForeignRequest: () => void;
}): UnaskedListener {
  const { outstanding, clock, onEvent } = options;
  const reader = createFrameReader();

  function take(pieces: readonly RtuPiece[]): void {
    for (const piece of pieces) {
      onEvent({ kind: 'discarded', byteCount: piece.bytes.length });
      if (piece.kind === 'frame') judge(piece.frame);
    }
  }

  function judge(frame: RtuFrame): void {
    const { unitAddress, functionCode } = frame;
    if (frame.kind === 'request') {
      onEvent({ kind: 'foreign-request', unitAddress });
      if (frame.registerCount !== undefined) {
        const { registerCount } = frame;
        const askedAtMs = clock.monotonicMs();
        outstanding.add({ unitAddress, functionCode, registerCount, askedAtMs, deadlineMs: undefined });
      }
      options.onForeignRequest();
      return;
    }
    const settled =
      frame.kind === 'answer'
        ? outstanding.settle(unitAddress, functionCode, frame.data.length / 2)
        : outstanding.settleException(unitAddress, functionCode);
    const lateByMs = clock.monotonicMs() - (settled?.deadlineMs ?? Number.POSITIVE_INFINITY);
    // What comes after a spoiled exchange but before its deadline is not late, only useless.
    if (lateByMs > 0) onEvent({ kind: 'late-answer', unitAddress, lateByMs });
  }

  return { hear: (chunk) => take(reader.push(chunk)), flush: () => take(reader.flush()) };
}
