/**
 * Charge points on the map, from street zoom on: the state by shape, colour only for what is not working. Those of one
 * location stand side by side below it until the zoom tells their own places apart, so that each can be seen.
 */
import type { Evse, EvseStatus } from '../../../shared/domain/marketplace/evse.ts';
import { compareKeys } from '../../instruments/grid/frozen-order.ts';
import type { Drawing } from '../../instruments/map/base/plane-layer.ts';
import { mercatorX, mercatorY, type WorldView } from '../../instruments/map/mercator.ts';

export const EVSES_FROM_ZOOM = 14;

export type EvseColours = {
  readonly panel: string;
  readonly normal: string;
  readonly muted: string;
  readonly p2: string;
  readonly p3: string;
};

type EvseMark = 'free' | 'busy' | 'held' | 'broken' | 'blocked' | 'unknown';

/** Broken is priority 2 (a bay is lost), blocked priority 3 (somebody should move a vehicle). */
const MARKS: Readonly<Record<EvseStatus, EvseMark | undefined>> = {
  AVAILABLE: 'free',
  CHARGING: 'busy',
  RESERVED: 'held',
  PLANNED: undefined,
  REMOVED: undefined,
  BLOCKED: 'blocked',
  OUTOFORDER: 'broken',
  INOPERATIVE: 'broken',
  UNKNOWN: 'unknown',
};

/** A charge point with its own place, and its seat in the block of those that stand together. */
export type PlacedEvse = {
  readonly evse: Evse;
  readonly x: number;
  readonly y: number;
  readonly block: { readonly x: number; readonly y: number; readonly extent: number; readonly members: number };
  readonly dx: number;
  readonly dy: number;
};

const SIDE = 9;
const STEP = 13;
/** Below the vehicles that stand on the very place. */
const FIRST_ROW = 18;
/** The vehicles of a yard stand around its place, not on it. */
const FIRST_ROW_OF_A_YARD = 40;
/** A yard of a hundred bays would cover half a town any farther out; its card has the sum. */
const LARGE_BLOCK = 12;
const LARGE_BLOCKS_FROM_ZOOM = 16;

export function placeEvses(evses: Iterable<Evse>): readonly PlacedEvse[] {
  const groups = new Map<string, Evse[]>();
  for (const evse of evses) {
    if (MARKS[evse.status] === undefined) continue;
    const group = groups.get(evse.locationId);
    if (group === undefined) groups.set(evse.locationId, [evse]);
    else group.push(evse);
  }
  return [...groups.values()].flatMap(seatGroup);
}

function seatGroup(group: readonly Evse[]): readonly PlacedEvse[] {
  const inOrder = group.toSorted((a, b) => compareKeys(a.label, b.label, false));
  const xs = inOrder.map((evse) => mercatorX(evse.longitude));
  const ys = inOrder.map((evse) => mercatorY(evse.latitude));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const block = { x: mean(xs), y: mean(ys), extent: Math.max(spread(xs), spread(ys)), members: group.length };
  const across = Math.ceil(Math.sqrt(group.length * 2.4));
  return inOrder.map((evse, at) => ({
    evse,
    x: xs[at] ?? 0,
    y: ys[at] ?? 0,
    block,
    dx: ((at % across) - (Math.min(across, group.length) - 1) / 2) * STEP,
    dy: (group.length > LARGE_BLOCK ? FIRST_ROW_OF_A_YARD : FIRST_ROW) + Math.floor(at / across) * STEP,
  }));
}

export function drawEvses(placed: readonly PlacedEvse[], colours: EvseColours): Drawing {
  return {
    draw: (context, view, zoom) => {
      for (const each of placed) {
        if (!isDrawnAt(each, zoom)) continue;
        const [x, y] = screenOf(each, view);
        if (x < -SIDE || y < -SIDE || x > view.width + SIDE || y > view.height + SIDE) continue;
        drawMark(context, MARKS[each.evse.status] ?? 'unknown', x, y, colours);
      }
    },
  };
}

/** The charge point drawn under a point of the view. */
export function evseAt(
  placed: readonly PlacedEvse[],
  x: number,
  y: number,
  view: WorldView,
  zoom: number,
): Evse | undefined {
  return placed.find((each) => {
    const [markX, markY] = screenOf(each, view);
    return isDrawnAt(each, zoom) && Math.max(Math.abs(markX - x), Math.abs(markY - y)) <= STEP / 2;
  })?.evse;
}

function isDrawnAt({ block }: PlacedEvse, zoom: number): boolean {
  return zoom >= (block.members > LARGE_BLOCK ? LARGE_BLOCKS_FROM_ZOOM : EVSES_FROM_ZOOM);
}

/** At their own places where those can be told apart, else seated in a block below their common place. */
function screenOf({ x, y, block, dx, dy }: PlacedEvse, view: WorldView): readonly [number, number] {
  const isApart = block.members > 1 && block.extent * view.scale > Math.sqrt(block.members) * STEP * 2;
  const [atX, atY] = isApart ? [x, y] : [block.x, block.y];
  const screenX = atX * view.scale - view.left + (isApart ? 0 : dx);
  const screenY = atY * view.scale - view.top + (isApart ? 0 : dy);
  return [Math.round(screenX), Math.round(screenY)];
}

function drawMark(context: CanvasRenderingContext2D, mark: EvseMark, x: number, y: number, colours: EvseColours): void {
  const half = SIDE / 2;
  context.lineWidth = 1.5;
  context.setLineDash(mark === 'unknown' ? [2, 2] : []);
  context.beginPath();
  if (mark === 'broken') polygon(context, x, y, [0, -half - 1.5, half + 1.5, half, -half - 1.5, half]);
  else if (mark === 'blocked') polygon(context, x, y, [0, -half - 1.5, half + 1.5, 0, 0, half + 1.5, -half - 1.5, 0]);
  else context.roundRect(x - half, y - half, SIDE, SIDE, 2);
  const abnormal = mark === 'broken' ? colours.p2 : mark === 'blocked' ? colours.p3 : undefined;
  context.fillStyle = abnormal ?? (mark === 'busy' ? colours.normal : colours.panel);
  context.fill();
  context.strokeStyle = abnormal ?? (mark === 'unknown' ? colours.muted : colours.normal);
  context.stroke();
  context.setLineDash([]);
  if (mark === 'held') {
    context.beginPath();
    context.moveTo(x - 2.5, y);
    context.lineTo(x + 2.5, y);
    context.stroke();
  }
  if (abnormal === undefined) return;
  context.fillStyle = colours.panel;
  context.font = '700 8px "Inter Variable", Inter, "DejaVu Sans", sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(mark === 'broken' ? '2' : '3', x, y + (mark === 'broken' ? 1.5 : 0.5));
}

function polygon(context: CanvasRenderingContext2D, x: number, y: number, corners: readonly number[]): void {
  for (let at = 0; at < corners.length; at += 2) {
    if (at === 0) context.moveTo(x + (corners[0] ?? 0), y + (corners[1] ?? 0));
    else context.lineTo(x + (corners[at] ?? 0), y + (corners[at + 1] ?? 0));
  }
  context.closePath();
}
