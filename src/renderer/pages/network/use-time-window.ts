/** The last hours or days by the profile's clock, to whole minutes, so that a question stays the same until there may be news. */
import { useMemo } from 'react';
import { profileTimeOf, useWallNow } from '../../instruments/clock/profile-clock.ts';
import type { NetworkWindow } from './network-search.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LENGTHS_MS: Readonly<Record<NetworkWindow, number>> = { '24h': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS };

export type TimeWindow = { readonly fromMs: number; readonly toMs: number };

export function useTimeWindow(length: NetworkWindow, everyMs: number): TimeWindow {
  const toMs = (Math.floor(profileTimeOf(useWallNow(everyMs)) / MINUTE_MS) + 1) * MINUTE_MS;
  return useMemo(() => ({ fromMs: toMs - LENGTHS_MS[length], toMs }), [length, toMs]);
}
