/**
 * Every look of a marker at every heading, drawn once into lists of pixels that `pixel-painter` copies. Colour is put on
 * last, so that a change of theme costs a few milliseconds; coverage is made again only when the device pixel ratio changes.
 *
 * Pixels carry straight (not premultiplied) alpha, because that is what ImageData holds; the painter blends correctly.
 */
import { coverMarker, MARKER_REACH, turnsWithHeading, type MarkerOutline, type MarkerShape } from './marker-shapes.ts';

export const HEADING_STEPS = 64;
/** A look that is not drawn. */
export const HIDDEN_LOOK = 255;

export type MarkerLook = {
  readonly shape: MarkerShape;
  readonly outline: MarkerOutline;
  /** 0 to 1; what is long silent is fainter. */
  readonly opacity: number;
};

/** Red, green and blue, 0 to 255 each. */
export type Ink = readonly [number, number, number];

export type MarkerAtlas = {
  /** Side of a sprite's box in device pixels; a sprite is drawn with its box's middle on the point. */
  readonly side: number;
  /** By look: the sprite at heading north, and how many follow it clockwise. */
  readonly firstSprite: Uint16Array;
  readonly headings: Uint16Array;
  /** By sprite: its pixels are `start` to `solidEnd` (opaque) and on to `end` (edges). */
  readonly start: Uint32Array;
  readonly solidEnd: Uint32Array;
  readonly end: Uint32Array;
  /** By pixel: place in the box, and colour as ImageData's little-endian words. */
  readonly pixelX: Uint8Array;
  readonly pixelY: Uint8Array;
  readonly colour: Uint32Array;
};

type Coverage = {
  readonly side: number;
  readonly sprites: readonly Uint8Array[];
  readonly looks: readonly MarkerLook[];
};

/** The slow half: depends on the looks and the device pixel ratio only. */
export function coverLooks(looks: readonly MarkerLook[], ratio: number): Coverage {
  const side = 2 * Math.ceil(MARKER_REACH * ratio);
  const sprites = looks.flatMap((look) =>
    Array.from({ length: headingsOf(look) }, (_, step) =>
      coverMarker(look.shape, look.outline, (step * 360) / HEADING_STEPS, ratio, side),
    ),
  );
  return { side, sprites, looks };
}

/** The quick half: gives every look its ink. */
export function inkLooks(coverage: Coverage, ink: Ink): MarkerAtlas {
  const { side, sprites, looks } = coverage;
  const spriteCount = sprites.length;
  const pixelCount = sprites.reduce((sum, sprite) => sum + sprite.reduce((n, cover) => n + (cover > 0 ? 1 : 0), 0), 0);
  const atlas: MarkerAtlas = {
    side,
    firstSprite: new Uint16Array(looks.length),
    headings: new Uint16Array(looks.length),
    start: new Uint32Array(spriteCount),
    solidEnd: new Uint32Array(spriteCount),
    end: new Uint32Array(spriteCount),
    pixelX: new Uint8Array(pixelCount),
    pixelY: new Uint8Array(pixelCount),
    colour: new Uint32Array(pixelCount),
  };
  let sprite = 0;
  let pixel = 0;
  const push = (cover: Uint8Array, at: number, opacity: number) => {
    atlas.pixelX[pixel] = at % side;
    atlas.pixelY[pixel] = Math.floor(at / side);
    const alpha = Math.round((cover[at] ?? 0) * opacity);
    atlas.colour[pixel++] = ((alpha << 24) | (ink[2] << 16) | (ink[1] << 8) | ink[0]) >>> 0;
  };
  looks.forEach((look, index) => {
    atlas.firstSprite[index] = sprite;
    atlas.headings[index] = headingsOf(look);
    for (let step = 0; step < headingsOf(look); step++) {
      const cover = sprites[sprite] ?? new Uint8Array(0);
      const solid = (at: number) => (cover[at] ?? 0) * look.opacity >= 255;
      atlas.start[sprite] = pixel;
      for (let at = 0; at < cover.length; at++) if (solid(at)) push(cover, at, look.opacity);
      atlas.solidEnd[sprite] = pixel;
      for (let at = 0; at < cover.length; at++) if ((cover[at] ?? 0) > 0 && !solid(at)) push(cover, at, look.opacity);
      atlas.end[sprite++] = pixel;
    }
  });
  return atlas;
}

/** `turns` is the heading as a part of a full circle, 0 north, 0.25 east. */
export function spriteOf(atlas: MarkerAtlas, look: number, turns: number): number {
  const headings = atlas.headings[look] ?? 1;
  const step = headings === 1 ? 0 : Math.round(turns * headings) & (headings - 1);
  return (atlas.firstSprite[look] ?? 0) + step;
}

function headingsOf(look: MarkerLook): number {
  return turnsWithHeading(look.shape) ? HEADING_STEPS : 1;
}
