/**
 * An RS-485 line between a device server and its slaves: two wires for both directions, each byte as long as its bits take.
 * Invariant: bytes arrive in order and never before their time; where both sides talk at once, both are garbled. A frame
 * ends with 3.5 characters of silence (MODBUS over Serial Line V1.02, 2.5.1.1).
 */
export type SerialLineOptions = {
  readonly baudRate: number;
  /** Start, data, parity and stop bits together. */
  readonly bitsPerByte: number;
  /** What the device server hears, in pieces as they fall. */
  readonly toMaster: (bytes: Uint8Array) => void;
  /** What the slaves hear as one frame. */
  readonly toSlaves: (frame: Uint8Array) => void;
  /** Monotonic. */
  readonly nowMs?: () => number;
};

export type SerialLine = {
  readonly sendToSlaves: (bytes: Uint8Array) => void;
  /** Starts after `delayMs`, or when the slaves have said what they are saying. */
  readonly sendToMaster: (bytes: Uint8Array, delayMs: number) => void;
  /** Forgets what is under way. */
  readonly silence: () => void;
};

type Direction = 'slaves' | 'master';
type Transmission = { readonly to: Direction; readonly bytes: Uint8Array; readonly startMs: number; carried: number };

const LOOK_EVERY_MS = 4;
const SILENT_CHARACTERS = 3.5;
const LONGEST_FRAME_BYTES = 256;
const MOST_WAITING_BYTES = 4096;

export function createSerialLine(options: SerialLineOptions): SerialLine {
  const { nowMs = () => performance.now() } = options;
  const byteMs = (options.bitsPerByte / options.baudRate) * 1000;
  let underWay: Transmission[] = [];
  let frame: number[] = [];
  let lastHeardMs = -Infinity;
  let timer: NodeJS.Timeout | undefined;

  const endOf = ({ startMs, bytes }: Transmission): number => startMs + bytes.length * byteMs;

  const send = (to: Direction, bytes: Uint8Array, delayMs: number): void => {
    const waiting = underWay.reduce((sum, each) => sum + each.bytes.length - each.carried, 0);
    // A device server's buffer is small, and what overruns it is lost.
    if (bytes.length === 0 || waiting + bytes.length > MOST_WAITING_BYTES) return;
    const freeMs = underWay.reduce((latest, each) => (each.to === to ? Math.max(latest, endOf(each)) : latest), 0);
    underWay.push({ to, bytes, startMs: Math.max(nowMs() + delayMs, freeMs), carried: 0 });
    timer ??= setTimeout(carry, LOOK_EVERY_MS);
  };

  const isGarbled = (own: Direction, fromMs: number): boolean =>
    underWay.some((each) => each.to !== own && each.startMs < fromMs + byteMs && endOf(each) > fromMs);

  const endFrame = (): void => {
    const heard = Uint8Array.from(frame);
    frame = [];
    if (heard.length > 0) options.toSlaves(heard);
  };

  const hearAtSlaves = (byte: number, atMs: number): void => {
    if (atMs - lastHeardMs > (SILENT_CHARACTERS + 1) * byteMs || frame.length >= LONGEST_FRAME_BYTES) endFrame();
    lastHeardMs = atMs;
    frame.push(byte);
  };

  const carryOne = (each: Transmission, untilMs: number, heard: number[]): void => {
    while (each.carried < each.bytes.length) {
      const fromMs = each.startMs + each.carried * byteMs;
      if (fromMs + byteMs > untilMs) return;
      const sent = each.bytes[each.carried] ?? 0;
      const byte = isGarbled(each.to, fromMs) ? sent & 0x5a : sent;
      each.carried += 1;
      if (each.to === 'slaves') hearAtSlaves(byte, fromMs + byteMs);
      else heard.push(byte);
    }
  };

  function carry(): void {
    timer = undefined;
    const atMs = nowMs();
    const heard: number[] = [];
    for (const each of underWay) carryOne(each, atMs, heard);
    // What is over is kept for a while yet: late looks must still see that two talked at once.
    underWay = underWay.filter((each) => each.carried < each.bytes.length || endOf(each) > atMs - 100);
    if (heard.length > 0) options.toMaster(Uint8Array.from(heard));
    const isQuiet = underWay.every((each) => each.to !== 'slaves' || each.carried === each.bytes.length);
    if (isQuiet && atMs - lastHeardMs >= SILENT_CHARACTERS * byteMs) endFrame();
    if (underWay.length > 0 || frame.length > 0) timer ??= setTimeout(carry, LOOK_EVERY_MS);
  }

  return {
    sendToSlaves: (bytes) => send('slaves', bytes, 0),
    sendToMaster: (bytes, delayMs) => send('master', bytes, delayMs),
    silence: () => {
      clearTimeout(timer);
      timer = undefined;
      underWay = [];
      frame = [];
    },
  };
}
