/** What each meter of a depot counted since its local midnight, asked again each minute: quarter hours do not come faster. */
import { useEffect, useState } from 'react';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';
import type { EnergySpan } from '../../../shared/ipc/metering/interval-contract.ts';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { ops } from '../../link/ops-client.ts';

const REFRESH_MS = 20_000;

export type TodayEnergies = ReadonlyMap<string, EnergySpan>;
const NOTHING: TodayEnergies = new Map();

/** @param meterIds joined by a blank, so that the same meters are the same question */
export function useTodayEnergies(meterIds: string, zone: string): TodayEnergies {
  const [today, setToday] = useState<{ readonly of: string; readonly energies: TodayEnergies }>();
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const day = openLocalTime(zone)?.spanOf('day', nowMs());
      if (day === undefined || meterIds === '') return;
      const spans = await Promise.allSettled(
        meterIds.split(' ').map(async (meterId) => {
          const asked = { meterId, fromMs: day.beginMs, toMs: day.endMs, per: 'day' } as const;
          const answer = await ops.query('metering/intervals', asked);
          return [meterId, answer.per === 'quarter' ? undefined : answer.spans.at(-1)] as const;
        }),
      );
      if (isGone) return;
      // A meter whose energy could not be read shows none; the next turn asks again.
      const known = spans.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      setToday({
        of: meterIds,
        energies: new Map(known.flatMap(([id, span]) => (span === undefined ? [] : [[id, span] as const]))),
      });
    };
    void read();
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => {
      isGone = true;
      clearInterval(timer);
    };
  }, [meterIds, zone]);
  return today?.of === meterIds ? today.energies : NOTHING;
}
