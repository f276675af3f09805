import { expect, test } from 'vitest';
import { breakGaps, honestStepsMs } from '../../../../../src/renderer/instruments/chart/break-gaps.ts';

test('a long silence breaks the line and is told', () => {
  const broken = breakGaps([0, 10, 100, 110], [[1, 2, 3, 4]], [20, 20, 20, 20]);
  expect(broken.atMs).toEqual([0, 10, 11, 100, 110]);
  expect(broken.series).toEqual([[1, 2, null, 3, 4]]);
  expect(broken.gaps).toEqual([{ fromMs: 10, toMs: 100 }]);
});

test('a step of exactly the longest honest one is no gap', () => {
  expect(breakGaps([0, 20], [[1, 2]], [20, 20]).gaps).toEqual([]);
  expect(breakGaps([], [[]], []).atMs).toEqual([]);
});

/** Instants that far apart, from zero on. */
function every(stepMs: number, count: number, fromMs = 0): number[] {
  return Array.from({ length: count }, (_, place) => fromMs + (place + 1) * stepMs);
}

function gapsOf(atMs: readonly number[]) {
  return breakGaps(atMs, [], honestStepsMs(atMs)).gaps;
}

const DRIVING_MS = 1000;
const PARKED_MS = 5000;

test.for([
  ['driving at x1', DRIVING_MS],
  ['parked at x1', PARKED_MS],
  ['driving at x60', DRIVING_MS * 60],
  ['parked at x60', PARKED_MS * 60],
] as const)('%s: regular reports have no gap, and a long silence is one', ([, stepMs]) => {
  const before = every(stepMs, 40);
  const last = before.at(-1) ?? 0;
  const resumedMs = last + Math.max(95_000, stepMs * 6);
  const after = [resumedMs, ...every(stepMs, 40, resumedMs)];
  expect(gapsOf(before)).toEqual([]);
  expect(gapsOf([...before, ...after])).toEqual([{ fromMs: last, toMs: resumedMs }]);
});

test('neither a change of pace nor one of the clock is a gap', () => {
  const x1 = [...every(DRIVING_MS, 30), ...every(PARKED_MS, 30, 30 * DRIVING_MS)];
  const from = x1.at(-1) ?? 0;
  const x60 = [...every(PARKED_MS * 60, 20, from), ...every(DRIVING_MS * 60, 20, from + 20 * PARKED_MS * 60)];
  const back = every(DRIVING_MS, 20, x60.at(-1) ?? 0);
  expect(gapsOf([...x1, ...x60, ...back])).toEqual([]);
});

test('reports that jitter by half have no gap', () => {
  const steps = [300, 150, 300, 420, 160, 300, 180, 300, 450].map((seconds) => seconds * 1000);
  expect(gapsOf(steps.map((_, place) => steps.slice(0, place + 1).reduce((sum, step) => sum + step, 0)))).toEqual([]);
});

test('what reports by the clock shows two missing reports as a gap', () => {
  const atMs = every(10_000, 20).filter((at) => at !== 100_000 && at !== 110_000);
  expect(gapsOf(atMs)).toEqual([]);
  expect(breakGaps(atMs, [], honestStepsMs(atMs, 20_000, 2.5)).gaps).toEqual([{ fromMs: 90_000, toMs: 120_000 }]);
});

test('an instant at which a value was not told is kept as nothing', () => {
  expect(breakGaps([0, 10], [[null, 2]], [20, 20]).series).toEqual([[null, 2]]);
});
