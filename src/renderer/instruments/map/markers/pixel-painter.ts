/**
 * Copies atlas sprites into a framebuffer: the words of an ImageData, straight alpha. Whole frames are repainted when the
 * view moved or most of it changed; otherwise only the tiles that something left or entered, because the common case is a
 * few hundred vehicles that each cross a pixel every second or so.
 *
 * Invariant: a partial repaint gives exactly the pixels a whole repaint would. Pure functions, no DOM.
 */
import type { MarkerAtlas } from './marker-atlas.ts';
import { NO_SPRITE, type MarkerFrame } from './marker-frame.ts';

export type Framebuffer = { readonly pixels: Uint32Array; readonly width: number; readonly height: number };

export type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

const TILE = 64;

/** Sprite pixels as offsets from the box's first pixel, for one width of framebuffer. */
export function offsetsFor(atlas: MarkerAtlas, width: number): Int32Array {
  return Int32Array.from(atlas.pixelX, (x, pixel) => (atlas.pixelY[pixel] ?? 0) * width + x);
}

// In the loops below every index is in range by construction; `as number` only tells the compiler so.

export function paintWhole(into: Framebuffer, atlas: MarkerAtlas, offsets: Int32Array, frame: MarkerFrame): void {
  into.pixels.fill(0);
  const lastX = into.width - atlas.side;
  const lastY = into.height - atlas.side;
  for (let row = 0; row < frame.count; row++) {
    const sprite = frame.sprite[row] as number;
    if (sprite === NO_SPRITE) continue;
    const x = frame.x[row] as number;
    const y = frame.y[row] as number;
    if (x >= 0 && y >= 0 && x <= lastX && y <= lastY) copySprite(into, atlas, offsets, sprite, y * into.width + x);
    else copySpriteWithin(into, atlas, sprite, x, y, 0, 0, into.width, into.height);
  }
}

/**
 * Repaints what differs from `before` and answers the rectangles it touched; none when the frames are the same. Answers
 * undefined, having painted nothing, when so much changed that `paintWhole` is cheaper.
 */
export function paintChanges(
  into: Framebuffer,
  atlas: MarkerAtlas,
  before: MarkerFrame,
  frame: MarkerFrame,
): readonly Rectangle[] | undefined {
  const across = Math.ceil(into.width / TILE);
  const down = Math.ceil(into.height / TILE);
  const dirty = new Uint8Array(across * down);
  const dirtyCount = markChanges(dirty, across, down, atlas.side, before, frame);
  if (dirtyCount === 0) return [];
  if (dirtyCount > dirty.length / 3) return undefined;
  const rectangles = joinTiles(dirty, across, down, into);
  for (const { x, y, width, height } of rectangles)
    for (let line = y; line < y + height; line++)
      into.pixels.fill(0, line * into.width + x, line * into.width + x + width);
  for (let row = 0; row < frame.count; row++) {
    const sprite = frame.sprite[row] as number;
    if (sprite !== NO_SPRITE)
      repaintInTiles(into, atlas, dirty, across, down, sprite, frame.x[row] as number, frame.y[row] as number);
  }
  return rectangles;
}

function markChanges(
  dirty: Uint8Array,
  across: number,
  down: number,
  side: number,
  before: MarkerFrame,
  frame: MarkerFrame,
): number {
  let marked = 0;
  const mark = (x: number, y: number) => {
    const toColumn = Math.min(across - 1, Math.floor((x + side - 1) / TILE));
    const toLine = Math.min(down - 1, Math.floor((y + side - 1) / TILE));
    for (let line = Math.max(0, Math.floor(y / TILE)); line <= toLine; line++)
      for (let column = Math.max(0, Math.floor(x / TILE)); column <= toColumn; column++) {
        marked += 1 - (dirty[line * across + column] as number);
        dirty[line * across + column] = 1;
      }
  };
  const rows = Math.max(before.count, frame.count);
  for (let row = 0; row < rows; row++) {
    const was = row < before.count ? (before.sprite[row] as number) : NO_SPRITE;
    const is = row < frame.count ? (frame.sprite[row] as number) : NO_SPRITE;
    if (was === is && (is === NO_SPRITE || (before.x[row] === frame.x[row] && before.y[row] === frame.y[row])))
      continue;
    if (was !== NO_SPRITE) mark(before.x[row] as number, before.y[row] as number);
    if (is !== NO_SPRITE) mark(frame.x[row] as number, frame.y[row] as number);
  }
  return marked;
}

