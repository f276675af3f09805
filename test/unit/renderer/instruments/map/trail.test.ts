import { expect, test } from 'vitest';
import { drawTrail } from '../../../../../src/renderer/instruments/map/trail.ts';

test('a gap in the fixes is not drawn over', () => {
  const strokes: number[] = [];
  const context = {
    beginPath: () => {},
    moveTo: () => {},
    lineTo: (x: number) => strokes.push(Math.round(x)),
    stroke: () => {},
  };
  const point = (atMs: number, longitude: number) => ({ atMs, latitude: 0, longitude });
  const points = [point(0, 0), point(1000, 36), point(90_000, 72), point(91_000, 108)];
  drawTrail(points, { colour: '#000000', spanMs: 100_000, longestGapMs: 60_000 }).draw(
    context as unknown as CanvasRenderingContext2D,
    { scale: 10, left: 0, top: 0, width: 10, height: 10 },
    10,
  );
  expect(strokes.toSorted((a, b) => a - b)).toEqual([6, 8]);
});
