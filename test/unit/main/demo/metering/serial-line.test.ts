import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSerialLine } from '../../../../../src/main/demo/metering/serial-line.ts';

// 1 ms a byte.
const PACE = { baudRate: 10_000, bitsPerByte: 10 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function openLine() {
  const heard: { atMs: number; bytes: number[] }[] = [];
  const frames: { atMs: number; bytes: number[] }[] = [];
  const startMs = performance.now();
  const note = (list: typeof heard) => (bytes: Uint8Array) => {
    list.push({ atMs: performance.now() - startMs, bytes: [...bytes] });
  };
  return { line: createSerialLine({ ...PACE, toMaster: note(heard), toSlaves: note(frames) }), heard, frames };
}

const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => index);

describe('a line with two wires', () => {
  it('carries bytes no faster than its baud rate, in order', () => {
    const { line, heard } = openLine();
    line.sendToMaster(counting(100), 20);
    for (let ms = 0; ms < 130; ms++) {
      vi.advanceTimersByTime(1);
      const arrived = heard.flatMap(({ bytes }) => bytes);
      expect(arrived).toEqual([...counting(arrived.length)]);
      expect(arrived.length).toBeLessThanOrEqual(Math.max(0, ms + 1 - 20));
      expect(arrived.length).toBeGreaterThanOrEqual(Math.min(100, Math.max(0, ms + 1 - 26)));
    }
    expect(heard.length).toBeGreaterThan(10);
  });

  it('tells frames apart by silence', () => {
    const { line, frames } = openLine();
    line.sendToSlaves(counting(8));
    vi.advanceTimersByTime(2);
    line.sendToSlaves(counting(3));
    vi.advanceTimersByTime(30);
    line.sendToSlaves(counting(4));
    vi.advanceTimersByTime(30);
    expect(frames.map(({ bytes }) => bytes.length)).toEqual([11, 4]);
    expect(frames[0]?.atMs).toBeGreaterThanOrEqual(11 + 3.5);
    expect(frames[0]?.atMs).toBeLessThan(11 + 3.5 + 8);
  });

  it('garbles what is said while the other side talks, and only that', () => {
    const { line, heard, frames } = openLine();
    const loud = new Uint8Array(60).fill(0xff);
    line.sendToMaster(loud, 0);
    vi.advanceTimersByTime(20);
    line.sendToSlaves(new Uint8Array(8).fill(0xff));
    vi.advanceTimersByTime(100);
    const arrived = heard.flatMap(({ bytes }) => bytes);
    expect(arrived).toHaveLength(60);
    const whole = arrived.filter((byte) => byte === 0xff).length;
    expect(whole).toBeGreaterThanOrEqual(50);
    expect(whole).toBeLessThanOrEqual(52);
    expect(frames).toHaveLength(1);
    expect(frames[0]?.bytes).not.toContain(0xff);
    line.sendToSlaves(Uint8Array.of(0xff));
    vi.advanceTimersByTime(200);
    expect(frames[1]?.bytes).toEqual([0xff]);
  });

  it('loses what overruns its buffer and forgets what is under way when it is silenced', () => {
    const { line, heard, frames } = openLine();
    line.sendToSlaves(new Uint8Array(5000));
    vi.advanceTimersByTime(6000);
    expect(frames).toEqual([]);
    line.sendToMaster(counting(50), 0);
    vi.advanceTimersByTime(20);
    const before = heard.length;
    line.silence();
    vi.advanceTimersByTime(1000);
    expect(heard).toHaveLength(before);
  });
});
