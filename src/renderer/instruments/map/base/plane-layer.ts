/**
 * One canvas of still things (coast lines, streets, a trail) as a Leaflet layer: drawings over each other in order, drawn
 * somewhat beyond the edges so that a pan shows no border, drawn again when the view leaves that margin or the zoom ends,
 * and scaled with Leaflet's own animation in between.
 *
 * One canvas for many drawings, because without a GPU every full-size layer costs a blend of the whole screen each frame.
 */
import L from 'leaflet';
import { worldPixels, type WorldView } from '../mercator.ts';

/** Draws in CSS pixels; `view` is in CSS pixels too. */
export type Drawing = { readonly draw: (context: CanvasRenderingContext2D, view: WorldView, zoom: number) => void };

export type PlaneLayer = {
  readonly layer: L.Layer;
  /** Replaces what is drawn, bottom first, and draws. An empty list gives the canvas's memory back. */
  readonly setDrawings: (drawings: readonly Drawing[]) => void;
  readonly redraw: () => void;
};

const MARGIN = 0.2;

type AnimatedMap = L.Map & { _latLngToNewLayerPoint: (at: L.LatLng, zoom: number, centre: L.LatLng) => L.Point };

export function createPlaneLayer(pane: string, opaque: boolean): PlaneLayer {
  const canvas = L.DomUtil.create('canvas', 'leaflet-zoom-animated');
  const context = canvas.getContext('2d', { alpha: !opaque });
  let map: L.Map | undefined;
  let drawings: readonly Drawing[] = [];
  let drawnZoom = 0;
  let drawnAt = L.latLng(0, 0);
  let drawnBounds: L.Bounds | undefined;
  let due: number | undefined;

  function draw(): void {
    if (due !== undefined) cancelAnimationFrame(due);
    due = undefined;
    if (map === undefined || context === null) return;
    canvas.hidden = drawings.length === 0;
    if (drawings.length === 0) {
      canvas.width = canvas.height = 0;
      return;
    }
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint(size.multiplyBy(-MARGIN)).round();
    const [width, height] = [Math.ceil(size.x * (1 + 2 * MARGIN)), Math.ceil(size.y * (1 + 2 * MARGIN))];
    const ratio = window.devicePixelRatio;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    L.DomUtil.setPosition(canvas, corner);
    drawnZoom = map.getZoom();
    drawnAt = map.layerPointToLatLng(corner);
    drawnBounds = L.bounds(corner, corner.add([width, height]));
    const origin = map.getPixelOrigin().add(corner);
    const view = { scale: worldPixels(drawnZoom), left: origin.x, top: origin.y, width, height };
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    for (const drawing of drawings) drawing.draw(context, view, drawnZoom);
  }

  function drawSoon(): void {
    due ??= requestAnimationFrame(draw);
  }

  function place(centre: L.LatLng, zoom: number): void {
    if (map === undefined) return;
    const scale = map.getZoomScale(zoom, drawnZoom);
    L.DomUtil.setTransform(canvas, (map as AnimatedMap)._latLngToNewLayerPoint(drawnAt, zoom, centre), scale);
  }

  function followMove(): void {
    if (map === undefined) return;
    const shown = L.bounds(map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(map.getSize()));
    if (map.getZoom() === drawnZoom && drawnBounds?.contains(shown) !== true) draw();
  }

  const layer = Object.assign(new L.Layer({ pane }), {
    onAdd: (to: L.Map) => {
      map = to;
      to.getPane(pane)?.append(canvas);
      draw();
    },
    onRemove: () => {
      canvas.remove();
      map = undefined;
    },
    getEvents: () => ({
      zoomanim: (event: L.ZoomAnimEvent) => place(event.center, event.zoom),
      zoom: () => map !== undefined && place(map.getCenter(), map.getZoom()),
      move: followMove,
      zoomend: draw,
      viewreset: draw,
      resize: draw,
    }),
  });

  return {
    layer,
    setDrawings: (next) => {
      drawings = next;
      drawSoon();
    },
    redraw: drawSoon,
  };
}
