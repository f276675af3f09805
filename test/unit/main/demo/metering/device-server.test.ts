import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { startDeviceServer, type DeviceServer } from '../../../../../src/main/demo/metering/device-server.ts';

const servers: DeviceServer[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.stop();
});

async function start(wishedPort: number): Promise<DeviceServer> {
  const server = await startDeviceServer({ wishedPort, onBytes: () => undefined });
  servers.push(server);
  return server;
}

/** What a client meets: `served` when it may stay for a moment. */
function call(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
    socket.once('close', () => resolve('hung up'));
    setTimeout(() => {
      resolve('served');
      socket.destroy();
    }, 100);
  });
}

describe('a device server', () => {
  it('takes the next port when the wished one is taken', async () => {
    const first = await start(31_000);
    const second = await start(first.port);
    expect(second.port).toBeGreaterThan(first.port);
  });

  it('ends up as it was left, however fast it is plugged in and out', async () => {
    const server = await start(31_100);
    for (let round = 0; round < 20; round++) {
      server.unplug();
      server.plugIn();
      server.unplug();
      if (round % 3 === 0) await pause(round % 2);
      server.plugIn();
    }
    await pause(50);
    expect(await call(server.port)).toBe('served');
    server.plugIn();
    server.unplug();
    await pause(50);
    expect(await call(server.port)).toBe('ECONNREFUSED');
  });

  it('waits for its port when somebody took it meanwhile', async () => {
    const server = await start(31_200);
    server.unplug();
    await pause(20);
    const thief = await start(server.port);
    expect(thief.port).toBe(server.port);
    server.plugIn();
    await pause(100);
    thief.stop();
    await pause(700);
    expect(await call(server.port)).toBe('served');
  });
});
