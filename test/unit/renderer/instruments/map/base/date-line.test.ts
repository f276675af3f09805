import { expect, test } from 'vitest';
import { splitAtDateLine } from '../../../../../../src/renderer/instruments/map/base/date-line.ts';

function spans(parts: readonly (readonly (readonly number[])[])[]): number[][] {
  return parts.map((ring) => {
    const longitudes = ring.map(([longitude]) => longitude ?? 0);
    return [Math.min(...longitudes), Math.max(...longitudes)];
  });
}

const box = (west: number, east: number) => [
  [west, 60],
  [east, 60],
  [east, 70],
  [west, 70],
  [west, 60],
];

test('a ring on one side stays as it is', () => {
  expect(splitAtDateLine(box(10, 20))).toEqual([box(10, 20)]);
});

test('a ring over the date line becomes two, neither wider than its land', () => {
  expect(spans(splitAtDateLine(box(170, -170))).toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
    [-180, -170],
    [170, 180],
  ]);
});

test('parts are closed', () => {
  for (const part of splitAtDateLine(box(170, -170))) expect(part.at(-1)).toEqual(part[0]);
});

test('a ring around the pole is closed through it', () => {
  const around = [-170, -60, 60, 170, -170].map((longitude) => [longitude, -70]);
  const parts = splitAtDateLine(around);
  expect(parts.flat().some(([, latitude]) => latitude === -90)).toBe(true);
  for (const [west, east] of spans(parts)) {
    expect(west).toBeGreaterThanOrEqual(-180);
    expect(east).toBeLessThanOrEqual(180);
  }
});
