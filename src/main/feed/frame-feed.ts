/**
 * Dense telemetry: one binary frame a tick for each subscriber. Each subscriber has its own set of changed keys, and
 * gets no new frame while two are not taken: a slow or hidden window merges, it never queues.
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

export function openFrameFeed(source: FrameSource): FrameFeed {
  type Subscriber = { changed: Set<number>; untaken: number; readonly send: (frame: ArrayBuffer) => void };
  const subscribers = new Set<Subscriber>();
  let timer: NodeJS.Timeout | undefined;

  function tick(): void {
    for (const subscriber of subscribers) {
      if (subscriber.changed.size === 0 || subscriber.untaken >= MAX_UNTAKEN) continue;
      const frame = source.encode(subscriber.changed);
      subscriber.changed = new Set();
      subscriber.untaken += 1;
      subscriber.send(frame);
    }
  }

  function stopTicking(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    changed: (keys) => {
      for (const key of keys) for (const subscriber of subscribers) subscriber.changed.add(key);
    },
    subscribe: (send) => {
      // First what may fail, so that a subscriber who is not served is not kept either.
      const first = source.encode(undefined);
      const subscriber: Subscriber = { changed: new Set(), untaken: 1, send };
      subscribers.add(subscriber);
      timer ??= setInterval(tick, 1000 / source.maxRateHz);
      send(first);
      return {
        taken: () => {
          subscriber.untaken = Math.max(0, subscriber.untaken - 1);
        },
        stop: () => {
          subscribers.delete(subscriber);
          if (subscribers.size === 0) stopTicking();
        },
      };
    },
    stop: stopTicking,
  };
}
