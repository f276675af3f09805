/**
 * When something that died may be started again: after a pause that doubles up to ten seconds, and no more once it died
 * five times within a minute, or five times in a row without ever having come to life. A life of a minute forgives all.
 */
export type RestartPolicy = {
  readonly started: () => void;
  /** How long to wait before the next start; undefined: give up. */
  readonly died: () => number | undefined;
};

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;
const MINUTE_MS = 60_000;
const MOST_DEATHS = 5;

export function createRestartPolicy(nowMs: () => number = () => performance.now()): RestartPolicy {
  let pauseMs = FIRST_PAUSE_MS;
  let startedAtMs: number | undefined;
  let recentDeaths: readonly number[] = [];
  let diedUnborn = 0;
  return {
    started: () => {
      startedAtMs = nowMs();
    },
    died: () => {
      const now = nowMs();
      // Forgiven for having lived, not for having started: what dies a second after each start would never be given up.
      if (startedAtMs !== undefined && now - startedAtMs >= MINUTE_MS) {
        pauseMs = FIRST_PAUSE_MS;
        recentDeaths = [];
      }
      diedUnborn = startedAtMs === undefined ? diedUnborn + 1 : 0;
      startedAtMs = undefined;
      recentDeaths = [...recentDeaths.filter((death) => now - death < MINUTE_MS), now];
      if (recentDeaths.length >= MOST_DEATHS || diedUnborn >= MOST_DEATHS) return undefined;
      const pause = pauseMs;
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
      return pause;
    },
  };
}
