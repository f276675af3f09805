/** The bound on pages that help nothing: refused, or only repeated. */
import type { Clock } from '../../../shared/kernel/instant.ts';

/** So many messages that help nothing within the window end the connection: the other side is broken or hostile. */
const USELESS_LIMIT = 200;
const USELESS_WINDOW_MS = 10_000;

/** Counts what helps nothing, and says once for each window when it is too much. */
export function limitUseless(wallClock: Clock, onLimit: (reason: string) => void): () => void {
  let count = 0;
  let sinceMs = wallClock.nowMs();
  return () => {
    const nowMs = wallClock.nowMs();
    if (nowMs - sinceMs > USELESS_WINDOW_MS) {
      sinceMs = nowMs;
      count = 0;
    }
    count += 1;
    if (count === USELESS_LIMIT) onLimit('The marketplace kept sending what cannot be used.');
  };
}
