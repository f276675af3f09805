/** With no place in the link the map opens around the vehicle and the places nearest to it; without one, on the country with most of them. */
import { useEffect, useRef } from 'react';
import type { Vehicle } from '../../../../shared/domain/fleet/vehicle.ts';
import { distanceM } from '../../../fleet/distance.ts';
import { telemetry } from '../../../fleet/telemetry-store.ts';
import type { PlaceRow } from '../../../marketplace/place/place-row.ts';
import type { ChargeMapScene } from './charge-map-scene.ts';

const NEAREST = 8;

export function useFirstView(
  scene: ChargeMapScene | undefined,
  isTold: boolean,
  vehicle: Vehicle | undefined,
  rows: readonly PlaceRow[],
): void {
  const shownFor = useRef<string | undefined>(isTold ? (vehicle?.id ?? '') : undefined);
  useEffect(() => {
    const forWhom = vehicle?.id ?? '';
    if (scene === undefined || rows.length === 0 || shownFor.current === forWhom) return undefined;
    const show = () => {
      const at = vehicle && telemetry.read(vehicle.number);
      // Its position is on its way: the map waits for it a moment rather than going somewhere else first.
      if (vehicle !== undefined && at === undefined) return false;
      shownFor.current = forWhom;
      if (at === undefined) scene.fit(inCommonestCountry(rows));
      else scene.fit([[at.latitude, at.longitude], ...nearest(at, rows)]);
      return true;
    };
    if (show()) return undefined;
    const stop = telemetry.onChange(() => show() && stop());
    return stop;
  }, [scene, vehicle, rows]);
}

/** A fleet on two continents would else see an ocean. */
export function inCommonestCountry(rows: readonly PlaceRow[]): readonly (readonly [number, number])[] {
  const counts = new Map<string, number>();
  for (const { place } of rows) counts.set(place.countryCode, (counts.get(place.countryCode) ?? 0) + 1);
  const [commonest] = [...counts].toSorted(([, one], [, other]) => other - one)[0] ?? [];
  return rows
    .filter(({ place }) => place.countryCode === commonest)
    .map(({ place }) => [place.latitude, place.longitude] as const);
}

export function nearest(
  at: { readonly latitude: number; readonly longitude: number },
  rows: readonly PlaceRow[],
): readonly (readonly [number, number])[] {
  return rows
    .map(({ place }) => ({ place, far: distanceM(at, place) }))
    .toSorted((one, other) => one.far - other.far)
    .slice(0, NEAREST)
    .map(({ place }) => [place.latitude, place.longitude] as const);
}
