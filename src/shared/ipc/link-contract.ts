/** What the window hears of the console's links, and what it may ask of the quarantine. */
import { z } from 'zod';
import type { EpochMs } from '../kernel/instant.ts';
import { answersWith, feed } from './contract.ts';

/**
 * connecting  trying; `sinceMs` says since when
 * catching-up connected, reading what happened meanwhile
 * live        connected, everything read
 * lost        no connection; trying again at `nextTryAtMs`
 * refused     the other side does not want us; a person must act
 */
export type LinkState = 'connecting' | 'catching-up' | 'live' | 'lost' | 'refused';

/** All instants here are wall-clock: a link is a thing of the real world, also in the demo. */
export type LinkStatus = {
  readonly id: 'marketplace';
  readonly name: string;
  readonly state: LinkState;
  readonly sinceMs: EpochMs;
  readonly lastMessageAtMs: EpochMs | undefined;
  readonly nextTryAtMs: EpochMs | undefined;
  /** Why it is lost or refused, as a sentence. */
  readonly reason: string | undefined;
  /** Commands stored and not yet answered. */
  readonly queuedCommands: number;
  readonly oldestQueuedAtMs: EpochMs | undefined;
  readonly reconnects: number;
  readonly quarantined: number;
  /** Items that arrived a second time and changed nothing. */
  readonly replayed: number;
  /** Items the marketplace no longer held when we came back: lost for good, by stream. */
  readonly lostItems: number;
  /** Per stream: how far we have committed, and the newest the server told of. */
  readonly streams: readonly { readonly name: string; readonly committed: number; readonly head: number }[];
};

export type QuarantinedItem = {
  readonly id: number;
  readonly stream: string;
  readonly offset: number | undefined;
  readonly kind: string;
  readonly reason: string;
  readonly receivedAtMs: EpochMs;
  /** What arrived, as text, cut at 20 000 characters; `rawBytes` is its whole size. */
  readonly raw: string;
  readonly rawBytes: number;
};

/** A moment of the link's life, for the operator's log. Wall-clock. */
export type LinkEvent = {
  readonly id: number;
  readonly atMs: EpochMs;
  readonly state: LinkState;
  readonly note: string;
};

export const linkContract = {
  'link/status': feed<LinkStatus>({ maxRateHz: 4, keyOf: (status) => status.id }),
  /** Newest first; `beforeId` pages back. */
  'link/quarantine': answersWith<{ readonly total: number; readonly items: readonly QuarantinedItem[] }>().to(
    z.strictObject({ beforeId: z.int().optional(), limit: z.int().min(1).max(200) }),
  ),
  'link/events': answersWith<{ readonly events: readonly LinkEvent[] }>().to(
    z.strictObject({ limit: z.int().min(1).max(500) }),
  ),
} as const;
