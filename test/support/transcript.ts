/**
 * A recorded conversation between a console and a marketplace, as JSON: what went over the line, connection by
 * connection, in the order the console saw it. Ids and times are replaced by steady ones, so that a new recording of the
 * same story differs only where the protocol does.
 */
import { io, type Socket } from 'socket.io-client';
import type { OpenSocket } from '../../src/main/marketplace-link/link-connection.ts';

export type TranscriptEntry = {
  readonly from: 'console' | 'marketplace';
  readonly event: string;
  readonly body: unknown;
  /** What the receiver called back with; absent when the answer was lost or none is due. */
  answer?: unknown;
};
export type TranscriptConnection = { readonly auth: unknown; refused?: unknown; readonly entries: TranscriptEntry[] };
export type Transcript = {
  readonly name: string;
  readonly about: string;
  readonly connections: TranscriptConnection[];
};

/** An `openSocket` that writes down everything. */
export function recordConnections(connections: TranscriptConnection[]): OpenSocket {
  return (url, options) => {
    const socket = io(url, options);
    const connection: TranscriptConnection = { auth: options.auth, entries: [] };
    connections.push(connection);
    socket.on('connect_error', (error) => {
      const data = (error as Error & { data?: unknown }).data;
      if (data !== undefined) connection.refused = data;
    });
    recordIncoming(socket, connection.entries);
    recordOutgoing(socket, connection.entries);
    return socket;
  };
}

function recordIncoming(socket: Socket, entries: TranscriptEntry[]): void {
  socket.on('hello', (body: unknown) => void entries.push({ from: 'marketplace', event: 'hello', body: copy(body) }));
  const on = socket.on.bind(socket) as (event: string, listener: (...values: never[]) => void) => Socket;
  socket.on = ((event: string, listener: (...values: unknown[]) => void) => {
    if (event !== 'page') return on(event, listener);
    return on('page', (body: unknown, answer: (reply: unknown) => void) => {
      const entry: TranscriptEntry = { from: 'marketplace', event: 'page', body: copy(body) };
      entries.push(entry);
      listener(body, (reply: unknown) => {
        entry.answer = copy(reply);
        answer(reply);
      });
    });
  }) as never;
}

function recordOutgoing(socket: Socket, entries: TranscriptEntry[]): void {
  const timeout = socket.timeout.bind(socket);
  socket.timeout = ((ms: number) => ({
    emit: (event: string, body: unknown, answered: (error: Error | null, answer: unknown) => void) => {
      const entry: TranscriptEntry = { from: 'console', event, body: copy(body) };
      entries.push(entry);
      return timeout(ms).emit(event, body, (error: Error | null, answer: unknown) => {
        if (error === null) entry.answer = copy(answer);
        answered(error, answer);
      });
    },
    emitWithAck: async (event: string, body: unknown) => {
      const entry: TranscriptEntry = { from: 'console', event, body: copy(body) };
      entries.push(entry);
      const answer: unknown = await timeout(ms).emitWithAck(event, body);
      entry.answer = copy(answer);
      return answer;
    },
  })) as never;
}

function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown;
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/giu;
const INSTANT = /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/u;
const STEADY_TIME = '2026-06-09T04:10:00Z';

/** Every id by the order of its first appearance, every instant the same. A shortened id keeps its own name. */
export function steady<T>(value: T): T {
  const ids = new Map<string, string>();
  const name = (id: string): string => {
    const known = ids.get(id.toLowerCase());
    if (known !== undefined) return known;
    const made = `00000000-0000-7000-8000-${String(ids.size + 1).padStart(12, '0')}`;
    ids.set(id.toLowerCase(), made);
    return made;
  };
  const walk = (inner: unknown): unknown => {
    if (typeof inner === 'string') return INSTANT.test(inner) ? STEADY_TIME : inner.replaceAll(UUID, name);
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, one]) => [key, walk(one)]));
  };
  return walk(value) as T;
}
