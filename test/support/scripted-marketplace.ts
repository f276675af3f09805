/** A real Socket.IO server that does only what a test tells it, and a console connected to it. */
import path from 'node:path';
import { Server, type Socket } from 'socket.io';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';
import { startTestConsole, type TestConsoleOptions } from './test-console.ts';

export const LOG = '0195f8d0-0000-7000-8000-000000000001';
export const AT = '2026-06-09T04:10:00Z';
const STREAMS = ['fleet', 'network', 'sessions', 'commands', 'telemetry'];
export type Ask = (question: { stream: string; since: number }, answer: (reply: unknown) => void) => void;

export const greeting = (heads: Record<string, number> = {}, change: Record<string, unknown> = {}) => ({
  protocol: 1,
  server: 'hostile/1',
  log_id: LOG,
  server_time: AT,
  streams: STREAMS.map((name) => ({ name, head: heads[name] ?? 0, oldest: 1 })),
  ...change,
});

export async function serve(
  onConnection: (socket: Socket, connections: number) => void,
): Promise<{ url: string; server: Server; connections: () => number }> {
  let connections = 0;
  const server = new Server({ transports: ['websocket'], maxHttpBufferSize: 5_000_000, serveClient: false });
  server.on('connection', (socket) => onConnection(socket, ++connections));
  server.listen(0);
  onTestFinished(() => server.close());
  const address = server.httpServer.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    server,
    connections: () => connections,
  };
}

export function startConsole(url: string, more: Partial<TestConsoleOptions> = {}) {
  const started = startTestConsole({ path: path.join(temporaryFolder(), 'profile.sqlite'), url, token: 't', ...more });
  onTestFinished(() => started.stop());
  return started;
}

export const item = (offset: number, kind: string, body: unknown, change: Record<string, unknown> = {}) => ({
  offset,
  at: AT,
  kind,
  body,
  ...change,
});
