/** The bound on pages that help nothing: refused, or only repeated. */

/** So many messages that help nothing within the window end the connection: the other side is broken or hostile. */
const USELESS_LIMIT = 200;
const USELESS_WINDOW_MS = 10_000;

/**
 * Counts what helps nothing, and says once for each window when it is too much.
 * @param monotonicMs never put forward or back, so that a correction of the wall clock opens no endless window
 */
export function limitUseless(
  onLimit: (reason: string) => void,
  monotonicMs: () => number = () => performance.now(),
): () => void {
  let count = 0;
  let sinceMs = monotonicMs();
  return () => {
    const nowMs = monotonicMs();
    if (nowMs - sinceMs > USELESS_WINDOW_MS) {
      sinceMs = nowMs;
      count = 0;
    }
    count += 1;
    if (count === USELESS_LIMIT) onLimit('The marketplace kept sending what cannot be used.');
  };
}
