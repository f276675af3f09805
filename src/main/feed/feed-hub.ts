/**
 * Publishes what was committed: a topic gathers changed records, merges them by key and sends numbered deltas no faster
 * than its contract allows. Nouns call `upsert` and `remove` only from `afterCommit`, so a window never sees what a crash
 * could take back. What waits is bounded by the number of distinct records.
 */
import { assert } from '../../shared/kernel/assert.ts';
import { consoleApi, type FeedName, type FeedRecord } from '../../shared/ipc/console-api.ts';
import type { Delta, Snapshot } from '../../shared/ipc/contract.ts';

export type Topic<R> = {
  readonly upsert: (records: readonly R[]) => void;
  readonly remove: (keys: readonly string[]) => void;
};

export type FeedSubscriber = {
  readonly snapshot: (snapshot: Snapshot<unknown>) => void;
  readonly delta: (delta: Delta<unknown>) => void;
};

export type FeedHub = {
  /** `load` reads the whole present state; it is called for each new subscriber. */
  readonly open: <N extends FeedName>(
    name: N,
    source: { readonly load: () => readonly FeedRecord<N>[] },
  ) => Topic<FeedRecord<N>>;
  readonly has: (name: string) => boolean;
  readonly subscribe: (name: string, subscriber: FeedSubscriber) => () => void;
  readonly stop: () => void;
};

type OpenTopic = {
  readonly subscribe: (subscriber: FeedSubscriber) => () => void;
  readonly stop: () => void;
};

export function createFeedHub(): FeedHub {
  const topics = new Map<string, OpenTopic>();
  return {
    open: (name, source) => {
      assert(!topics.has(name), `the feed ${name} is opened once`);
      const { topic, opened } = openTopic(name, source);
      topics.set(name, opened);
      return topic;
    },
    has: (name) => topics.has(name),
    subscribe: (name, subscriber) => {
      const topic = topics.get(name);
      assert(topic !== undefined, `the feed ${name} is open`);
      return topic.subscribe(subscriber);
    },
    stop: () => {
      for (const topic of topics.values()) topic.stop();
    },
  };
}

function openTopic<N extends FeedName>(name: N, source: { readonly load: () => readonly FeedRecord<N>[] }) {
  type R = FeedRecord<N>;
  const keyOf = consoleApi[name].keyOf as (record: R) => string;
  const intervalMs = 1000 / consoleApi[name].maxRateHz;
  const subscribers = new Set<FeedSubscriber>();
  const upserted = new Map<string, R>();
  const removed = new Set<string>();
  let merged = 0;
  let revision = 0;
  let timer: NodeJS.Timeout | undefined;
  let lastFlushMs = -Infinity;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (merged === 0) return;
    const delta = {
      from: revision,
      revision: revision + 1,
      merged,
      upserted: [...upserted.values()],
      removedKeys: [...removed],
    };
    revision += 1;
    merged = 0;
    upserted.clear();
    removed.clear();
    lastFlushMs = performance.now();
    for (const subscriber of subscribers) subscriber.delta(delta);
  }

  function schedule(changes: number): void {
    if (changes === 0) return;
    if (subscribers.size === 0) {
      // Nobody holds an older revision, and the next subscriber reads the whole from the source.
      upserted.clear();
      removed.clear();
      return;
    }
    merged += changes;
    timer ??= setTimeout(flush, Math.max(0, lastFlushMs + intervalMs - performance.now()));
  }

  const topic: Topic<R> = {
    upsert: (records) => {
      for (const record of records) {
        const key = keyOf(record);
        removed.delete(key);
        upserted.set(key, record);
      }
      schedule(records.length);
    },
    remove: (keys) => {
      for (const key of keys) {
        upserted.delete(key);
        removed.add(key);
      }
      schedule(keys.length);
    },
  };

  const opened: OpenTopic = {
    subscribe: (subscriber) => {
      // Older subscribers get what waits first, so that the snapshot and they agree on the revision.
      flush();
      subscriber.snapshot({ revision, records: source.load() });
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
    stop: () => clearTimeout(timer),
  };
  return { topic, opened };
}
