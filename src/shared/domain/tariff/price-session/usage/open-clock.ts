/**
 * The local clock by which restrictions are judged (OCPI 2.2.1, 11.4.6: the location's zone), and the other clocks that operators are known
 * to use. In the hour that the end of summer time repeats, a local time means two instants: `before-change` and `after-change` show
 * both instants the clock of the first and of the second.
 */
import type { EpochMs } from '../../../../kernel/instant.ts';
import { openLocalTime, type LocalTime } from '../../../../kernel/local-time.ts';
import type { Readings } from '../readings.ts';

const HOUR_MS = 3_600_000;

export type TariffClock = {
  /** Local clocks as if they were UTC. */
  readonly localMs: (atMs: EpochMs) => number;
  /** Whether the hour around it is shown twice. */
  readonly isRepeated: (atMs: EpochMs) => boolean;
  /** The instants after begin and before end at which the clock jumps. */
  readonly jumpsBetween: (beginMs: EpochMs, endMs: EpochMs) => readonly EpochMs[];
};

const UTC: TariffClock = { localMs: (atMs) => atMs, isRepeated: () => false, jumpsBetween: () => [] };

/** Undefined when the platform does not know the zone. */
export function openClock(zone: string, reading: Readings['clock']): TariffClock | undefined {
  if (reading === 'utc') return UTC;
  const local = openLocalTime(zone);
  if (local === undefined) return undefined;
  const offsetMs = (atMs: EpochMs): number => {
    if (reading === 'local') return local.offsetMs(atMs);
    const meant = meaningsOf(local, atMs);
    const chosen = reading === 'before-change' ? meant[0] : meant.at(-1);
    return local.offsetMs(chosen ?? atMs);
  };
  return {
    localMs: (atMs) => atMs + offsetMs(atMs),
    isRepeated: (atMs) => meaningsOf(local, atMs).length > 1,
    jumpsBetween: (beginMs, endMs) => findJumps(offsetMs, beginMs, endMs),
  };
}

/** Both instants that show the local time of this one, or the one there is. */
function meaningsOf(local: LocalTime, atMs: EpochMs): readonly EpochMs[] {
  return local.instantsOf(atMs + local.offsetMs(atMs));
}

/** No zone changes twice within an hour, so a change is what differs between an hour's ends, found by halving. */
function findJumps(offsetMs: (atMs: EpochMs) => number, beginMs: EpochMs, endMs: EpochMs): readonly EpochMs[] {
  const jumps: EpochMs[] = [];
  for (let fromMs = beginMs; fromMs < endMs; fromMs += HOUR_MS) {
    let [beforeMs, afterMs] = [fromMs, Math.min(fromMs + HOUR_MS, endMs)];
    if (offsetMs(beforeMs) === offsetMs(afterMs)) continue;
    while (afterMs - beforeMs > 1) {
      const middleMs = Math.floor((beforeMs + afterMs) / 2);
      if (offsetMs(middleMs) === offsetMs(beforeMs)) beforeMs = middleMs;
      else afterMs = middleMs;
    }
    if (afterMs < endMs) jumps.push(afterMs);
  }
  return jumps;
}
