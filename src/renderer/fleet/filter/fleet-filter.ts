/**
 * What the operator is looking at: text, depot and activities, compiled to one question per vehicle. Grid, map and counts
 * all ask the same question, so they can never disagree about which vehicles are shown.
 */
import type { Activity } from '../../../shared/domain/fleet/position.ts';
import type { Vehicle } from '../../../shared/domain/fleet/vehicle.ts';

/**
 * Every vehicle stands under exactly one heading. `stale` is a heading of its own: a vehicle last heard of driving ten
 * minutes ago is not a driving vehicle.
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

export function headingOf(activity: Activity, isFresh: boolean): Heading {
  return isFresh ? activity : 'stale';
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
