/**
 * The marketplace's side of the FLO link, on loopback: handshake, hello, streams, commands. See
 * ../marketplace-link/protocol.md. Invariant: whatever a client sends is answered or ignored; nothing it sends can
 * make the server fail.
 */
import { timingSafeEqual } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import {
  command,
  commandStatusRequest,
  type WireCommand,
  type WireCommandResponse,
} from '../../marketplace-link/wire/v1/commands.ts';
import { handshake, MAX_MESSAGE_BYTES, PROTOCOL_VERSION, type Hello } from '../../marketplace-link/wire/v1/envelope.ts';
import type { CommandDesk } from './command-desk.ts';
import { ALL_STREAMS, createPageFeeder, type PageFeeder, type StreamReader } from './page-feeder.ts';
import type { ScriptedFaults } from '../scripted-faults.ts';
import { hashUnit } from '../seeded-random.ts';
import { isoTime } from './wire-objects.ts';

export type MarketplaceServer = {
  readonly wake: () => void;
  readonly dropConnections: () => void;
  /** Sends any event to every console, for tests of hostile content. */
  readonly emitRaw: (event: string, payload: unknown) => void;
  readonly connections: () => number;
  readonly close: () => void;
};

export type MarketplaceServerOptions = {
  readonly http: HttpServer;
  readonly token: string;
  readonly logId: string;
  readonly reader: StreamReader;
  readonly desk: CommandDesk;
  readonly faults: ScriptedFaults;
  readonly nowMs: () => number;
};

const MOST_CONNECTIONS = 16;
const NO_COMMAND = '00000000-0000-0000-0000-000000000000';

export function createMarketplaceServer(options: MarketplaceServerOptions): MarketplaceServer {
  const { http, reader, faults } = options;
  const server = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    allowRequest: (request, decide) => {
      // A lost link looks like one: the line goes dead without a word.
      if (faults.active('link-lost')) request.socket.destroy();
      else decide(null, true);
    },
  });
  const feeders = new Map<Socket, PageFeeder>();
  server.use((socket, next) => next(refusal(socket, options.token, feeders.size)));
  server.on('connection', (socket) => {
    socket.emit('hello', greet(options));
    const feeder = createPageFeeder(socket, reader);
    feeders.set(socket, feeder);
    answerCommands(socket, options);
    socket.on('disconnect', () => {
      feeder.stop();
      feeders.delete(socket);
    });
  });
  return {
    wake: () => {
      for (const feeder of feeders.values()) feeder.wake();
    },
    dropConnections: () => {
      for (const socket of feeders.keys()) socket.conn.close();
    },
    emitRaw: (event, payload) => {
      for (const socket of feeders.keys()) socket.emit(event, payload, () => undefined);
    },
    connections: () => feeders.size,
    close: () => {
      for (const feeder of feeders.values()) feeder.stop();
      server.disconnectSockets(true);
      server.engine.close();
    },
  };
}

/** Compares without telling by its duration how much of a guess was right. */
export function isSameToken(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

function refusal(socket: Socket, token: string, connections: number): Error | undefined {
  const refuse = (code: string, message: string): Error =>
    Object.assign(new Error(message), { data: { code, message } });
  const auth = handshake.safeParse(socket.handshake.auth);
  const version: unknown = socket.handshake.auth['protocol'];
  if (version !== PROTOCOL_VERSION) {
    return refuse(
      'protocol-not-supported',
      `This marketplace speaks protocol ${PROTOCOL_VERSION}. Install a console that does, too.`,
    );
  }
  if (!auth.success || !isSameToken(auth.data.token, token)) {
    return refuse(
      'bad-token',
      'The marketplace does not accept this token. Check the token in the connection settings.',
    );
  }
  if (connections >= MOST_CONNECTIONS) return refuse('busy', 'Too many consoles are connected. Try again in a moment.');
  return undefined;
}

function greet(options: MarketplaceServerOptions): Hello {
  return {
    protocol: PROTOCOL_VERSION,
    server: 'switchyard-demo/1',
    log_id: options.logId,
    server_time: isoTime(options.nowMs()),
    streams: ALL_STREAMS.map((name) => ({
      name,
      head: options.reader.head(name),
      oldest: options.reader.oldest(name),
    })),
  };
}

function answerCommands(socket: Socket, { desk, faults }: MarketplaceServerOptions): void {
  const answerOne = async (given: WireCommand, reply: (answer: WireCommandResponse) => void): Promise<void> => {
    const response = await desk.take(given);
    if (faults.active('answers-missing')) return;
    if (faults.active('answers-late')) {
      setTimeout(() => reply(response), 8000 + 12_000 * hashUnit('late', given.command_id)).unref();
    } else reply(response);
  };
  socket.on('command', (raw: unknown, acknowledge: unknown) => {
    const reply =
      typeof acknowledge === 'function' ? (acknowledge as (answer: WireCommandResponse) => void) : () => undefined;
    const parsed = command.safeParse(raw);
    if (!parsed.success) return reply(refuseMalformed(raw));
    void answerOne(parsed.data, reply).catch(() => socket.disconnect(true));
  });
  socket.on('command-status', (raw: unknown, acknowledge: unknown) => {
    if (typeof acknowledge !== 'function') return;
    const asked = commandStatusRequest.safeParse(raw);
    const ids = asked.success ? asked.data.command_ids : [];
    const statuses = ids.map((id) => {
      const state = desk.stateOf(id);
      return { command_id: id, known: state !== undefined, ...state };
    });
    (acknowledge as (answer: unknown) => void)({ statuses });
  });
}

function refuseMalformed(raw: unknown): WireCommandResponse {
  const given = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
  const id = given['command_id'];
  const kind = given['kind'];
  const foreign = typeof kind === 'string' && kind !== 'START_SESSION' && kind !== 'STOP_SESSION';
  return {
    command_id: typeof id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(id) ? id : NO_COMMAND,
    result: foreign ? 'NOT_SUPPORTED' : 'REJECTED',
    timeout_s: 0,
    message: foreign
      ? 'The marketplace does not know this kind of command.'
      : 'The command does not have the form of protocol 1.',
  };
}
