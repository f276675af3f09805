/**
 * Draws the counts per cell: a grey disc with the number of vehicles, larger for more. The dashed rim and the small figure
 * below say how many of them are not as they should be; the disc stays grey, for a count is nothing abnormal.
 */
import { createPlaneLayer, type Drawing } from '../base/plane-layer.ts';
import { cellsAcrossAt, countPerCell, type Cell } from './cell-counts.ts';
import type { MarkerColumns } from './marker-columns.ts';
import type { WorldView } from '../mercator.ts';

export type CellColours = {
  readonly panel: string;
  readonly line: string;
  readonly normal: string;
  readonly text: string;
  readonly muted: string;
};

/** `rankWords` names the ranks above 0 in order: what stands after the count of the worst. */
export function createCellLayer(columns: MarkerColumns, firstColours: CellColours, rankWords: readonly string[]) {
  const plane = createPlaneLayer('overlayPane', false);
  let colours = firstColours;
  let isShown = false;
  let cells: readonly Cell[] = [];

  const drawing: Drawing = {
    draw: (context, view, zoom) => {
      context.clearRect(0, 0, view.width, view.height);
      cells = countPerCell(columns, cellsAcrossAt(zoom));
      for (const cell of cells) drawCell(context, cell, view, colours, rankWords[cell.worstRank - 1]);
    },
  };

  return {
    layer: plane.layer,
    setShown: (shown: boolean): void => {
      if (shown === isShown) return;
      isShown = shown;
      if (!shown) cells = [];
      plane.setDrawings(shown ? [drawing] : []);
    },
    refresh: (): void => {
      if (isShown) plane.redraw();
    },
    setColours: (next: CellColours): void => {
      colours = next;
      if (isShown) plane.redraw();
    },
    /** The cell under a place of the unit square, `scale` pixels wide; the topmost, which is the last drawn. */
    cellAt: (x: number, y: number, scale: number): Cell | undefined =>
      cells.findLast((cell) => Math.hypot(cell.x - x, cell.y - y) * scale <= cellRadius(cell.members)),
  };
}

export function cellRadius(members: number): number {
  return 11 + Math.min(15, 3.4 * Math.log10(members) * 1.6);
}

function drawCell(
  context: CanvasRenderingContext2D,
  cell: Cell,
  view: WorldView,
  colours: CellColours,
  worstWord: string | undefined,
): void {
  const x = cell.x * view.scale - view.left;
  const y = cell.y * view.scale - view.top;
  const radius = cellRadius(cell.members);
  if (x < -radius || y < -radius || x > view.width + radius || y > view.height + radius) return;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colours.panel;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = colours.normal;
  context.setLineDash(cell.worstRank > 0 ? [3, 3] : []);
  context.stroke();
  context.setLineDash([]);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colours.text;
  context.font = '600 12px "Inter Variable", Inter, "DejaVu Sans", sans-serif';
  context.fillText(String(cell.members), x, y + 0.5);
  if (worstWord === undefined) return;
  context.fillStyle = colours.muted;
  context.font = '10.5px "Inter Variable", Inter, "DejaVu Sans", sans-serif';
  context.fillText(`${cell.worstMembers} ${worstWord}`, x, y + radius + 8);
}
