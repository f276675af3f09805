/**
 * Stands between the marketplace and the console, passes every byte on at once, and notes when the last byte of each page of
 * positions went on to the console's socket. So the product needs no hook, and the time in the socket counts as well.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { nameOfFix } from './sampled-fixes.ts';

export type Arrivals = {
  readonly url: string;
  /** Wall clock, by the name of the position (see `sampled-fixes`). */
  readonly arrivedAtMs: ReadonlyMap<string, number>;
  readonly positions: () => number;
  readonly close: () => void;
};

type PositionsPage = {
  readonly items: readonly {
    readonly body?: {
      readonly positions?: readonly { at_ms: number; latitude: number; longitude: number; activity: string }[];
    };
  }[];
};

const END_OF_HEAD = '\r\n\r\n';

/** `upstream` may become known only later: whoever connects before waits. */
export async function observeArrivals(upstream: Promise<string>): Promise<Arrivals> {
  const arrivedAtMs = new Map<string, number>();
  const sockets = new Set<Socket>();
  let positions = 0;

  function notePage(text: string, atMs: number): void {
    const begin = text.indexOf('[');
    if (!text.startsWith('"page",{"stream":"telemetry"', begin + 1)) return;
    const [, page] = JSON.parse(text.slice(begin)) as [string, PositionsPage];
    for (const { body } of page.items)
      for (const { at_ms: fixAtMs, latitude, longitude, activity } of body?.positions ?? []) {
        positions += 1;
        // Only what moves: a parked vehicle repeats its place, which would name two fixes alike.
        if (activity !== 'DRIVING') continue;
        const name = nameOfFix(fixAtMs, Math.round(latitude * 1e7), Math.round(longitude * 1e7));
        if (name !== undefined && !arrivedAtMs.has(name)) arrivedAtMs.set(name, atMs);
      }
  }

  const server = createServer((console_) => void upstream.then((url) => join(console_, new URL(url))));

  function join(console_: Socket, { port, hostname }: URL): void {
    const marketplace = connect(Number(port), hostname);
    const frames = readTextFrames(notePage);
    for (const socket of [console_, marketplace]) {
      socket.setNoDelay(true);
      sockets.add(socket);
      socket.on('close', () => {
        sockets.delete(socket);
        console_.destroy();
        marketplace.destroy();
      });
      // The other side notices by the close that follows.
      socket.on('error', () => socket.destroy());
    }
    console_.on('data', (chunk) => marketplace.write(chunk));
    marketplace.on('data', (chunk) => {
      console_.write(chunk);
      const atMs = Date.now();
      // The bytes go on before they are looked at.
      setImmediate(() => frames(chunk, atMs));
    });
  }

  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivedAtMs,
    positions: () => positions,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Reads the server's side of one connection: nothing before the upgrade, then whole unmasked text frames (RFC 6455, 5.2). */
function readTextFrames(onText: (text: string, atMs: number) => void): (chunk: Buffer, atMs: number) => void {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let upgraded: boolean | undefined;
  let needed = 0;

  return (chunk, atMs) => {
    if (upgraded === false) return;
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < needed) return;
    let all = waiting.length === 1 ? chunk : Buffer.concat(waiting);
    if (upgraded === undefined) {
      const end = all.indexOf(END_OF_HEAD);
      if (end < 0) return;
      upgraded = all.toString('latin1', 0, 13).startsWith('HTTP/1.1 101');
      if (!upgraded) return;
      all = all.subarray(end + END_OF_HEAD.length);
    }
    needed = 0;
    while (needed === 0) {
      const frame = readFrame(all);
      needed = frame.needed;
      if (frame.payload === undefined) break;
      if (frame.isText) onText(frame.payload.toString('utf8'), atMs);
      all = all.subarray(frame.length);
    }
    waiting = [all];
    bytes = all.length;
  };
}

type Frame = { readonly needed: number; readonly length: number; readonly isText: boolean; readonly payload?: Buffer };

function readFrame(bytes: Buffer): Frame {
  const short = bytes.length < 2 ? 0 : (bytes[1] as number) & 0x7f;
  const head = short === 126 ? 4 : short === 127 ? 10 : 2;
  if (bytes.length < head) return { needed: head, length: 0, isText: false };
  const size = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < head + size) return { needed: head + size, length: 0, isText: false };
  const isText = ((bytes[0] as number) & 0x0f) === 1;
  return { needed: 0, length: head + size, isText, payload: bytes.subarray(head, head + size) };
}
