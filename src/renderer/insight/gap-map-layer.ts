/**
 * The gaps on the map as their cells, in four steps of grey. From far away a cell is smaller than a pointer: then it is a dot, so that
 * none gets lost.
 */
import L from 'leaflet';
import type { InfrastructureGap } from '../../shared/domain/insight/demand-signal.ts';
import { createPlaneLayer, type Drawing } from '../instruments/map/base/plane-layer.ts';
import type { MapColours } from '../instruments/map/map-colours.ts';
import { mercatorX, mercatorY, type WorldView } from '../instruments/map/mercator.ts';
import { severityOf } from './gap-words.ts';

const SHADES = [0.22, 0.38, 0.54, 0.72] as const;
const LEAST_RADIUS_PX = 7;
const CHOSEN_WIDTH_PX = 2.5;

type Point = readonly [x: number, y: number];

export function createGapLayer(colours: MapColours) {
  const plane = createPlaneLayer('tracePane', false);
  let ink = colours;
  let gaps: readonly InfrastructureGap[] = [];
  let chosen: string | undefined;
  let map: L.Map | undefined;

  const drawing: Drawing = {
    draw: (context, view) => {
      for (const gap of gaps) {
        trace(context, gap, view);
        context.globalAlpha = SHADES[severityOf(gap)] ?? 1;
        context.fillStyle = ink.text;
        context.fill();
        context.globalAlpha = 1;
        context.lineWidth = gap.cell === chosen ? CHOSEN_WIDTH_PX : 1;
        context.strokeStyle = gap.cell === chosen ? ink.selection : ink.normal;
        context.stroke();
      }
    },
  };
  const redraw = () => plane.setDrawings(gaps.length === 0 ? [] : [drawing]);

  return {
    start: (to: L.Map): (() => void) => {
      map = to;
      to.addLayer(plane.layer);
      return () => plane.layer.remove();
    },
    setColours: (next: MapColours): void => {
      ink = next;
      redraw();
    },
    setGaps: (next: readonly InfrastructureGap[]): void => {
      gaps = next;
      redraw();
    },
    choose: (cell: string | undefined): void => {
      chosen = cell;
      redraw();
    },
    /** Places in the list, of those under a point of the map’s element. */
    gapsAt: (at: L.Point): readonly number[] =>
      gaps.flatMap((gap, place) => (map !== undefined && isAt(map, gap, at) ? [place] : [])),
    gapAt: (place: number): InfrastructureGap | undefined => gaps[place],
    bounds: (): L.LatLngBounds | undefined =>
      gaps.length === 0
        ? undefined
        : L.latLngBounds(gaps.flatMap(({ boundary }) => boundary.map(([lat, lon]) => L.latLng(lat, lon)))),
  };
}

function trace(context: CanvasRenderingContext2D, gap: InfrastructureGap, view: WorldView): void {
  const project = ([latitude, longitude]: Point): Point => [
    mercatorX(longitude) * view.scale - view.left,
    mercatorY(latitude) * view.scale - view.top,
  ];
  const corners = gap.boundary.map(project);
  const [x, y] = project([gap.latitude, gap.longitude]);
  context.beginPath();
  if (radiusOf(corners, [x, y]) < LEAST_RADIUS_PX) {
    context.arc(x, y, LEAST_RADIUS_PX, 0, 2 * Math.PI);
    return;
  }
  for (const [cornerX, cornerY] of corners) context.lineTo(cornerX, cornerY);
  context.closePath();
}

function isAt(map: L.Map, gap: InfrastructureGap, at: L.Point): boolean {
  const project = ([latitude, longitude]: Point): Point => {
    const { x, y } = map.latLngToContainerPoint([latitude, longitude]);
    return [x, y];
  };
  const centre = project([gap.latitude, gap.longitude]);
  const corners = gap.boundary.map(project);
  if (radiusOf(corners, centre) < LEAST_RADIUS_PX)
    return Math.hypot(at.x - centre[0], at.y - centre[1]) <= LEAST_RADIUS_PX;
  return isInside(corners, [at.x, at.y]);
}

function radiusOf(corners: readonly Point[], [x, y]: Point): number {
  return Math.max(0, ...corners.map(([cornerX, cornerY]) => Math.hypot(cornerX - x, cornerY - y)));
}

/** Counts the edges to the right of the point: an odd number is inside. */
function isInside(corners: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  corners.forEach(([x1, y1], place) => {
    const [x2, y2] = corners[(place + 1) % corners.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}
