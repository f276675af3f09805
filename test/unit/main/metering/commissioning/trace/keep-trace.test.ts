/** The trace of a line is bounded, and says what it forgot. */
import { expect, it } from 'vitest';
import { keepTrace } from '../../../../../../src/main/metering/commissioning/trace/keep-trace.ts';
import { withCrc } from '../../../../../../src/main/serial/modbus/crc16.ts';

const QUESTION = withCrc([17, 4, 0, 0, 0, 2]);

function aTrace(limits = { entries: 8, bytes: 10_000 }) {
  let nowMs = 1_000;
  const trace = keepTrace(['modbus-rtu'], { wallMs: () => nowMs }, limits);
  return { trace, pass: (ms: number) => (nowMs += ms) };
}

it('gives what came after a sequence, oldest first and no more than was asked for', () => {
  const { trace } = aTrace();
  trace.note('Opened at /dev/ttyUSB0.');
  trace.sent(QUESTION);
  trace.note('Lost.');
  const { entries, droppedBefore } = trace.read(0, 2);
  expect(entries.map(({ sequence, kind }) => [sequence, kind])).toEqual([
    [1, 'note'],
    [2, 'sent'],
  ]);
  expect(droppedBefore).toBe(0);
  expect(trace.read(2, 10).entries.map(({ meaning }) => meaning)).toEqual(['Lost.']);
  expect(trace.read(3, 10)).toEqual({ entries: [], droppedBefore: 0 });
});

it('waits with what was heard until the line is silent, and tells it once', () => {
  const { trace, pass } = aTrace();
  trace.sent(QUESTION);
  trace.heard(withCrc([17, 0x84, 2]));
  expect(trace.read(0, 10).entries).toHaveLength(1);
  pass(1_000);
  expect(trace.read(1, 10).entries).toMatchObject([{ sequence: 2, bytes: '118402c304', byteCount: 5 }]);
  expect(trace.read(2, 10).entries).toEqual([]);
});

it('forgets the oldest and counts what was forgotten', () => {
  const { trace } = aTrace();
  for (let at = 0; at < 100; at++) trace.sent(QUESTION);
  const { entries, droppedBefore } = trace.read(0, 100);
  expect(entries.length).toBeLessThanOrEqual(8);
  expect(droppedBefore + entries.length).toBe(100);
  expect(entries.at(-1)?.sequence).toBe(100);
});

it('is bounded in bytes too, and shows no more than the first of a long stretch', () => {
  const { trace, pass } = aTrace({ entries: 1_000, bytes: 5_000 });
  for (let at = 0; at < 20; at++) trace.heard(new Uint8Array(1_000).fill(0xff));
  pass(1_000);
  const { entries } = trace.read(0, 10);
  expect(entries).toHaveLength(1);
  expect(entries[0]?.byteCount).toBeLessThanOrEqual(5_000);
  expect(entries[0]?.bytes).toHaveLength(1_024);
});

it('keeps a copy of what it was given', () => {
  const { trace } = aTrace();
  const bytes = Uint8Array.from(QUESTION);
  trace.sent(bytes);
  bytes.fill(0);
  expect(trace.read(0, 10).entries[0]?.meaning).toContain('unit 17');
});