/** Runs of dirty tiles in a line become one rectangle, cut to the framebuffer. */
function joinTiles(dirty: Uint8Array, across: number, down: number, within: Framebuffer): Rectangle[] {
  const rectangles: Rectangle[] = [];
  for (let line = 0; line < down; line++) {
    for (let column = 0; column < across; column++) {
      if (dirty[line * across + column] === 0) continue;
      const from = column;
      while (column + 1 < across && dirty[line * across + column + 1] === 1) column++;
      const [x, y] = [from * TILE, line * TILE];
      const width = Math.min((column + 1) * TILE, within.width) - x;
      rectangles.push({ x, y, width, height: Math.min(y + TILE, within.height) - y });
    }
  }
  return rectangles;
}

function repaintInTiles(
  into: Framebuffer,
  atlas: MarkerAtlas,
  dirty: Uint8Array,
  across: number,
  down: number,
  sprite: number,
  x: number,
  y: number,
): void {
  const toColumn = Math.min(across - 1, Math.floor((x + atlas.side - 1) / TILE));
  const toLine = Math.min(down - 1, Math.floor((y + atlas.side - 1) / TILE));
  for (let line = Math.max(0, Math.floor(y / TILE)); line <= toLine; line++)
    for (let column = Math.max(0, Math.floor(x / TILE)); column <= toColumn; column++) {
      if (dirty[line * across + column] === 0) continue;
      const right = Math.min((column + 1) * TILE, into.width);
      const bottom = Math.min((line + 1) * TILE, into.height);
      copySpriteWithin(into, atlas, sprite, x, y, column * TILE, line * TILE, right, bottom);
    }
}

function copySprite(into: Framebuffer, atlas: MarkerAtlas, offsets: Int32Array, sprite: number, at: number): void {
  const { pixels } = into;
  const { colour } = atlas;
  const solidEnd = atlas.solidEnd[sprite] as number;
  const end = atlas.end[sprite] as number;
  let pixel = atlas.start[sprite] as number;
  if (pixel < solidEnd) {
    const ink = colour[pixel] as number;
    for (; pixel < solidEnd; pixel++) pixels[at + (offsets[pixel] as number)] = ink;
  }
  for (; pixel < end; pixel++) {
    const target = at + (offsets[pixel] as number);
    const under = pixels[target] as number;
    pixels[target] = under === 0 ? (colour[pixel] as number) : blendOver(colour[pixel] as number, under);
  }
}

function copySpriteWithin(
  into: Framebuffer,
  atlas: MarkerAtlas,
  sprite: number,
  x: number,
  y: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
): void {
  const end = atlas.end[sprite] as number;
  for (let pixel = atlas.start[sprite] as number; pixel < end; pixel++) {
    const pixelX = x + (atlas.pixelX[pixel] as number);
    const pixelY = y + (atlas.pixelY[pixel] as number);
    if (pixelX < left || pixelX >= right || pixelY < top || pixelY >= bottom) continue;
    const target = pixelY * into.width + pixelX;
    into.pixels[target] = blendOver(atlas.colour[pixel] as number, into.pixels[target] as number);
  }
}

/** Source over destination (Porter and Duff 1984) on straight-alpha words. */
export function blendOver(over: number, under: number): number {
  const overAlpha = over >>> 24;
  const underAlpha = under >>> 24;
  if (overAlpha === 255 || underAlpha === 0) return over;
  if (overAlpha === 0) return under;
  const kept = (underAlpha * (255 - overAlpha)) / 255;
  const alpha = overAlpha + kept;
  const channel = (shift: number) =>
    Math.round((((over >>> shift) & 0xff) * overAlpha + ((under >>> shift) & 0xff) * kept) / alpha);
  return ((Math.round(alpha) << 24) | (channel(16) << 16) | (channel(8) << 8) | channel(0)) >>> 0;
}
