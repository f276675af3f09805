/**
 * The canvas on which painted frames are shown. A frame comes with the view it was painted for and is put where that view
 * lies in the present one, in one step with its pixels: while the map pans or zooms a frame is at most late, never astray.
 */
import L from 'leaflet';
import type { WorldView } from './mercator.ts';

export function createFrameCanvas(pane: string) {
  const canvas = L.DomUtil.create('canvas', 'vehicle-canvas');
  const context = canvas.getContext('bitmaprenderer');
  let map: L.Map | undefined;
  let paintedFor: WorldView | undefined;

  /** Moves and scales the last frame to where it belongs in `now`; both views are in device pixels. */
  function fit(now: WorldView | undefined): void {
    if (map === undefined || paintedFor === undefined || now === undefined) return;
    const ratio = window.devicePixelRatio;
    const scale = now.scale / paintedFor.scale;
    const corner = map.containerPointToLayerPoint([
      (paintedFor.left * scale - now.left) / ratio,
      (paintedFor.top * scale - now.top) / ratio,
    ]);
    L.DomUtil.setTransform(canvas, corner, scale);
  }

  return {
    canvas,
    fit,
    addTo: (to: L.Map): void => {
      map = to;
      to.getPane(pane)?.append(canvas);
    },
    remove: (): void => {
      canvas.remove();
      map = undefined;
      paintedFor = undefined;
    },
    hide: (): void => {
      canvas.hidden = true;
    },
    show: (bitmap: ImageBitmap, view: WorldView, now: WorldView | undefined): void => {
      if (canvas.width !== view.width || canvas.height !== view.height) {
        canvas.width = view.width;
        canvas.height = view.height;
        canvas.style.width = `${view.width / window.devicePixelRatio}px`;
        canvas.style.height = `${view.height / window.devicePixelRatio}px`;
      }
      context?.transferFromImageBitmap(bitmap);
      paintedFor = view;
      canvas.hidden = false;
      fit(now);
    },
  };
}
