/**
 * Sends one connection the pages of the streams it subscribed to, each only after the answer to the one before.
 * Invariant: what is sent is exactly what follows the last confirmed offset.
 */
import type { Socket } from 'socket.io';
import {
  MAX_PAGE_ITEMS,
  pageAnswer,
  streamName,
  subscribe,
  type StreamName,
  type SubscribeAnswer,
} from '../../marketplace-link/wire/v1/envelope.ts';
import type { LogItem } from '../log/log-entries.ts';

/** The streams as one thing to read from, wherever they are kept. */
export type StreamReader = {
  readonly head: (stream: StreamName) => number;
  readonly oldest: (stream: StreamName) => number;
  readonly read: (stream: StreamName, from: number, maxItems: number, maxBytes: number) => LogItem[];
};

export type PageFeeder = {
  /** Looks whether anything new is to be sent. */
  readonly wake: () => void;
  readonly stop: () => void;
};

type Subscription = { since: number; sending: boolean; over: boolean };

const ANSWER_TIMEOUT_MS = 10_000;
/**
 * Some 800 positions. The console takes a page in one transaction, and that many are a few milliseconds of its event loop;
 * in pages as large as the contract allows, a fleet of 10 000 would stop it for 20 ms at a time.
 */
const PAGE_BYTES = 200_000;

export function createPageFeeder(socket: Socket, reader: StreamReader): PageFeeder {
  const subscriptions = new Map<StreamName, Subscription>();
  let stopped = false;

  const send = (stream: StreamName, subscription: Subscription): void => {
    if (stopped || subscription.over || subscription.sending) return;
    const from = subscription.since + 1;
    if (from > reader.head(stream)) return;
    if (from < reader.oldest(stream)) {
      // Fallen out of the window while waiting: the console learns of the gap when it subscribes again.
      subscription.over = true;
      socket.disconnect(true);
      return;
    }
    const items = reader.read(stream, from, MAX_PAGE_ITEMS, PAGE_BYTES);
    const last = items.at(-1)?.offset;
    if (last === undefined) return;
    subscription.sending = true;
    const page = { stream, items, head: reader.head(stream) };
    socket.timeout(ANSWER_TIMEOUT_MS).emit('page', page, (error: Error | null, raw: unknown) => {
      subscription.sending = false;
      const answer = pageAnswer.safeParse(raw);
      if (error || !answer.success || !answer.data.ok || answer.data.committed < from) {
        subscription.over = true;
        return;
      }
      // More confirmed than sent cannot be relied on; less is sent again.
      subscription.since = Math.min(last, answer.data.committed);
      send(stream, subscription);
    });
  };

  socket.on('subscribe', (raw: unknown, acknowledge: unknown) => {
    if (typeof acknowledge !== 'function') return;
    const reply = acknowledge as (answer: SubscribeAnswer) => void;
    const asked = subscribe.safeParse(raw);
    if (!asked.success)
      return reply({
        ok: false,
        head: 0,
        reason: 'A subscription names one of the streams and an offset from 0.',
      });
    const { stream, since } = asked.data;
    const head = reader.head(stream);
    if (since > head) return reply({ ok: false, head, reason: `The stream ends at ${head}, before ${since}.` });
    const earlier = subscriptions.get(stream);
    if (earlier) earlier.over = true;
    const oldest = reader.oldest(stream);
    const isGap = since + 1 < oldest;
    const subscription = { since: isGap ? oldest - 1 : since, sending: false, over: false };
    subscriptions.set(stream, subscription);
    reply(isGap ? { ok: true, head, gap: { from: since + 1, to: oldest - 1 } } : { ok: true, head });
    send(stream, subscription);
  });

  return {
    wake: () => {
      for (const [stream, subscription] of subscriptions) send(stream, subscription);
    },
    stop: () => {
      stopped = true;
      subscriptions.clear();
    },
  };
}

export const ALL_STREAMS: readonly StreamName[] = streamName.options;
