/**
 * The way one marker came, as a line that fades with age. A gap in the fixes stays a gap: nobody saw what lies between.
 */
import type { Drawing } from './base/plane-layer.ts';
import { mercatorX, mercatorY } from './mercator.ts';

export type TrailPoint = { readonly atMs: number; readonly latitude: number; readonly longitude: number };

const FADE_STEPS = 12;

type TrailOptions = { readonly colour: string; readonly spanMs: number; readonly longestGapMs: number };

/** Points oldest first. */
export function drawTrail(points: readonly TrailPoint[], { colour, spanMs, longestGapMs }: TrailOptions): Drawing {
  const x = Float64Array.from(points, (point) => mercatorX(point.longitude));
  const y = Float64Array.from(points, (point) => mercatorY(point.latitude));
  const newestMs = points.at(-1)?.atMs ?? 0;
  return {
    draw: (context, view) => {
      context.lineWidth = 3;
      context.lineJoin = context.lineCap = 'round';
      context.strokeStyle = colour;
      for (let step = 0; step < FADE_STEPS; step++) {
        context.globalAlpha = 0.12 + (0.6 * step) / (FADE_STEPS - 1);
        context.beginPath();
        for (let at = 1; at < points.length; at++) {
          const [before, point] = [points[at - 1], points[at]];
          if (before === undefined || point === undefined || point.atMs - before.atMs > longestGapMs) continue;
          if (fadeStep(newestMs - point.atMs, spanMs) !== step) continue;
          context.moveTo((x[at - 1] ?? 0) * view.scale - view.left, (y[at - 1] ?? 0) * view.scale - view.top);
          context.lineTo((x[at] ?? 0) * view.scale - view.left, (y[at] ?? 0) * view.scale - view.top);
        }
        context.stroke();
      }
      context.globalAlpha = 1;
    },
  };
}

function fadeStep(ageMs: number, spanMs: number): number {
  return Math.max(0, Math.min(FADE_STEPS - 1, Math.floor((1 - ageMs / spanMs) * FADE_STEPS)));
}
