/**
 * The link to the marketplace: one connection, the streams nouns registered with it, and the sender of the outbox's
 * commands. Knows no noun. See protocol.md.
 *
 * Invariant: nothing the marketplace sends can throw out of here or hold the backend up; it is used, set aside with a
 * reason, or ends the connection, and the status says which.
 */
import { makeUuidV7 } from '../../shared/kernel/id.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { LinkStatus } from '../../shared/ipc/link-contract.ts';
import type { Store } from '../database/sqlite.ts';
import type { CommandSender } from '../outbox/command-sender.ts';
import type { OutboxBacklog } from '../outbox/create-outbox.ts';
import { readLinkAddress } from './link-address.ts';
import {
  keepConnection,
  type ConnectionTiming,
  type LinkConnection,
  type LinkSocket,
  type OpenSocket,
} from './link-connection.ts';
import { keepLinkStatus } from './link-status.ts';
import { readOrMakeConsoleId, readPlace } from './link-stream-table.ts';
import { sendCommands } from './send-commands.ts';
import type { StreamDefinition } from './stream-definition.ts';
import { followStreams, type FollowedStreams, type StreamsParts } from './streams/subscribe-streams.ts';
import { PROTOCOL_VERSION, type Hello, type PageAnswer } from './wire/v1/envelope.ts';

export type LinkTiming = ConnectionTiming & { readonly answerTimeoutMs: number; readonly stallMs: number };

const TIMING: LinkTiming = {
  backOff: { firstMs: 1_000, maxMs: 30_000 },
  helloTimeoutMs: 10_000,
  silenceLimitMs: 50_000,
  answerTimeoutMs: 10_000,
  stallMs: 30_000,
};

export type MarketplaceLinkOptions = {
  readonly store: Store;
  readonly wallClock: Clock;
  readonly url: string;
  readonly token: string;
  /** `switchyard/0.1.0` */
  readonly clientName: string;
  /** The marketplace's name as shown. */
  readonly linkName: string;
  readonly randomBytes: (count: number) => Uint8Array;
  readonly log: (line: string, detail?: unknown) => void;
  /** The outbox, for the status line. */
  readonly queue?: {
    readonly backlog: () => OutboxBacklog;
    readonly onBacklog: (listener: () => void) => () => void;
  };
  readonly timing?: Partial<LinkTiming>;
  /** How a socket is opened; tests wrap it. */
  readonly openSocket?: OpenSocket;
};

export type MarketplaceLink = CommandSender & {
  /** Before `connect`. */
  readonly registerStream: (definition: StreamDefinition) => void;
  readonly connect: () => void;
  readonly status: () => LinkStatus;
  /** Calls at each change; answers how to stop listening. */
  readonly onStatus: (listener: (status: LinkStatus) => void) => () => void;
  readonly retryNow: () => void;
  readonly stop: () => void;
};

export function startMarketplaceLink(options: MarketplaceLinkOptions): MarketplaceLink {
  const { store, wallClock, log } = options;
  const timing = { ...TIMING, ...options.timing };
  const address = readLinkAddress(options.url);
  const definitions = new Map<string, StreamDefinition>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  const randomFraction = (): number => options.randomBytes(4).reduce((sum, byte) => (sum + byte) / 256, 0);
  let greeted: { readonly socket: LinkSocket; readonly streams: FollowedStreams } | undefined;
  let connection: LinkConnection | undefined;
  const keeper = keepLinkStatus({
    store,
    wallClock,
    log,
    linkName: options.linkName,
    queue: options.queue,
    places: () => greeted?.streams.places() ?? placesFromStore(store, definitions),
  });

  function part(): void {
    if (greeted === undefined) return;
    greeted.streams.stop();
    greeted = undefined;
    for (const listener of connectionListeners) listener(false);
  }

  function greet(hello: Hello, socket: LinkSocket): void {
    keeper.step({ type: 'greeted' }, `Connected to ${hello.server}.`);
    const { backOff, answerTimeoutMs, stallMs } = timing;
    const parts: StreamsParts = {
      store,
      wallClock,
      log,
      randomFraction,
      backOff,
      answerTimeoutMs,
      stallMs,
      note: keeper.note,
      onTaken: (taken) => {
        keeper.countPage(taken);
        if (taken.advanced) connection?.helped();
      },
      onLostItems: keeper.countLost,
      onCaughtUp: () => {
        keeper.step({ type: 'caught-up' }, 'Everything that happened meanwhile has been read.');
        connection?.helped();
      },
      onUseless: (reason) => setImmediate(() => connection?.drop(reason)),
    };
    try {
      greeted = { socket, streams: followStreams(parts, definitions, socket, hello) };
    } catch (error) {
      log('The streams could not be followed.', error);
      connection?.drop('The console’s store refused to be written.');
      return;
    }
    for (const listener of connectionListeners) listener(true);
  }

  function listenOn(socket: LinkSocket): void {
    socket.on('page', (raw: unknown, answer: unknown) => {
      if (greeted?.socket !== socket) return;
      try {
        const reply = greeted.streams.page(raw);
        if (typeof answer === 'function') (answer as (reply: PageAnswer) => void)(reply);
      } catch (error) {
        // A listener that throws would end the process. The page stays unanswered and is asked for again.
        log('A page could not be taken.', error);
      }
    });
  }

  function open(url: URL): LinkConnection {
    const consoleId = store.write((tx) =>
      readOrMakeConsoleId(tx, () => makeUuidV7(wallClock.nowMs(), options.randomBytes(16))),
    );
    const { token, clientName: client, openSocket } = options;
    return keepConnection({
      url: url.href,
      handshake: () => ({ protocol: PROTOCOL_VERSION, token, console_id: consoleId, client }),
      openSocket,
      wallClock,
      randomFraction,
      timing,
      listener: {
        onTrying: () => keeper.step({ type: 'trying' }),
        onSocket: listenOn,
        onHello: greet,
        onHeard: keeper.heard,
        onLost: (reason, nextTryAtMs) => {
          part();
          keeper.step({ type: 'lost', reason, nextTryAtMs }, reason);
        },
        onRefused: (reason) => {
          part();
          keeper.step({ type: 'refused', reason }, reason);
        },
      },
    });
  }

  return {
    ...sendCommands({ socket: () => greeted?.socket, answerTimeoutMs: timing.answerTimeoutMs, log }),
    registerStream: (definition) => {
      assert(connection === undefined, 'streams are registered before the link connects');
      assert(!definitions.has(definition.name), `the stream ${definition.name} is registered once`);
      definitions.set(definition.name, definition);
    },
    connect: () => {
      if (!address.ok) return keeper.step({ type: 'refused', reason: address.message }, address.message);
      connection ??= open(address.value);
      connection.connect();
    },
    status: keeper.status,
    onStatus: keeper.onStatus,
    onConnection: (listener) => {
      connectionListeners.add(listener);
      listener(greeted !== undefined);
      return () => connectionListeners.delete(listener);
    },
    retryNow: () => connection?.retryNow(),
    stop: () => {
      keeper.stop();
      part();
      connection?.stop();
    },
  };
}

function placesFromStore(store: Store, definitions: ReadonlyMap<string, StreamDefinition>): LinkStatus['streams'] {
  return [...definitions.keys()].map((name) => {
    const committed = readPlace(store, name)?.committed ?? 0;
    return { name, committed, head: committed };
  });
}
