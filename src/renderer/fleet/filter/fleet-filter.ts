/**
 * What the operator is looking at: text, depot and activities, compiled to one question per vehicle. Grid, map and counts
 * all ask the same question, so they can never disagree about which vehicles are shown.
 */
import type { Activity } from '../../../shared/domain/fleet/position.ts';
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';

/**
 * A vehicle stands under its last reported activity, and under `stale` besides once its report is no longer the present:
 * an outage must not empty the operator's picture, only mark it as old. What never reported stands under `stale` alone.
 */
export const HEADINGS = ['driving', 'charging', 'plugged', 'idle', 'stale'] as const;
export type Heading = (typeof HEADINGS)[number];

export type FleetFilter = {
  readonly text: string;
  readonly depotId: string | undefined;
  /** Empty means every heading. */
  readonly headings: readonly Heading[];
};

export const NO_FILTER: FleetFilter = { text: '', depotId: undefined, headings: [] };

export function isFiltering(filter: FleetFilter): boolean {
  return filter.text.trim() !== '' || filter.depotId !== undefined || filter.headings.length > 0;
}

/** @param activity the last reported one; undefined: none was ever reported */
export function standsUnder(heading: Heading, activity: Activity | undefined, isFresh: boolean): boolean {
  return heading === 'stale' ? !isFresh : heading === activity;
}

const searchable = new WeakMap<Vehicle, string>();

/** Registrations are typed with and without their blanks and hyphens: both are found. */
function searchableText(vehicle: Vehicle): string {
  const known = searchable.get(vehicle);
  if (known !== undefined) return known;
  const plain = `${vehicle.registration} ${vehicle.model}`.toLowerCase();
  const made = `${plain} ${vehicle.registration.toLowerCase().replaceAll(/[\s-]/gu, '')}`;
  searchable.set(vehicle, made);
  return made;
}

/** Text and depot: what narrows the counts on the activity chips. Every word must occur. */
export function compileScope(filter: FleetFilter): (vehicle: Vehicle) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/u).filter(Boolean);
  const { depotId } = filter;
  return (vehicle) => {
    if (depotId !== undefined && vehicle.depotId !== depotId) return false;
    if (words.length === 0) return true;
    const text = searchableText(vehicle);
    return words.every((word) => text.includes(word));
  };
}
