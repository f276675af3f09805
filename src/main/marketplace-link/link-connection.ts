/**
 * Keeps one Socket.IO connection: tries, waits, tries again. Each try is a fresh socket, so nothing that was buffered
 * for an older connection can leave on a newer one; Socket.IO's own reconnection and recovery stay off (the offset log
 * is what loses nothing).
 *
 * Invariants: at most one socket is alive, and every one that dies is followed by a timer for the next try, unless a
 * person must act first or `stop` was called. The pauses grow until a connection has both helped and lasted as long as
 * the longest pause: a server that greets, sends a little and breaks off each time is left alone more and more.
 */
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { Clock, EpochMs } from '../../shared/kernel/instant.ts';
import { pauseBeforeTry, type BackOff } from './back-off.ts';
import {
  handshakeRefusal,
  hello as wireHello,
  MAX_MESSAGE_BYTES,
  PROTOCOL_VERSION,
  type Handshake,
  type Hello,
} from './wire/v1/envelope.ts';
import { sayDisconnect } from './say-disconnect.ts';
import { sayIssues } from './say-issues.ts';

export type LinkSocket = Socket;
/** `maxPayload` is handed on to the WebSocket, which closes with 1009 when a message is greater; its types leave it out. */
export type SocketChoices = Partial<ManagerOptions & SocketOptions> & { readonly maxPayload: number };
export type OpenSocket = (url: string, options: SocketChoices) => LinkSocket;

export type ConnectionTiming = {
  readonly backOff: BackOff;
  /** From the try to `hello`. */
  readonly helloTimeoutMs: number;
  /** Nothing at all heard for so long, heartbeats included: the line is dead though it looks open. */
  readonly silenceLimitMs: number;
};

export type ConnectionListener = {
  readonly onTrying: () => void;
  /** Before `onHello`, so that whoever listens on the socket misses nothing. */
  readonly onSocket: (socket: LinkSocket) => void;
  readonly onHello: (hello: Hello, socket: LinkSocket) => void;
  readonly onHeard: () => void;
  readonly onLost: (reason: string, nextTryAtMs: EpochMs) => void;
  readonly onRefused: (reason: string) => void;
};

export type LinkConnection = {
  readonly connect: () => void;
  readonly retryNow: () => void;
  /** Something was gained over the present connection: when it lasts, too, the pauses begin anew. */
  readonly helped: () => void;
  /** Ends the present connection because of what the other side does; the next try follows. */
  readonly drop: (reason: string) => void;
  readonly stop: () => void;
};

export function keepConnection(options: {
  readonly url: string;
  readonly handshake: () => Handshake;
  readonly openSocket?: OpenSocket | undefined;
  readonly wallClock: Clock;
  readonly randomFraction: () => number;
  readonly timing: ConnectionTiming;
  readonly listener: ConnectionListener;
}): LinkConnection {
  const { listener, timing, wallClock } = options;
  const openSocket: OpenSocket = options.openSocket ?? ((url, socketOptions) => io(url, socketOptions));
  let socket: LinkSocket | undefined;
  let nextTry: NodeJS.Timeout | undefined;
  let watch: NodeJS.Timeout | undefined;
  let lasting: NodeJS.Timeout | undefined;
  let failures = 0;
  let hasHelped = false;
  let hasLasted = false;
  let stopped = false;

  function discard(): void {
    clearTimeout(nextTry);
    clearTimeout(watch);
    clearTimeout(lasting);
    nextTry = watch = lasting = undefined;
    hasHelped = hasLasted = false;
    const old = socket;
    socket = undefined;
    old?.removeAllListeners();
    // Ending the connection fails what waits for an answer on it, which is how its senders learn.
    old?.disconnect();
    old?.io.engine?.close();
  }

  function lose(reason: string): void {
    if (stopped) return;
    discard();
    failures += 1;
    const pauseMs = pauseBeforeTry(failures, timing.backOff, options.randomFraction());
    nextTry = setTimeout(tryOnce, pauseMs);
    listener.onLost(reason, wallClock.nowMs() + pauseMs);
  }

  function giveUp(reason: string): void {
    discard();
    listener.onRefused(reason);
  }

  function forgive(): void {
    if (hasHelped && hasLasted) failures = 0;
  }

  function guard(limitMs: number, reason: string): void {
    clearTimeout(watch);
    watch = setTimeout(() => lose(reason), limitMs);
  }

  function tryOnce(): void {
    if (stopped) return;
    discard();
    listener.onTrying();
    const socketOptions: SocketChoices = {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      timeout: timing.helloTimeoutMs,
      auth: options.handshake(),
      perMessageDeflate: false as never,
      maxPayload: MAX_MESSAGE_BYTES,
    };
    const opened = openSocket(options.url, socketOptions);
    socket = opened;
    const mine = (act: () => void) => () => {
      if (socket === opened) act();
    };
    let greeted = false;

    guard(timing.helloTimeoutMs, 'The marketplace did not answer.');
    opened.on('connect_error', (error) => mine(() => refuseOrLose(error))());
    opened.on('disconnect', (reason, details) => mine(() => lose(sayDisconnect(reason, details)))());
    opened.on('hello', (raw: unknown) =>
      mine(() => {
        if (greeted) return;
        greeted = true;
        const read = wireHello.safeParse(raw);
        if (!read.success) return lose(`The marketplace’s greeting was not understood: ${sayIssues(read.error)}`);
        if (read.data.protocol !== PROTOCOL_VERSION)
          return giveUp(
            `The marketplace speaks protocol ${read.data.protocol}; this Switchyard speaks ${PROTOCOL_VERSION}.`,
          );
        lasting = setTimeout(() => {
          hasLasted = true;
          forgive();
        }, timing.backOff.maxMs);
        guard(timing.silenceLimitMs, 'The marketplace fell silent.');
        listener.onHello(read.data, opened);
      })(),
    );
    listener.onSocket(opened);
    opened.connect();
    const heard = mine(() => {
      if (greeted) guard(timing.silenceLimitMs, 'The marketplace fell silent.');
      listener.onHeard();
    });
    // Every packet counts, heartbeats too.
    opened.io.engine?.on('packet', heard);
  }

  function refuseOrLose(error: Error & { data?: unknown }): void {
    const read = handshakeRefusal.safeParse(error.data);
    if (!read.success) return lose(`The marketplace cannot be reached (${error.message.slice(0, 100)}).`);
    const { code, message } = read.data;
    if (code === 'bad-token') return giveUp(`The marketplace does not accept this token. It says: “${message}”`);
    if (code === 'protocol-not-supported')
      return giveUp(`The marketplace does not speak this Switchyard’s protocol. It says: “${message}”`);
    lose(`The marketplace turned us away. It says: “${message}”`);
  }

  return {
    connect: tryOnce,
    retryNow: () => {
      failures = 0;
      if (socket === undefined) tryOnce();
    },
    helped: () => {
      hasHelped = true;
      forgive();
    },
    drop: lose,
    stop: () => {
      stopped = true;
      discard();
    },
  };
}
