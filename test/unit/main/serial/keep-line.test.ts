/** A line is kept: tried, used, lost, found again; and says at each moment what is true. */
import { describe, expect, test } from 'vitest';
import type { ByteListener, ByteSource, OpenFailure } from '../../../../src/main/serial/byte-source.ts';
import { keepLine, type LineSource, type LineStatus } from '../../../../src/main/serial/keep-line.ts';
import { openDeviceServer } from '../../../../src/main/serial/open-device-server.ts';
import { accept, refuse, type Result } from '../../../../src/shared/kernel/result.ts';
import { createScriptedClock } from '../../../support/scripted-line.ts';

type Port = { listener: ByteListener | undefined; readonly written: number[]; isClosed: boolean };

/** A world in which opening gives what `world.next` says; `ports` are all that were opened. */
function stage() {
  const clock = createScriptedClock();
  const ports: Port[] = [];
  const tries: number[] = [];
  const changes: LineStatus[] = [];
  const world: { refusal: OpenFailure | undefined; takesMs: number } = { refusal: undefined, takesMs: 0 };
  const open = async (): Promise<Result<ByteSource, OpenFailure>> => {
    tries.push(clock.monotonicMs());
    await new Promise<void>((resolve) => {
      clock.after(world.takesMs, resolve);
    });
    if (world.refusal !== undefined) return refuse(world.refusal, 'It is not plugged in: plug it in.');
    const port: Port = { listener: undefined, written: [], isClosed: false };
    ports.push(port);
    return accept({
      place: `/dev/tty${ports.length}`,
      listen: (listener) => {
        port.listener = listener;
      },
      write: (bytes) => port.written.push(...bytes),
      close: () => {
        port.isClosed = true;
        return Promise.resolve();
      },
    });
  };
  const start = () =>
    keepLine({
      open,
      clock,
      randomFraction: () => 1,
      backOff: { firstMs: 500, maxMs: 4000 },
      muteLimitMs: 60_000,
      onChange: (status) => changes.push(status),
    });
  return { clock, ports, tries, changes, world, start };
}

describe('a kept line', () => {
  test('opens, and counts what goes over it', async () => {
    const { clock, ports, start, changes } = stage();
    const line = start();
    expect(line.status()).toMatchObject({ state: 'opening', sinceMs: clock.wallMs() });
    const sources: LineSource[] = [];
    line.use((source) => sources.push(source));
    await clock.pass(1000);
    const heard: number[] = [];
    sources[0]?.listen({ bytes: (chunk) => heard.push(...chunk), closed: () => undefined });
    sources[0]?.write(Uint8Array.of(1, 2));
    ports[0]?.listener?.bytes(Uint8Array.of(7, 8, 9));
    expect(heard).toEqual([7, 8, 9]);
    expect(line.status()).toMatchObject({
      state: 'open',
      place: '/dev/tty1',
      bytesSent: 2,
      bytesHeard: 3,
      reopened: 0,
    });
    expect(line.status()).toMatchObject({ sinceMs: clock.wallMs() - 1000, lastByteAtMs: clock.wallMs() });
    expect(changes.map(({ state }) => state)).toEqual(['open']);
  });

  test('gives the open source to a user that comes later', async () => {
    const { clock, start } = stage();
    const line = start();
    await clock.pass(10);
    const places: string[] = [];
    line.use((source) => places.push(source.place));
    expect(places).toEqual(['/dev/tty1']);
  });

  test('that can not be opened is tried with growing pauses, and says since when and why', async () => {
    const { clock, tries, start, world } = stage();
    world.refusal = 'absent';
    const line = start();
    await clock.pass(10);
    const since = clock.wallMs() - 10;
    expect(line.status()).toMatchObject({ state: 'lost', sinceMs: since, nextTryAtMs: since + 500 });
    await clock.pass(15_000);
    expect(tries).toEqual([0, 500, 1500, 3500, 7500, 11_500]);
    expect(line.status()).toMatchObject({ state: 'lost', sinceMs: since, reason: 'It is not plugged in: plug it in.' });
  });

  test('whose opener throws says so, and is tried again', async () => {
    const clock = createScriptedClock();
    const impossible = openDeviceServer({ kind: 'device-server', host: '127.0.0.1', port: 70_000 });
    const line = keepLine({ open: impossible, clock });
    await clock.pass(10);
    expect(line.status()).toMatchObject({ state: 'lost', reason: expect.stringContaining('70000') as string });
    await line.stop();
  });

  test('that is lost is opened again as a fresh source; the old one is heard no more', async () => {
    const { clock, ports, start, world } = stage();
    const line = start();
    const sources: LineSource[] = [];
    const told: string[] = [];
    line.use((source) => {
      sources.push(source);
      source.listen({
        bytes: (chunk) => told.push(`${source.place} ${chunk.length}`),
        closed: (reason) => told.push(reason),
      });
    });
    await clock.pass(10_000);
    world.takesMs = 100;
    ports[0]?.listener?.closed('It was unplugged.');
    expect(line.status()).toMatchObject({
      state: 'lost',
      reason: 'It was unplugged.',
      nextTryAtMs: clock.wallMs() + 500,
    });
    await clock.pass(550);
    expect(line.status(), 'while it tries').toMatchObject({ state: 'lost', nextTryAtMs: undefined });
    await clock.pass(100);
    expect(line.status()).toMatchObject({ state: 'open', place: '/dev/tty2', reopened: 1, reason: undefined });
    ports[0]?.listener?.bytes(Uint8Array.of(1));
    sources[0]?.write(Uint8Array.of(1));
    ports[1]?.listener?.bytes(Uint8Array.of(1, 2));
    expect(told).toEqual(['It was unplugged.', '/dev/tty2 2']);
    expect(ports.map((port) => port.written)).toEqual([[], []]);
  });

  test('that breaks at once each time is left alone more and more', async () => {
    const { clock, ports, tries, start } = stage();
    start();
    for (let ms = 0; ms < 12_000; ms += 10) {
      await clock.pass(10);
      ports.at(-1)?.listener?.closed('It hung up.');
    }
    expect(tries.length).toBeLessThan(8);
  });

  test('on which nothing is heard though it is asked is opened anew, less and less often', async () => {
    const { clock, ports, start } = stage();
    const line = start();
    let source: LineSource | undefined;
    line.use((fresh) => {
      source = fresh;
    });
    for (let second = 0; second < 600; second += 1) {
      await clock.pass(1000);
      source?.write(Uint8Array.of(1));
    }
    expect(line.status()).toMatchObject({ state: 'open', reopened: 3 });
    expect(ports.map((port) => port.isClosed)).toEqual([true, true, true, false]);
  });

  test('that nobody asks is left as it is', async () => {
    const { clock, start } = stage();
    const line = start();
    await clock.pass(3_600_000);
    expect(line.status()).toMatchObject({ state: 'open', reopened: 0 });
  });

  test('that was stopped closes its source, and one that opens too late', async () => {
    const { clock, ports, tries, start, world } = stage();
    const open = start();
    await clock.pass(10);
    await open.stop();
    world.takesMs = 100;
    const opening = start();
    const stopped = opening.stop();
    await clock.pass(10_000);
    await stopped;
    expect(ports.map((port) => port.isClosed)).toEqual([true, true]);
    expect(tries).toHaveLength(2);
  });
});
