/** What the pointer rests on and what it clicks: the nearest vehicle first, then a charge point, then a cell of counts. */
import type L from 'leaflet';

export type ScreenPoint = { readonly x: number; readonly y: number };

export type PointerTargets = {
  readonly vehiclesAt: (at: L.Point) => readonly number[];
  readonly cellBoundsAt: (at: L.Point) => L.LatLngBounds | undefined;
  /** What to say of a vehicle that the pointer rests on, and of how many others under it. */
  readonly nameVehicle: (vehicleNumber: number, others: number) => string;
  readonly nameOther: (at: L.Point) => string | undefined;
};

export type PointerEvents = {
  readonly onVehicles: (vehicleNumbers: readonly number[], at: ScreenPoint) => void;
  readonly onHover: (text: string | undefined, at: ScreenPoint) => void;
  readonly onCell: (bounds: L.LatLngBounds) => void;
};

const HOVER_EVERY_MS = 60;
/** The pointer rests, the vehicles do not: what it named may have driven on. */
const HOVER_AGAIN_MS = 500;

export function watchPointer(map: L.Map, targets: PointerTargets, events: PointerEvents): () => void {
  let pointer: L.Point | undefined;
  let hoveredAtMs = 0;

  function hover(): void {
    if (pointer === undefined) return;
    const numbers = targets.vehiclesAt(pointer);
    const [nearest] = numbers;
    const isOverCell = targets.cellBoundsAt(pointer) !== undefined;
    map.getContainer().classList.toggle('over-marker', nearest !== undefined || isOverCell);
    const text = nearest === undefined ? targets.nameOther(pointer) : targets.nameVehicle(nearest, numbers.length - 1);
    events.onHover(text, pointer);
  }

  function follow(event: L.LeafletMouseEvent): void {
    pointer = event.containerPoint;
    const timeMs = performance.now();
    if (timeMs - hoveredAtMs < HOVER_EVERY_MS) return;
    hoveredAtMs = timeMs;
    hover();
  }

  function leave(): void {
    if (pointer === undefined) return;
    pointer = undefined;
    events.onHover(undefined, { x: 0, y: 0 });
  }

  function click(event: L.LeafletMouseEvent): void {
    const bounds = targets.cellBoundsAt(event.containerPoint);
    if (bounds === undefined) events.onVehicles(targets.vehiclesAt(event.containerPoint), event.containerPoint);
    else events.onCell(bounds);
  }

  map.on('mousemove', follow).on('mouseout movestart zoomstart', leave).on('click', click);
  const timer = window.setInterval(hover, HOVER_AGAIN_MS);
  return () => {
    window.clearInterval(timer);
    map.off('mousemove', follow).off('mouseout movestart zoomstart', leave).off('click', click);
  };
}
