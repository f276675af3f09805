/**
 * Decides when the markers are painted and paints them: the worker's whole work, without the worker, so that it is tested
 * under plain Node. A frame is painted at once when the view moved or a good part of the markers changed; a handful of
 * single-pixel steps waits up to 50 ms for company, since a vehicle in a city crosses a pixel every few hundred
 * milliseconds and a control room's processor has other work.
 */
import { coverLooks, inkLooks, type Ink, type MarkerAtlas, type MarkerLook } from './marker-atlas.ts';
import { createMarkerColumns } from './marker-columns.ts';
import { compareFrames, makeMarkerFrame, placeMarkers, type MarkerFrame } from './marker-frame.ts';
import type { WorldView } from '../mercator.ts';
import { offsetsFor, paintChanges, paintWhole, type Framebuffer, type Rectangle } from './pixel-painter.ts';

/** Fixes that arrived together. Columns of equal length; places in the unit square. */
export type FixBatch = {
  readonly rows: Int32Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly headingDeg: Float32Array;
};

export type ToPainter =
  | { readonly type: 'looks'; readonly looks: readonly MarkerLook[]; readonly ratio: number; readonly ink: Ink }
  | { readonly type: 'ink'; readonly ink: Ink }
  | { readonly type: 'fixes'; readonly batch: FixBatch; readonly atMs: number }
  /** The look of every row from 0 on. */
  | { readonly type: 'states'; readonly states: Uint8Array }
  /** undefined: nothing is to be painted, such as while cells are shown. */
  | { readonly type: 'view'; readonly view: WorldView | undefined }
  /** The page has shown a painted frame: the bound on frames under way. */
  | { readonly type: 'shown' };

export type PaintOutcome = {
  /** `undefined` rectangles: the whole frame. No outcome at all: nothing changed. */
  readonly painted: { readonly rectangles: readonly Rectangle[] | undefined } | undefined;
  /** Something is still on its way, or waits to be painted: ask again at the next frame. */
  readonly busy: boolean;
};

const PATIENCE_MS = 50;
const FEW = 0.1;
const FARTHEST_UNSEEN_PIXELS = 2;

export function createVehiclePainter(makeFramebuffer: (width: number, height: number) => Framebuffer) {
  const columns = createMarkerColumns();
  let coverage: ReturnType<typeof coverLooks> | undefined;
  let atlas: MarkerAtlas | undefined;
  let offsets: Int32Array = new Int32Array(0);
  let view: WorldView | undefined;
  let framebuffer: Framebuffer = { pixels: new Uint32Array(0), width: 0, height: 0 };
  let frame: MarkerFrame = makeMarkerFrame();
  let lastFrame: MarkerFrame = makeMarkerFrame();
  let mustRepaint = true;
  let paintedAtMs = 0;
  let fixesAtMs = 0;

  function ink(next: Ink): void {
    if (coverage === undefined) return;
    atlas = inkLooks(coverage, next);
    offsets = offsetsFor(atlas, framebuffer.width);
    mustRepaint = true;
  }

  function takeView(next: WorldView | undefined): void {
    view = next;
    mustRepaint = true;
    if (next === undefined || (next.width === framebuffer.width && next.height === framebuffer.height)) return;
    framebuffer = makeFramebuffer(next.width, next.height);
    if (atlas !== undefined) offsets = offsetsFor(atlas, framebuffer.width);
  }

  function take(message: ToPainter): void {
    if (message.type === 'looks') {
      coverage = coverLooks(message.looks, message.ratio);
      ink(message.ink);
    } else if (message.type === 'ink') ink(message.ink);
    else if (message.type === 'fixes') {
      const { rows, x, y, headingDeg } = message.batch;
      for (let index = 0; index < rows.length; index++)
        columns.place(rows[index] ?? 0, x[index] ?? 0, y[index] ?? 0, headingDeg[index] ?? 0, message.atMs);
      fixesAtMs = message.atMs;
    } else if (message.type === 'states') message.states.forEach((look, row) => columns.setLook(row, look, 0));
    else if (message.type === 'view') takeView(message.view);
  }

  function paint(nowMs: number): PaintOutcome {
    if (atlas === undefined || view === undefined) return { painted: undefined, busy: false };
    const moving = placeMarkers(columns, nowMs, view, atlas, frame) > 0;
    let rectangles: readonly Rectangle[] | undefined;
    if (!mustRepaint) {
      const { changed, farthest } = compareFrames(lastFrame, frame);
      if (changed === 0) return { painted: undefined, busy: moving };
      const mayWait = changed < frame.count * FEW && farthest < FARTHEST_UNSEEN_PIXELS;
      if (mayWait && nowMs - paintedAtMs < PATIENCE_MS) return { painted: undefined, busy: true };
      rectangles = paintChanges(framebuffer, atlas, lastFrame, frame);
    }
    if (rectangles === undefined) paintWhole(framebuffer, atlas, offsets, frame);
    mustRepaint = false;
    paintedAtMs = nowMs;
    [frame, lastFrame] = [lastFrame, frame];
    return { painted: { rectangles }, busy: moving };
  }

  return {
    take,
    paint,
    view: () => view,
    /** When the newest fixes that a frame painted now would show were handed over. */
    fixesAtMs: () => fixesAtMs,
  };
}
