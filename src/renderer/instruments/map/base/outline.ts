/**
 * The bundled map: land, borders and country names of the world (Natural Earth 1:50m, from world-atlas). It is what the
 * console shows with no network and no file: enough to see where the fleet is, honest about having no streets.
 */
import { feature, mesh } from 'topojson-client';
import { assert } from '../../../../shared/kernel/assert.ts';
import { splitAtDateLine } from './date-line.ts';
import type { Drawing } from './plane-layer.ts';
import { clipLine, clipRing, projectLine, thinLine, type ProjectedLine } from './projected-line.ts';
import type { WorldView } from '../mercator.ts';

export type OutlineColours = {
  readonly water: string;
  readonly land: string;
  readonly line: string;
  readonly muted: string;
};

export type Outline = {
  readonly rings: readonly ProjectedLine[];
  readonly borders: readonly ProjectedLine[];
  readonly names: readonly { readonly name: string; readonly x: number; readonly y: number; readonly width: number }[];
};

type World = Parameters<typeof mesh>[0];

export async function loadOutline(): Promise<Outline> {
  const { default: atlas } = await import('world-atlas/countries-50m.json');
  const world = atlas as unknown as World;
  const land = featuresOf(world, 'land').flatMap(({ geometry }) => ringsOf(geometry));
  const borders = mesh(world, world.objects['countries'] as Parameters<typeof mesh>[1], (a, b) => a !== b).coordinates;
  const names = featuresOf(world, 'countries').flatMap(({ geometry, properties }) => {
    const largest = ringsOf(geometry)
      .map((ring) => projectLine(ring))
      .sort((a, b) => extent(b) - extent(a))[0];
    if (largest === undefined) return [];
    const { west, east, north, south } = largest.bounds;
    // A country on both sides of the date line has its middle on the other side of the world.
    if (east - west > 0.6) return [];
    return [
      { name: String(properties?.['name'] ?? ''), x: (west + east) / 2, y: (north + south) / 2, width: east - west },
    ];
  });
  return { rings: land.map((ring) => projectLine(ring)), borders: borders.map((line) => projectLine(line)), names };
}

export function drawOutline(outline: Outline, colours: OutlineColours): Drawing {
  const thinned = new Map<number, Pick<Outline, 'rings' | 'borders'>>();
  const atZoom = (zoom: number) => {
    const level = Math.min(12, Math.ceil(zoom));
    const known = thinned.get(level);
    if (known !== undefined) return known;
    const tolerance = 0.6 / (256 * 2 ** level);
    const made = {
      rings: outline.rings.map((ring) => thinLine(ring, tolerance)).filter(({ x }) => x.length > 3),
      borders: outline.borders.map((line) => thinLine(line, tolerance)),
    };
    thinned.set(level, made);
    return made;
  };
  return {
    draw: (context, view, zoom) => {
      const { rings, borders } = atZoom(zoom);
      context.fillStyle = colours.water;
      context.fillRect(0, 0, view.width, view.height);
      context.beginPath();
      for (const ring of rings) trace(context, clipRing(ring, view));
      context.fillStyle = colours.land;
      context.fill('evenodd');
      context.strokeStyle = colours.line;
      context.lineWidth = 1;
      context.beginPath();
      for (const ring of rings) for (const part of clipLine(ring, view)) trace(context, part);
      context.stroke();
      context.setLineDash([4, 3]);
      context.beginPath();
      for (const border of borders) for (const part of clipLine(border, view)) trace(context, part);
      context.stroke();
      context.setLineDash([]);
      if (zoom < 8) nameCountries(context, outline, view, colours.muted);
    },
  };
}

/** A name stands only where its country is wide enough for it. */
function nameCountries(context: CanvasRenderingContext2D, outline: Outline, view: WorldView, colour: string): void {
  context.font = '11px "Inter Variable", Inter, "DejaVu Sans", sans-serif';
  context.fillStyle = colour;
  context.globalAlpha = 0.75;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { name, x, y, width } of outline.names)
    if (width * view.scale > name.length * 8)
      context.fillText(name, x * view.scale - view.left, y * view.scale - view.top);
  context.globalAlpha = 1;
}

function trace(context: CanvasRenderingContext2D, points: ArrayLike<number>): void {
  for (let at = 0; at + 1 < points.length; at += 2) {
    if (at === 0) context.moveTo(points[0] ?? 0, points[1] ?? 0);
    else context.lineTo(points[at] ?? 0, points[at + 1] ?? 0);
  }
}

function featuresOf(world: World, name: string): readonly GeoJSON.Feature[] {
  const object = world.objects[name];
  assert(object !== undefined, `the bundled atlas holds ${name}`);
  const made = feature(world, object);
  return made.type === 'FeatureCollection' ? made.features : [made];
}

function ringsOf(geometry: GeoJSON.Geometry): readonly (readonly (readonly number[])[])[] {
  if (geometry.type === 'Polygon') return geometry.coordinates.flatMap(splitAtDateLine);
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flat().flatMap(splitAtDateLine);
  return [];
}

function extent({ bounds }: ProjectedLine): number {
  return (bounds.east - bounds.west) * (bounds.south - bounds.north);
}
