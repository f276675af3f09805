/** Asks a demo meter over TCP with bytes written by hand, and tells every byte that came and when. */
import { connect, type Socket } from 'node:net';

/** Eastron's own example: read two input registers from 0 of unit 1. */
export const FIRST_VOLTAGE_OF_UNIT_1 = '01040000000271CB';
/** The import register, 0x48, of unit 1. */
export const IMPORT_OF_UNIT_1 = '010400480002F1DD';
/** 80 registers from 0 of unit 1. */
export const EIGHTY_OF_UNIT_1 = '010400000050F036';

export type Heard = { readonly bytes: Buffer; readonly tookMs: number };

export type MeterAsker = {
  /** Sends and listens until so many bytes came or the time is over. */
  readonly ask: (hex: string, byteCount: number, waitMs: number) => Promise<Heard>;
  /** Sends and listens until something came and then nothing for a while. */
  readonly askUntilQuiet: (hex: string, quietMs: number) => Promise<Buffer>;
  /** Resolves when the other side has hung up. */
  readonly closed: Promise<void>;
  readonly close: () => void;
};

/** @throws the socket's error when nobody listens or the connection is refused */
export async function openAsker(port: number): Promise<MeterAsker> {
  const socket = await open(port);
  let heard: Buffer[] = [];
  let heardAtMs = 0;
  socket.on('data', (chunk: Buffer) => {
    heard.push(chunk);
    heardAtMs = performance.now();
  });
  socket.on('error', () => undefined);
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  return {
    ask: async (hex, byteCount, waitMs) => {
      heard = [];
      const startMs = performance.now();
      socket.write(Buffer.from(hex, 'hex'));
      for (;;) {
        const bytes = Buffer.concat(heard);
        const tookMs = performance.now() - startMs;
        if (bytes.length >= byteCount || tookMs > waitMs) return { bytes, tookMs };
        await pause(2);
      }
    },
    askUntilQuiet: async (hex, quietMs) => {
      heard = [];
      socket.write(Buffer.from(hex, 'hex'));
      for (let quietLooks = 0; quietLooks < 3;) {
        await pause(5);
        // Several looks, as a busy machine may hand over the time before it hands over the bytes.
        quietLooks = heard.length > 0 && performance.now() - heardAtMs > quietMs ? quietLooks + 1 : 0;
      }
      return Buffer.concat(heard);
    },
    closed,
    close: () => socket.destroy(),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket));
    socket.once('error', reject);
  });
}
