/**
 * Web Mercator (EPSG:3857) with the whole world as the unit square: x runs east from 180 degrees west, y south from 85.05
 * degrees north. A map at zoom z shows it 256 * 2^z CSS pixels wide, so a view is one scale and one offset.
 */
const POLE_DEG = 85.0511287798066;

export function mercatorX(longitudeDeg: number): number {
  return longitudeDeg / 360 + 0.5;
}

export function mercatorY(latitudeDeg: number): number {
  const clamped = Math.max(-POLE_DEG, Math.min(POLE_DEG, latitudeDeg));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function longitudeOf(x: number): number {
  return (x - 0.5) * 360;
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
}

export function worldPixels(zoom: number): number {
  return 256 * 2 ** zoom;
}

/** What a canvas shows: `screen = world * scale - left` (and `top`), in the canvas's own pixels. */
export type WorldView = {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** A Leaflet zoom animation moves every point in a straight line between its two places, so views blend linearly. */
export function blendViews(from: WorldView, to: WorldView, fraction: number): WorldView {
  const mix = (a: number, b: number) => a + (b - a) * fraction;
  return {
    scale: mix(from.scale, to.scale),
    left: mix(from.left, to.left),
    top: mix(from.top, to.top),
    width: to.width,
    height: to.height,
  };
}
