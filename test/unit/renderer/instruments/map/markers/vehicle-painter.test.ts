import { describe, expect, test } from 'vitest';
import {
  createVehiclePainter,
  type ToPainter,
} from '../../../../../../src/renderer/instruments/map/markers/vehicle-painter.ts';

const VIEW = { scale: 1000, left: 0, top: 0, width: 400, height: 300 };

function painterWith(count: number) {
  let buffers = 0;
  const painter = createVehiclePainter((width, height) => {
    buffers++;
    return { pixels: new Uint32Array(width * height), width, height };
  });
  painter.take({ type: 'looks', looks: [{ shape: 'ring', outline: 'filled', opacity: 1 }], ratio: 1, ink: [1, 2, 3] });
  painter.take(fixesAt(count, 0, 1000));
  painter.take({ type: 'states', states: new Uint8Array(count) });
  painter.take({ type: 'view', view: VIEW });
  return { painter, buffers: () => buffers };
}

function fixesAt(count: number, shift: number, atMs: number, rows = count): ToPainter {
  const row = Int32Array.from({ length: rows }, (_, at) => at);
  return {
    type: 'fixes',
    atMs,
    batch: {
      rows: row,
      x: Float64Array.from(row, (at) => 0.02 + (at % 20) * 0.018 + shift),
      y: Float64Array.from(row, (at) => 0.02 + Math.floor(at / 20) * 0.02),
      headingDeg: new Float32Array(rows),
    },
  };
}

describe('vehicle painter', () => {
  test('paints once and then rests until something changes', () => {
    const { painter } = painterWith(50);
    expect(painter.paint(1000)).toEqual({ painted: { rectangles: undefined }, busy: false });
    expect(painter.paint(1016)).toEqual({ painted: undefined, busy: false });
  });

  test('runs at every frame while a fleet moves, and stops with it', () => {
    const { painter } = painterWith(50);
    painter.paint(1000);
    painter.take(fixesAt(50, 0.05, 2000));
    expect(painter.paint(2100)).toMatchObject({ painted: {}, busy: true });
    expect(painter.paint(2116).painted).toBeDefined();
    expect(painter.paint(3000)).toMatchObject({ painted: {}, busy: false });
    expect(painter.paint(3016)).toEqual({ painted: undefined, busy: false });
  });

  test('says when the newest fixes that it shows were handed over', () => {
    const { painter } = painterWith(50);
    painter.paint(1000);
    expect(painter.fixesAtMs()).toBe(1000);
    painter.take(fixesAt(50, 0.05, 2000, 3));
    expect(painter.fixesAtMs()).toBe(2000);
  });

  test('a few small steps wait for company, and are painted soon all the same', () => {
    const { painter } = painterWith(100);
    painter.paint(1990);
    painter.take(fixesAt(100, 0.001, 2000, 3));
    const waits = painter.paint(2020);
    expect(waits).toEqual({ painted: undefined, busy: true });
    const outcomes = [2600, 2900, 3100].map((atMs) => painter.paint(atMs).painted);
    const painted = outcomes.find((outcome) => outcome !== undefined);
    expect(painted?.rectangles?.length).toBeGreaterThan(0);
  });

  test('a new view, theme or ratio repaints the whole; no view paints nothing', () => {
    const { painter, buffers } = painterWith(10);
    painter.paint(1000);
    painter.take({ type: 'view', view: { ...VIEW, left: 10 } });
    expect(painter.paint(1016).painted).toEqual({ rectangles: undefined });
    painter.take({ type: 'ink', ink: [9, 9, 9] });
    expect(painter.paint(1032).painted).toEqual({ rectangles: undefined });
    expect(buffers()).toBe(1);
    painter.take({ type: 'view', view: undefined });
    expect(painter.paint(1048).painted).toBeUndefined();
  });
});
