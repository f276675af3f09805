/**
 * A line and a clock that do what a test says: bytes are heard at the instant it names, and hours pass at once. They stand
 * in for the world only; what is tested on them is the product's own master and keeper.
 */
import type { ByteListener } from '../../src/main/serial/byte-source.ts';
import type { LineSource } from '../../src/main/serial/keep-line.ts';
import type { LineClock } from '../../src/main/serial/line-clock.ts';
import { withCrc } from '../../src/main/serial/modbus/crc16.ts';

export type ScriptedClock = LineClock & { readonly pass: (ms: number) => Promise<void> };

export function createScriptedClock(): ScriptedClock {
  const startedWallMs = Date.UTC(2026, 0, 1);
  let nowMs = 0;
  let timers: { readonly atMs: number; readonly act: () => void }[] = [];
  return {
    wallMs: () => startedWallMs + nowMs,
    monotonicMs: () => nowMs,
    after: (delayMs, act) => {
      const timer = { atMs: nowMs + Math.max(0, delayMs), act };
      timers.push(timer);
      return () => {
        timers = timers.filter((one) => one !== timer);
      };
    },
    pass: async (ms) => {
      const endMs = nowMs + ms;
      await settle();
      for (;;) {
        const [next] = timers.toSorted((a, b) => a.atMs - b.atMs);
        if (next === undefined || next.atMs > endMs) break;
        timers = timers.filter((one) => one !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.act();
        await settle();
      }
      nowMs = endMs;
    },
  };
}

/** What promises have to do at this instant is done. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

export type Sent = { readonly atMs: number; readonly bytes: Uint8Array; readonly registerCount: number };

export type ScriptedLine = {
  readonly use: (take: (source: LineSource) => void) => void;
  readonly plugIn: () => void;
  readonly unplug: (reason: string) => void;
  /** So many ms from now. */
  readonly hear: (inMs: number, bytes: ArrayLike<number>) => void;
  readonly sent: readonly Sent[];
  /** Plays the slaves: called with each question in the instant it is sent. */
  onSent: (sent: Sent) => void;
};

export function createScriptedLine(clock: LineClock): ScriptedLine {
  let taker: ((source: LineSource) => void) | undefined;
  let listener: ByteListener | undefined;
  const sent: Sent[] = [];
  const line: ScriptedLine = {
    sent,
    onSent: () => undefined,
    use: (take) => {
      taker = take;
    },
    plugIn: () => {
      taker?.({
        place: 'scripted',
        listen: (given) => {
          listener = given;
        },
        write: (bytes) => {
          const one = { atMs: clock.monotonicMs(), bytes, registerCount: (bytes[4] ?? 0) * 256 + (bytes[5] ?? 0) };
          sent.push(one);
          line.onSent(one);
        },
      });
    },
    unplug: (reason) => {
      const last = listener;
      listener = undefined;
      last?.closed(reason);
    },
    hear: (inMs, bytes) => {
      clock.after(inMs, () => listener?.bytes(Uint8Array.from(bytes)));
    },
  };
  return line;
}

/** A slave's answer with all registers set to `value`. */
export function answerFrame(unitAddress: number, registerCount: number, value: number, functionCode = 4): Uint8Array {
  const registers = Array.from({ length: registerCount }, () => [value >>> 8, value & 0xff]).flat();
  return withCrc([unitAddress, functionCode, registerCount * 2, ...registers]);
}

export function exceptionFrame(unitAddress: number, exceptionCode: number, functionCode = 4): Uint8Array {
  return withCrc([unitAddress, functionCode + 0x80, exceptionCode]);
}
