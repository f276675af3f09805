/** When the windows' places are written down: a moment after the last move, and at once before the last window goes. */
import type { Log } from '../log.ts';

export type WindowMemory = {
  readonly soon: () => void;
  readonly now: () => void;
  /** Nothing is written any more. */
  readonly stop: () => void;
};

const SETTLE_MS = 300;

export function createWindowMemory(
  write: () => void,
  options: { readonly enabled: boolean; readonly log: Log },
): WindowMemory {
  let timer: NodeJS.Timeout | undefined;
  let { enabled } = options;

  function now(): void {
    clearTimeout(timer);
    if (!enabled) return;
    try {
      write();
    } catch (error) {
      // A full disk costs the places of the windows, never the console.
      options.log('The places of the windows could not be written down.', error);
    }
  }

  return {
    soon: () => {
      clearTimeout(timer);
      if (enabled) timer = setTimeout(now, SETTLE_MS);
    },
    now,
    stop: () => {
      enabled = false;
      clearTimeout(timer);
    },
  };
}
