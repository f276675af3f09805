/** Streets given as polylines by class, the greater ones wider and drawn last. From city zoom on; farther out they blur. */
import type { Drawing } from './plane-layer.ts';
import { clipLine, projectLine, type ProjectedLine } from './projected-line.ts';

export type StreetClass = 'arterial' | 'street';
export type Streets = Readonly<Record<StreetClass, readonly ProjectedLine[]>>;
export type StreetColours = { readonly road: string; readonly road2: string };

/** Points are [latitude, longitude]. */
export type StreetLine = { readonly class: StreetClass; readonly points: readonly (readonly [number, number])[] };

const ARTERIALS_FROM_ZOOM = 8;
const STREETS_FROM_ZOOM = 10.5;

export function projectStreets(lines: readonly StreetLine[]): Streets {
  const of = (wanted: StreetClass) =>
    lines
      .filter((line) => line.class === wanted)
      .map((line) => projectLine(line.points.map(([latitude, longitude]) => [longitude, latitude])));
  return { arterial: of('arterial'), street: of('street') };
}

/** Width in CSS pixels: at zoom 15 as in a street plan, thinner as the view widens. */
export function streetWidth(street: StreetClass, zoom: number): number {
  const widest = street === 'arterial' ? 9 : 5;
  const least = street === 'arterial' ? 1 : 0.6;
  return Math.max(least, Math.min(widest * 2, widest * 2 ** ((zoom - 15) * 0.75)));
}

export function drawStreets(streets: Streets, colours: StreetColours): Drawing {
  return {
    draw: (context, view, zoom) => {
      context.lineJoin = context.lineCap = 'round';
      const stroke = (street: StreetClass, colour: string) => {
        context.strokeStyle = colour;
        context.lineWidth = streetWidth(street, zoom);
        context.beginPath();
        for (const line of streets[street])
          for (const piece of clipLine(line, view))
            for (let at = 0; at < piece.length; at += 2) {
              if (at === 0) context.moveTo(piece[0] ?? 0, piece[1] ?? 0);
              else context.lineTo(piece[at] ?? 0, piece[at + 1] ?? 0);
            }
        context.stroke();
      };
      if (zoom >= STREETS_FROM_ZOOM) stroke('street', colours.road2);
      if (zoom >= ARTERIALS_FROM_ZOOM) stroke('arterial', colours.road);
    },
  };
}
