/** A serial device server, played by a real TCP server on loopback. */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { ByteSource } from '../../../../src/main/serial/byte-source.ts';
import { openDeviceServer } from '../../../../src/main/serial/open-device-server.ts';
import { waitUntil } from '../../../support/wait-until.ts';

async function startServer(): Promise<{ port: number; server: Server; sockets: Socket[] }> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    sockets.push(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, server, sockets };
}

async function openAt(port: number) {
  const opened = await openDeviceServer({ kind: 'device-server', host: '127.0.0.1', port })();
  if (!opened.ok) throw new Error(opened.message);
  return listenTo(opened.value);
}

function listenTo(source: ByteSource) {
  const heard: number[] = [];
  const closed: string[] = [];
  source.listen({ bytes: (chunk) => heard.push(...chunk), closed: (reason) => closed.push(reason) });
  return { source, heard, closed };
}

test('bytes go both ways, unchanged', async () => {
  const { port, sockets } = await startServer();
  const { source, heard } = await openAt(port);
  expect(source.place).toBe(`127.0.0.1:${port}`);
  const every = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  await waitUntil('the connection', () => sockets.length === 1);
  sockets[0]?.on('data', (chunk) => sockets[0]?.write(chunk));
  source.write(every);
  await waitUntil('all bytes', () => heard.length === 256);
  expect(heard).toEqual([...every]);
  await source.close();
});

test('what comes before anybody listens is not lost', async () => {
  const { port, sockets } = await startServer();
  const opened = await openDeviceServer({ kind: 'device-server', host: '127.0.0.1', port })();
  if (!opened.ok) throw new Error(opened.message);
  await waitUntil('the connection', () => sockets.length === 1);
  sockets[0]?.write(Uint8Array.of(1, 2, 3));
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { heard } = listenTo(opened.value);
  await waitUntil('the bytes', () => heard.length > 0);
  expect(heard).toEqual([1, 2, 3]);
  await opened.value.close();
});

test.for(['end', 'resetAndDestroy'] as const)(
  'a server that hangs up (%s) is told once, and writing is harmless',
  async (how) => {
    const { port, sockets } = await startServer();
    const { source, closed } = await openAt(port);
    await waitUntil('the connection', () => sockets.length === 1);
    sockets[0]?.[how]();
    await waitUntil('the end', () => closed.length > 0);
    source.write(Uint8Array.of(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed).toHaveLength(1);
    expect(closed[0]).toContain(`127.0.0.1:${port}`);
    await source.close();
  },
);

test('one that ended before anybody listened is told to who comes', async () => {
  const { port, sockets } = await startServer();
  const opened = await openDeviceServer({ kind: 'device-server', host: '127.0.0.1', port })();
  if (!opened.ok) throw new Error(opened.message);
  await waitUntil('the connection', () => sockets.length === 1);
  sockets[0]?.resetAndDestroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { closed } = listenTo(opened.value);
  await waitUntil('the end', () => closed.length > 0);
  expect(closed).toHaveLength(1);
});

test('our own close is not told, and may come twice', async () => {
  const { port } = await startServer();
  const { source, closed } = await openAt(port);
  await source.close();
  await source.close();
  source.write(Uint8Array.of(1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(closed).toEqual([]);
});

test('a closed port is refused with what to do', async () => {
  const { port, server } = await startServer();
  await new Promise((resolve) => server.close(resolve));
  expect(await openDeviceServer({ kind: 'device-server', host: '127.0.0.1', port })()).toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('refuses the connection: check the port number') as string,
  });
});

test('a server that does not answer is given up in time', async () => {
  const startedMs = performance.now();
  // An address of the block that is kept for documentation: there is nobody, and often not even a way there.
  const refused = await openDeviceServer({ kind: 'device-server', host: '192.0.2.1', port: 4001 }, 200)();
  expect(refused).toMatchObject({ ok: false, code: 'unreachable' });
  expect(performance.now() - startedMs).toBeLessThan(2000);
});

test('a name nobody knows is refused with what to do', async () => {
  const address = { kind: 'device-server', host: 'no-such-meter.invalid', port: 4001 } as const;
  expect(await openDeviceServer(address, 1000)()).toMatchObject({ ok: false, code: 'unreachable' });
});
