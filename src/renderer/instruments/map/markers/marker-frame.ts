/** Which sprite stands where on the canvas at one moment: what the painter compares and paints. By row, whole pixels. */
import { HIDDEN_LOOK, type MarkerAtlas } from './marker-atlas.ts';
import type { MarkerColumns } from './marker-columns.ts';
import type { WorldView } from '../mercator.ts';

/** A row that is hidden or off the canvas. */
export const NO_SPRITE = 0xffff;

export type MarkerFrame = {
  count: number;
  x: Int16Array;
  y: Int16Array;
  sprite: Uint16Array;
};

export function makeMarkerFrame(capacity = 0): MarkerFrame {
  return {
    count: 0,
    x: new Int16Array(capacity),
    y: new Int16Array(capacity),
    sprite: new Uint16Array(capacity).fill(NO_SPRITE),
  };
}

/** Places every marker for one moment; answers how many on the canvas are still on their way to their last fix. */
export function placeMarkers(
  columns: MarkerColumns,
  atMs: number,
  view: WorldView,
  atlas: MarkerAtlas,
  frame: MarkerFrame,
): number {
  const count = columns.count();
  if (frame.x.length < count) Object.assign(frame, makeMarkerFrame(Math.ceil(count * 1.25)));
  frame.count = count;
  const { fromX, fromY, toX, toY, fromTurns, toTurns, startMs, glideMs, look } = columns.arrays();
  const { x, y, sprite } = frame;
  const half = atlas.side / 2;
  const [left, top] = [-atlas.side, -atlas.side];
  let moving = 0;
  // Every index is below `count`; `as number` only tells the compiler so.
  for (let row = 0; row < count; row++) {
    sprite[row] = NO_SPRITE;
    const rowLook = look[row] as number;
    if (rowLook === HIDDEN_LOOK) continue;
    const glide = glideMs[row] as number;
    const done = glide > 0 ? Math.min(1, Math.max(0, (atMs - (startMs[row] as number)) / glide)) : 1;
    const worldX = (fromX[row] as number) * (1 - done) + (toX[row] as number) * done;
    const worldY = (fromY[row] as number) * (1 - done) + (toY[row] as number) * done;
    const boxX = Math.round(worldX * view.scale - view.left - half);
    const boxY = Math.round(worldY * view.scale - view.top - half);
    if (boxX <= left || boxY <= top || boxX >= view.width || boxY >= view.height) continue;
    x[row] = boxX;
    y[row] = boxY;
    const headings = atlas.headings[rowLook] as number;
    let step = 0;
    if (headings > 1) {
      const turns = (fromTurns[row] as number) * (1 - done) + (toTurns[row] as number) * done;
      step = Math.round(turns * headings) & (headings - 1);
    }
    sprite[row] = (atlas.firstSprite[rowLook] as number) + step;
    if (done < 1) moving++;
  }
  return moving;
}

/** How many rows stand or look otherwise than before, and the farthest any of them went, in pixels along an axis. */
export function compareFrames(
  before: MarkerFrame,
  frame: MarkerFrame,
): { readonly changed: number; readonly farthest: number } {
  let changed = 0;
  let farthest = 0;
  const rows = Math.max(before.count, frame.count);
  for (let row = 0; row < rows; row++) {
    const was = row < before.count ? (before.sprite[row] as number) : NO_SPRITE;
    const is = row < frame.count ? (frame.sprite[row] as number) : NO_SPRITE;
    if (was === NO_SPRITE && is === NO_SPRITE) continue;
    const bothShown = was !== NO_SPRITE && is !== NO_SPRITE;
    const right = bothShown ? Math.abs((frame.x[row] as number) - (before.x[row] as number)) : 0;
    const below = bothShown ? Math.abs((frame.y[row] as number) - (before.y[row] as number)) : 0;
    if (was === is && right === 0 && below === 0) continue;
    changed++;
    farthest = Math.max(farthest, right, below);
  }
  return { changed, farthest };
}
