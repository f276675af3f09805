/**
 * The link's state as shown: a pure step from one event to the next, and the keeper that counts beside it, tells whoever
 * listens and writes the operator's log. All instants are wall-clock. `live` is claimed only when everything the server had
 * at the connect has been read.
 */
import type { Clock, EpochMs } from '../../shared/kernel/instant.ts';
import type { LinkState, LinkStatus } from '../../shared/ipc/link-contract.ts';
import type { Store } from '../database/sqlite.ts';
import type { OutboxBacklog } from '../outbox/create-outbox.ts';
import { appendLinkEvent } from './link-event-table.ts';
import { countLostItems } from './link-stream-table.ts';
import { countQuarantined } from './quarantine-table.ts';

export type LinkFacts = {
  readonly state: LinkState;
  readonly sinceMs: EpochMs;
  readonly nextTryAtMs: EpochMs | undefined;
  readonly reason: string | undefined;
  /** Greetings after the first one. */
  readonly reconnects: number;
  readonly everConnected: boolean;
};

export type LinkStep =
  | { readonly type: 'trying' }
  | { readonly type: 'greeted' }
  | { readonly type: 'caught-up' }
  | { readonly type: 'lost'; readonly reason: string; readonly nextTryAtMs: EpochMs | undefined }
  | { readonly type: 'refused'; readonly reason: string };

export function startLinkFacts(nowMs: EpochMs): LinkFacts {
  return {
    state: 'connecting',
    sinceMs: nowMs,
    nextTryAtMs: undefined,
    reason: undefined,
    reconnects: 0,
    everConnected: false,
  };
}

export function stepLink(facts: LinkFacts, step: LinkStep, nowMs: EpochMs): LinkFacts {
  switch (step.type) {
    case 'trying':
      // A lost link stays lost, with its reason and since when, until a try succeeds: flickering would hide the outage.
      if (facts.state === 'lost') return { ...facts, nextTryAtMs: undefined };
      return move(facts, 'connecting', nowMs);
    case 'greeted':
      return {
        ...move(facts, 'catching-up', nowMs),
        reconnects: facts.reconnects + (facts.everConnected ? 1 : 0),
        everConnected: true,
      };
    case 'caught-up':
      return facts.state === 'catching-up' ? move(facts, 'live', nowMs) : facts;
    case 'lost':
      return {
        ...move(facts, 'lost', nowMs),
        sinceMs: facts.state === 'lost' ? facts.sinceMs : nowMs,
        reason: step.reason,
        nextTryAtMs: step.nextTryAtMs,
      };
    case 'refused':
      return { ...move(facts, 'refused', nowMs), reason: step.reason };
  }
}

function move(facts: LinkFacts, state: LinkState, nowMs: EpochMs): LinkFacts {
  return { ...facts, state, sinceMs: nowMs, nextTryAtMs: undefined, reason: undefined };
}

export type StatusKeeper = {
  readonly status: () => LinkStatus;
  readonly onStatus: (listener: (status: LinkStatus) => void) => () => void;
  /** Takes a step; `text` goes into the operator's log when the state or its reason changed. */
  readonly step: (step: LinkStep, text?: string) => void;
  readonly note: (text: string) => void;
  readonly heard: () => void;
  readonly countPage: (page: { readonly replayed: number; readonly setAside: boolean }) => void;
  readonly countLost: () => void;
  readonly stop: () => void;
};

/** Nothing here may throw into the link: a status that cannot be told or written is only logged. */
export function keepLinkStatus(parts: {
  readonly store: Store;
  readonly wallClock: Clock;
  readonly log: (line: string, detail?: unknown) => void;
  readonly linkName: string;
  readonly queue:
    | { readonly backlog: () => OutboxBacklog; readonly onBacklog: (listener: () => void) => () => void }
    | undefined;
  readonly places: () => LinkStatus['streams'];
}): StatusKeeper {
  const { store, wallClock, log } = parts;
  const listeners = new Set<(status: LinkStatus) => void>();
  let facts = startLinkFacts(wallClock.nowMs());
  let lastMessageAtMs: EpochMs | undefined;
  let replayed = 0;
  let quarantined = countQuarantined(store);
  let lostItems = countLostItems(store);

  function status(): LinkStatus {
    const { state, sinceMs, nextTryAtMs, reason, reconnects } = facts;
    const backlog = parts.queue?.backlog();
    return {
      id: 'marketplace',
      name: parts.linkName,
      state,
      sinceMs,
      lastMessageAtMs,
      nextTryAtMs,
      reason,
      queuedCommands: backlog?.count ?? 0,
      oldestQueuedAtMs: backlog?.oldestAtMs,
      reconnects,
      quarantined,
      replayed,
      lostItems,
      streams: parts.places(),
    };
  }

  function tell(): void {
    if (listeners.size === 0) return;
    try {
      const now = status();
      for (const listener of listeners) listener(now);
    } catch (error) {
      log('The link’s status could not be told.', error);
    }
  }

  function note(text: string): void {
    try {
      store.write((tx) => appendLinkEvent(tx, wallClock.nowMs(), facts.state, text));
    } catch (error) {
      log(`A link event could not be stored: ${text}`, error);
    }
  }

  return {
    status,
    onStatus: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    step: (step, text) => {
      const before = facts;
      facts = stepLink(facts, step, wallClock.nowMs());
      if (text !== undefined && (facts.state !== before.state || facts.reason !== before.reason)) note(text);
      tell();
    },
    note,
    heard: () => {
      lastMessageAtMs = wallClock.nowMs();
      tell();
    },
    countPage: (page) => {
      replayed += page.replayed;
      if (page.setAside) quarantined = countQuarantined(store);
      tell();
    },
    countLost: () => {
      lostItems = countLostItems(store);
      tell();
    },
    stop: parts.queue?.onBacklog(tell) ?? (() => {}),
  };
}
