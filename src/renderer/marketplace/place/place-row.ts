/**
 * A place as list and map show it: the place itself, who runs it and whether they answer, and what it means for the vehicle.
 *
 * Invariant: a row keeps its identity until one of its parts is another, so a grid of thousands paints only what changed.
 */
import type { Party } from '../../../shared/domain/marketplace/party.ts';
import type { ChargePlace, ConnectorGroup, PlaceAssessment } from '../../../shared/domain/marketplace/place.ts';

export type PlaceRow = {
  readonly key: string;
  readonly place: ChargePlace;
  /** Undefined: the marketplace told nothing of who is connected. */
  readonly party: Party | undefined;
  readonly assessment: PlaceAssessment | undefined;
  /** Chosen for the vehicle; undefined: none chosen, so the whole place is meant. */
  readonly group: ConnectorGroup | undefined;
};

export type Availability = { readonly free: number; readonly total: number; readonly unknown: number };

const NOT_THERE: ReadonlySet<string> = new Set(['REMOVED', 'PLANNED']);

/** Of the chosen group, else of all charge points of the place. */
export function availabilityOf({ place, group }: Pick<PlaceRow, 'place' | 'group'>): Availability {
  if (group !== undefined) return group;
  let total = 0;
  for (const [status, count] of Object.entries(place.statuses)) if (!NOT_THERE.has(status)) total += count;
  return { free: place.statuses.AVAILABLE ?? 0, total, unknown: place.statuses.UNKNOWN ?? 0 };
}

/** Not connected: its words are old, and a command would not reach it. */
export function isPartyAway({ party }: Pick<PlaceRow, 'party'>): boolean {
  return party !== undefined && party.status !== 'CONNECTED';
}

export type RowJoiner = (
  places: Iterable<ChargePlace>,
  parties: ReadonlyMap<string, Party>,
  assessments: ReadonlyMap<string, PlaceAssessment>,
) => readonly PlaceRow[];

/** A joiner remembers the rows it made last. */
export function makeRowJoiner(): RowJoiner {
  let known = new Map<string, PlaceRow>();
  return (places, parties, assessments) => {
    const next = new Map<string, PlaceRow>();
    for (const place of places) {
      const key = place.locationId;
      const party = parties.get(place.party);
      const assessment = assessments.get(key);
      const before = known.get(key);
      const isSame = before?.place === place && before.party === party && before.assessment === assessment;
      next.set(key, isSame ? before : makeRow(place, party, assessment));
    }
    known = next;
    return [...next.values()];
  };
}

function makeRow(place: ChargePlace, party: Party | undefined, assessment: PlaceAssessment | undefined): PlaceRow {
  const group = place.groups.find(({ key }) => key === assessment?.groupKey);
  return { key: place.locationId, place, party, assessment, group };
}
