import { useSyncExternalStore } from 'react';
import type { FeedName, FeedRecord } from '../../shared/ipc/console-api.ts';
import { recordStore, type RecordView } from './record-store.ts';

/** The feed's records as React state. For feeds of at most a few thousand records; telemetry never goes this way. */
export function useFeed<N extends FeedName>(name: N): RecordView<FeedRecord<N>> {
  const store = recordStore(name);
  return useSyncExternalStore(store.onChange, store.view);
}

/** The one record of a feed that has only one, such as `console/facts`. */
export function useOnlyRecord<N extends FeedName>(name: N): FeedRecord<N> | undefined {
  return useFeed(name).records.values().next().value;
}
