/**
 * One question and what is heard till it ends. Ends exactly once: by an answer, by bytes that rule one out, or by time. An
 * answer that has begun in time is let finish, because a long one takes longer on a slow line than many a time-out.
 */
import type { LineClock } from '../line-clock.ts';
import { finishingMs, transmissionMs } from './line-timing.ts';
import { answerLength, findEcho, matchAnswer, wasHeadHeard, type AwaitedAnswer } from './match-answer.ts';

export type ExchangeEnd = (
  | { readonly kind: 'answered'; readonly data: Uint8Array }
  | { readonly kind: 'excepted'; readonly exceptionCode: number }
  | {
      readonly kind: 'spoiled';
      readonly why: 'wrong-crc' | 'cut-short' | 'other-bytes';
      /** It was the answer that came, damaged or cut short. */
      readonly wasHeadHeard: boolean;
    }
  | { readonly kind: 'timed-out' }
) & {
  /** What was heard and is neither the answer nor the echo of the question, in order. */
  readonly unasked: readonly Uint8Array[];
};

export type Exchange = {
  readonly deadlineMs: number;
  readonly hear: (chunk: Uint8Array) => void;
  /** Ends it without a word: the line is gone. */
  readonly drop: () => void;
};

export function runExchange(options: {
  readonly awaited: AwaitedAnswer;
  readonly timeoutMs: number;
  readonly baudRate: number;
  readonly strayBytes: number;
  readonly clock: LineClock;
  readonly onEnd: (end: ExchangeEnd) => void;
}): Exchange {
  const { awaited, baudRate, clock } = options;
  const patienceMs = transmissionMs(awaited.question.length, baudRate) + options.timeoutMs;
  let heard = new Uint8Array(0);
  let isLettingFinish = false;
  // Timers run before bytes that already wait in the operating system are read: a process that was busy hears those first.
  let cancel = clock.after(patienceMs, () => {
    cancel = clock.after(1, judgeAtDeadline);
  });

  function end(how: ExchangeEnd): void {
    cancel();
    options.onEnd(how);
  }

  /** All but the echo of our question up to `end`, where the awaited frame lies from `start`. */
  function unaskedBeside(start = heard.length, end = heard.length): Uint8Array[] {
    const echo = findEcho(heard, awaited.question, options.strayBytes) ?? { start: 0, end: 0 };
    if (echo.end > start) return [heard.slice(0, start), heard.slice(end)];
    return [heard.slice(0, echo.start), heard.slice(echo.end, start), heard.slice(end)];
  }

  function spoil(why: 'wrong-crc' | 'cut-short' | 'other-bytes'): void {
    const headHeard = wasHeadHeard(heard, awaited, options.strayBytes);
    end({ kind: 'spoiled', why, wasHeadHeard: headHeard, unasked: unaskedBeside() });
  }

  function judgeAtDeadline(): void {
    const match = matchAnswer(heard, awaited, options.strayBytes);
    const begun = match.kind === 'waiting' && match.begun;
    if (begun && !isLettingFinish) {
      isLettingFinish = true;
      cancel = clock.after(finishingMs(answerLength(awaited.registerCount), baudRate), judgeAtDeadline);
    } else if (begun) {
      spoil('cut-short');
    } else {
      end({ kind: 'timed-out', unasked: unaskedBeside() });
    }
  }

  return {
    deadlineMs: clock.monotonicMs() + patienceMs,
    hear: (chunk) => {
      const bytes = new Uint8Array(heard.length + chunk.length);
      bytes.set(heard);
      bytes.set(chunk, heard.length);
      heard = bytes;
      const match = matchAnswer(heard, awaited, options.strayBytes);
      if (match.kind === 'waiting') return;
      if (match.kind === 'spoiled') {
        spoil(match.wrongCrc ? 'wrong-crc' : 'other-bytes');
        return;
      }
      const unasked = unaskedBeside(match.start, match.end);
      if (match.kind === 'answer') end({ kind: 'answered', data: match.data, unasked });
      else end({ kind: 'excepted', exceptionCode: match.exceptionCode, unasked });
    },
    drop: () => cancel(),
  };
}
