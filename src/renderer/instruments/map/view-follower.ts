/**
 * The map's view in device pixels, told again whenever it changes: on every move, and on every frame of a zoom animation,
 * which Leaflet leaves to CSS and does not report. The curve and duration below are those of Leaflet's stylesheet.
 */
import type L from 'leaflet';
import { blendViews, worldPixels, type WorldView } from './mercator.ts';

const ZOOM_ANIMATION_MS = 250;

/** cubic-bezier(0, 0, 0.25, 1): x(t) = 0.75 t² (1 - t) + t³, y(t) = 3 t² (1 - t) + t³. */
export function easeZoom(fraction: number): number {
  if (fraction <= 0) return 0;
  if (fraction >= 1) return 1;
  let [low, high] = [0, 1];
  for (let step = 0; step < 20; step++) {
    const t = (low + high) / 2;
    if (0.75 * t * t * (1 - t) + t * t * t < fraction) low = t;
    else high = t;
  }
  return 3 * low * low * (1 - low) + low * low * low;
}

export function followView(onChange: (view: WorldView) => void) {
  let map: L.Map | undefined;
  let current: WorldView | undefined;
  let animation: { readonly from: WorldView; readonly to: WorldView; readonly startMs: number } | undefined;

  function viewAt(centre: L.LatLng, zoom: number): WorldView | undefined {
    if (map === undefined) return undefined;
    const ratio = window.devicePixelRatio;
    const size = map.getSize();
    const middle = map.project(centre, zoom);
    return {
      scale: worldPixels(zoom) * ratio,
      left: (middle.x - size.x / 2) * ratio,
      top: (middle.y - size.y / 2) * ratio,
      width: Math.max(1, Math.round(size.x * ratio)),
      height: Math.max(1, Math.round(size.y * ratio)),
    };
  }

  /** The settled view as Leaflet has it: its pixel origin is whole, so streets and markers agree to the pixel. */
  function settledView(): WorldView | undefined {
    if (map === undefined) return undefined;
    const ratio = window.devicePixelRatio;
    const size = map.getSize();
    const corner = map.getPixelOrigin().add(map.containerPointToLayerPoint([0, 0]));
    return {
      scale: worldPixels(map.getZoom()) * ratio,
      left: corner.x * ratio,
      top: corner.y * ratio,
      width: Math.max(1, Math.round(size.x * ratio)),
      height: Math.max(1, Math.round(size.y * ratio)),
    };
  }

  function publish(view: WorldView | undefined): void {
    if (view === undefined) return;
    current = view;
    onChange(view);
  }

  function settle(): void {
    animation = undefined;
    publish(settledView());
  }

  function followMove(): void {
    if (animation === undefined) publish(settledView());
  }

  function animate(event: L.ZoomAnimEvent): void {
    const to = viewAt(event.center, event.zoom);
    if (current === undefined || to === undefined || event.noUpdate) return;
    animation = { from: current, to, startMs: performance.now() };
    requestAnimationFrame(step);
  }

  function step(): void {
    if (animation === undefined) return;
    const fraction = (performance.now() - animation.startMs) / ZOOM_ANIMATION_MS;
    publish(blendViews(animation.from, animation.to, easeZoom(fraction)));
    if (fraction < 1) requestAnimationFrame(step);
  }

  return {
    view: () => current,
    start: (to: L.Map): void => {
      map = to;
      to.on('zoomanim', animate).on('move zoom', followMove).on('moveend zoomend viewreset resize', settle);
      settle();
    },
    stop: (): void => {
      map?.off('zoomanim', animate).off('move zoom', followMove).off('moveend zoomend viewreset resize', settle);
      map = undefined;
      current = undefined;
      animation = undefined;
    },
  };
}
