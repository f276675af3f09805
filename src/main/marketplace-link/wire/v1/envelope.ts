/**
 * The conversation: handshake, `hello`, `subscribe`, `page`, `command`, `command-status`. See ../../protocol.md, which
 * is the contract; these schemas are its letter.
 */
import { z } from 'zod';
import { dateTime, offset, text, uuid } from './primitives.ts';

export const PROTOCOL_VERSION = 1;

/** Greatest number of items and of JSON bytes in one page. A larger message closes the connection. */
export const MAX_PAGE_ITEMS = 200;
export const MAX_MESSAGE_BYTES = 1_000_000;

export const streamName = z.enum([
  'fleet',
  'network',
  'sessions',
  'commands',
  'telemetry',
  'tariffs',
  'accounts',
  'records',
]);

/** `auth` of the Socket.IO handshake. (A field named `offset` there would disable Socket.IO's own recovery.) */
export const handshake = z.object({
  protocol: z.int().min(1).max(1000),
  token: text(512),
  console_id: uuid,
  client: text(100),
});

/** `data` of the `connect_error` with which a server turns a console away. Other codes are taken like `busy`. */
export const handshakeRefusal = z.object({ code: text(40), message: text(300) });

/** Server to console, once after each connect, before anything else. */
export const hello = z.object({
  protocol: z.int().min(1).max(1000),
  server: text(100),
  /** Names the log. When it differs from the last one seen, offsets mean nothing any more and all streams restart at 0. */
  log_id: uuid,
  server_time: dateTime,
  streams: z
    .array(z.object({ name: text(40), head: offset, oldest: offset }))
    .min(1)
    .max(50),
});

export const subscribe = z.object({ stream: streamName, since: offset });

export const subscribeAnswer = z.object({
  ok: z.boolean(),
  head: offset,
  /** Set when `since` lies before what the server still holds: these offsets are gone for good. */
  gap: z.object({ from: offset, to: offset }).optional(),
  reason: text(200).optional(),
});

/** An item as it arrives: the body is parsed later, by the schema of its kind, so that one bad item spoils only itself. */
export const item = z.object({
  offset: offset.min(1),
  at: dateTime,
  kind: z.string().max(60),
  body: z.unknown(),
});

export const page = z.object({
  stream: streamName,
  items: z.array(item).min(1).max(MAX_PAGE_ITEMS),
  head: offset,
});

/**
 * What must be readable of a page before its items are looked at one by one: with a whole envelope and offsets without a
 * hole, an item that fits nothing else spoils only itself.
 */
export const pageEnvelope = z.object({
  stream: streamName,
  items: z.array(z.unknown()).min(1).max(MAX_PAGE_ITEMS),
  head: offset,
});
export const itemHead = z.object({ offset: offset.min(1) });

/** The console's answer to a page, sent only after its content is committed. */
export const pageAnswer = z.union([
  z.object({ ok: z.literal(true), committed: offset }),
  z.object({ ok: z.literal(false), reason: text(200), committed: offset }),
]);

export type StreamName = z.infer<typeof streamName>;
export type Handshake = z.infer<typeof handshake>;
export type Hello = z.infer<typeof hello>;
export type SubscribeAnswer = z.infer<typeof subscribeAnswer>;
export type Page = z.infer<typeof page>;
export type PageAnswer = z.infer<typeof pageAnswer>;
