/** Gaps are hatched like every other thing that is not known. */
import type uPlot from 'uplot';
import type { Gap } from './break-gaps.ts';

export function drawGaps(plot: uPlot, gaps: readonly Gap[], colour: string): void {
  const { ctx, bbox } = plot;
  const step = 6 * devicePixelRatio;
  for (const gap of gaps) {
    const left = Math.max(bbox.left, plot.valToPos(gap.fromMs / 1000, 'x', true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(gap.toMs / 1000, 'x', true));
    if (right - left < 1) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, right - left, bbox.height);
    ctx.clip();
    ctx.beginPath();
    for (let x = left - bbox.height; x < right; x += step) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.globalAlpha = 0.22;
    ctx.strokeStyle = colour;
    ctx.lineWidth = devicePixelRatio;
    ctx.stroke();
    ctx.restore();
  }
}
