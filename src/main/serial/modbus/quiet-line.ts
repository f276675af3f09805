/** When a question may be sent: no sooner than the line has been silent, and than the guard that is being kept is over. */
import type { LineClock } from '../line-clock.ts';
import { silenceAfterUnaskedMs, silenceMs } from './line-timing.ts';
import type { RtuRules } from './rtu-rules.ts';

export type QuietLine = {
  readonly heardAwaited: () => void;
  readonly heardUnasked: () => void;
  /** From now on only listening, for as long as the rules say. */
  readonly keepGuard: () => void;
  readonly mayAskAtMs: () => number;
  /** Who waited so long for silence gives up: the time-out, and the guards of one fault before it and one meanwhile. */
  readonly patienceMs: (timeoutMs: number) => number;
};

export function watchQuiet(rules: RtuRules, baudRate: number, clock: LineClock): QuietLine {
  let guardUntilMs = 0;
  let silentAtMs = 0;
  return {
    heardAwaited: () => {
      silentAtMs = clock.monotonicMs() + silenceMs(baudRate);
    },
    heardUnasked: () => {
      silentAtMs = clock.monotonicMs() + silenceAfterUnaskedMs(baudRate);
    },
    keepGuard: () => {
      guardUntilMs = clock.monotonicMs() + rules.guardMs;
    },
    mayAskAtMs: () => Math.max(guardUntilMs, rules.silenceFirst ? silentAtMs : 0),
    patienceMs: (timeoutMs) => timeoutMs + 2 * rules.guardMs,
  };
}
