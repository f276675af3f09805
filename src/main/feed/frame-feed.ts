/**
 * Dense telemetry: binary frames, at most so many a second for each subscriber. Each subscriber has its own set of changed
 * keys, and gets no new frame while two are not taken: a slow or hidden window merges, it never queues.
 *
 * What changes after a pause goes out at once but for a moment in which the rest of the same news may come; a fixed beat
 * would let everything wait for half of it on average, and the slowest for all of it.
 */
export type FrameSource = {
  /** The frame of these keys; `undefined` means all there are. */
  readonly encode: (keys: ReadonlySet<number> | undefined) => ArrayBuffer;
  readonly maxRateHz: number;
};

export type FrameSubscription = { readonly taken: () => void; readonly stop: () => void };

export type FrameFeed = {
  /** Call after the commit that made them true. */
  readonly changed: (keys: Iterable<number>) => void;
  readonly subscribe: (send: (frame: ArrayBuffer) => void) => FrameSubscription;
  readonly stop: () => void;
};

const MAX_UNTAKEN = 2;
/** Long enough for the pages of one beat of the marketplace, too short to be seen. */
const GATHER_MS = 25;

export function openFrameFeed(source: FrameSource): FrameFeed {
  type Subscriber = {
    changed: Set<number>;
    untaken: number;
    sentAtMs: number;
    timer: NodeJS.Timeout | undefined;
    readonly send: (frame: ArrayBuffer) => void;
  };
  const subscribers = new Set<Subscriber>();
  const intervalMs = 1000 / source.maxRateHz;

  function sendSoon(subscriber: Subscriber): void {
    if (subscriber.timer !== undefined || subscriber.changed.size === 0 || subscriber.untaken >= MAX_UNTAKEN) return;
    const waitMs = Math.max(GATHER_MS, subscriber.sentAtMs + intervalMs - performance.now());
    subscriber.timer = setTimeout(() => sendNow(subscriber), waitMs);
  }

  function sendNow(subscriber: Subscriber): void {
    subscriber.timer = undefined;
    const frame = source.encode(subscriber.changed);
    subscriber.changed = new Set();
    subscriber.untaken += 1;
    subscriber.sentAtMs = performance.now();
    subscriber.send(frame);
  }

  return {
    changed: (keys) => {
      const all = [...keys];
      for (const subscriber of subscribers) {
        for (const key of all) subscriber.changed.add(key);
        sendSoon(subscriber);
      }
    },
    subscribe: (send) => {
      // First what may fail, so that a subscriber who is not served is not kept either.
      const first = source.encode(undefined);
      const subscriber: Subscriber = {
        changed: new Set(),
        untaken: 1,
        sentAtMs: performance.now(),
        timer: undefined,
        send,
      };
      subscribers.add(subscriber);
      send(first);
      return {
        taken: () => {
          subscriber.untaken = Math.max(0, subscriber.untaken - 1);
          sendSoon(subscriber);
        },
        stop: () => {
          clearTimeout(subscriber.timer);
          subscribers.delete(subscriber);
        },
      };
    },
    stop: () => {
      for (const { timer } of subscribers) clearTimeout(timer);
      subscribers.clear();
    },
  };
}
