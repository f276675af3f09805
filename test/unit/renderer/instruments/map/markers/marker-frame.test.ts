import { describe, expect, test } from 'vitest';
import {
  coverLooks,
  HIDDEN_LOOK,
  inkLooks,
} from '../../../../../../src/renderer/instruments/map/markers/marker-atlas.ts';
import { createMarkerColumns } from '../../../../../../src/renderer/instruments/map/markers/marker-columns.ts';
import {
  compareFrames,
  makeMarkerFrame,
  NO_SPRITE,
  placeMarkers,
} from '../../../../../../src/renderer/instruments/map/markers/marker-frame.ts';

const atlas = inkLooks(coverLooks([{ shape: 'arrow', outline: 'filled', opacity: 1 }], 1), [0, 0, 0]);
const view = { scale: 1000, left: 100, top: 100, width: 400, height: 300 };

function placed(fixes: readonly (readonly [x: number, y: number])[]) {
  const columns = createMarkerColumns();
  fixes.forEach(([x, y], row) => {
    columns.place(row, x, y, 0, 1000);
    columns.setLook(row, 0, 0);
  });
  return columns;
}

describe('marker frame', () => {
  test('puts the middle of the sprite on the place', () => {
    const frame = makeMarkerFrame();
    expect(placeMarkers(placed([[0.3, 0.2]]), 1000, view, atlas, frame)).toBe(0);
    expect([frame.x[0], frame.y[0]]).toEqual([200 - atlas.side / 2, 100 - atlas.side / 2]);
  });

  test('leaves out what is off the canvas or hidden, and keeps what reaches into it', () => {
    const columns = placed([
      [0.05, 0.2],
      [0.097, 0.2],
      [0.3, 0.2],
      [0.505, 0.2],
      [0.52, 0.2],
    ]);
    columns.setLook(2, HIDDEN_LOOK, 0);
    const frame = makeMarkerFrame();
    placeMarkers(columns, 1000, view, atlas, frame);
    expect(Array.from(frame.sprite.subarray(0, 5), (sprite) => sprite !== NO_SPRITE)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ]);
  });

  test('counts what is on its way, and nothing once it has arrived', () => {
    const columns = placed([[0.3, 0.2]]);
    columns.place(0, 0.35, 0.2, 90, 2000);
    const frame = makeMarkerFrame();
    expect(placeMarkers(columns, 2500, view, atlas, frame)).toBe(1);
    expect(frame.x[0]).toBe(225 - atlas.side / 2);
    expect(placeMarkers(columns, 3000, view, atlas, frame)).toBe(0);
    expect(frame.sprite[0]).toBe(16);
  });

  test('compares: how many changed and how far', () => {
    const columns = placed([
      [0.3, 0.2],
      [0.4, 0.2],
    ]);
    const [before, after] = [makeMarkerFrame(), makeMarkerFrame()];
    placeMarkers(columns, 1000, view, atlas, before);
    columns.place(0, 0.307, 0.2, 0, 9000);
    placeMarkers(columns, 9000, view, atlas, after);
    expect(compareFrames(before, after)).toEqual({ changed: 1, farthest: 7 });
    expect(compareFrames(after, after)).toEqual({ changed: 0, farthest: 0 });
  });
});
