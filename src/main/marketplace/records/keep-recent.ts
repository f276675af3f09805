/** The feed of records that came within a day, so that lists know when to ask again. However many come at once, it holds a bounded number. */
import type { ChargeRecordRow } from '../../../shared/domain/marketplace/charge-record.ts';
import type { Clock } from '../../../shared/kernel/instant.ts';
import type { Store } from '../../database/sqlite.ts';
import type { FeedHub } from '../../feed/feed-hub.ts';
import { readReceivedSince, readRecordRow } from './list-records.ts';

const SHOWN_MS = 24 * 3_600_000;
const MOST_SHOWN = 500;

export type RecentRecords = {
  /** These came, or look different now. Call after the commit. */
  readonly changed: (keys: readonly string[]) => void;
  /** Takes out what came more than a day ago. */
  readonly sweep: () => void;
};

export function keepRecent(parts: {
  readonly store: Store;
  readonly feeds: Pick<FeedHub, 'open'>;
  readonly clock: Clock;
}): RecentRecords {
  const { store, clock } = parts;
  const sinceMs = (): number => clock.nowMs() - SHOWN_MS;
  /** In the order in which they came, the newest last. */
  const shown = new Map<string, number>();
  for (const { key, receivedAtMs } of readReceivedSince(store, sinceMs(), MOST_SHOWN).toReversed())
    shown.set(key, receivedAtMs);
  const topic = parts.feeds.open('marketplace/recent-records', { load: () => readRows([...shown.keys()]) });

  function readRows(keys: readonly string[]): ChargeRecordRow[] {
    return keys.map((key) => readRecordRow(store, key)).filter((row) => row !== undefined);
  }

  return {
    changed: (keys) => {
      const rows = readRows(keys).filter(({ key, receivedAtMs }) => shown.has(key) || receivedAtMs > sinceMs());
      for (const { key, receivedAtMs } of rows) shown.set(key, receivedAtMs);
      const tooMany = [...shown.keys()].slice(0, Math.max(0, shown.size - MOST_SHOWN));
      for (const key of tooMany) shown.delete(key);
      topic.upsert(rows.filter(({ key }) => shown.has(key)));
      topic.remove(tooMany);
    },
    sweep: () => {
      const limitMs = sinceMs();
      const old = [...shown].filter(([, receivedAtMs]) => receivedAtMs <= limitMs).map(([key]) => key);
      for (const key of old) shown.delete(key);
      topic.remove(old);
    },
  };
}
