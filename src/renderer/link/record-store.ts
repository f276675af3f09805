/**
 * The window's copy of one feed: records by key, kept by snapshot and deltas. A gap in the revisions makes it subscribe
 * again. Stores live as long as the window (screens come and go; their data should be there at once).
 */
import { consoleApi, type FeedName, type FeedRecord } from '../../shared/ipc/console-api.ts';
import { ops, type Unsubscribe } from './ops-client.ts';

/** `broken`: the backend is gone and these records are from before. */
export type StorePhase = 'loading' | 'ready' | 'broken';

export type RecordChange<R> = {
  /** True: forget everything and take `upserted` as the whole. */
  readonly replaced: boolean;
  readonly upserted: readonly R[];
  readonly removedKeys: readonly string[];
};

export type RecordView<R> = { readonly phase: StorePhase; readonly records: ReadonlyMap<string, R> };

export type RecordStore<R> = {
  /** The same object until something changed: fit for `useSyncExternalStore`. */
  readonly view: () => RecordView<R>;
  readonly onChange: (listener: (change: RecordChange<R>) => void) => Unsubscribe;
};

const stores = new Map<FeedName, RecordStore<unknown>>();

export function recordStore<N extends FeedName>(name: N): RecordStore<FeedRecord<N>> {
  const known = stores.get(name) as RecordStore<FeedRecord<N>> | undefined;
  if (known !== undefined) return known;
  const made = openRecordStore(name);
  stores.set(name, made);
  return made;
}

function openRecordStore<N extends FeedName>(name: N): RecordStore<FeedRecord<N>> {
  type R = FeedRecord<N>;
  const { keyOf }: { readonly keyOf: (record: never) => string } = consoleApi[name];
  const listeners = new Set<(change: RecordChange<R>) => void>();
  const records = new Map<string, R>();
  let view: RecordView<R> = { phase: 'loading', records };
  let revision = -1;
  let unsubscribe: Unsubscribe = () => {};

  function publish(phase: StorePhase, change: RecordChange<R>): void {
    view = { phase, records };
    for (const listener of listeners) listener(change);
  }

  function start(): void {
    unsubscribe = ops.subscribe(name, {
      snapshot: (snapshot) => {
        records.clear();
        for (const record of snapshot.records) records.set(keyOf(record as never), record);
        revision = snapshot.revision;
        publish('ready', { replaced: true, upserted: snapshot.records, removedKeys: [] });
      },
      delta: (delta) => {
        if (delta.from !== revision) {
          unsubscribe();
          start();
          return;
        }
        revision = delta.revision;
        for (const record of delta.upserted) records.set(keyOf(record as never), record);
        for (const key of delta.removedKeys) records.delete(key);
        publish('ready', { replaced: false, upserted: delta.upserted, removedKeys: delta.removedKeys });
      },
      broken: () => publish('broken', { replaced: false, upserted: [], removedKeys: [] }),
    });
  }

  start();
  return {
    view: () => view,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
