/**
 * Which places the operator wants to see, compiled to one question per place. List, map and counts ask the same question, so
 * they can never disagree. What is not known passes only where the question cannot be about it: an unknown price is not cheap.
 */
import type { ConnectorGroup } from '../../../shared/domain/marketplace/place.ts';
import { standardName } from '../charge-point/charge-point-words.ts';
import { availabilityOf, isPartyAway, type PlaceRow } from './place-row.ts';

export type PlaceFilter = {
  readonly text: string;
  readonly isFreeNow: boolean;
  readonly current: 'AC' | 'DC' | undefined;
  readonly leastKw: number | undefined;
  /** OCPI ConnectorType. */
  readonly standard: string | undefined;
  readonly operator: string | undefined;
  /** Net, by the kWh of the need. */
  readonly mostPerKwh: number | undefined;
  readonly leastArrivalPercent: number | undefined;
  /** Hides what is known not to fit the vehicle. */
  readonly isFitOnly: boolean;
  readonly hidesAway: boolean;
};

export const NO_PLACE_FILTER: PlaceFilter = {
  text: '',
  isFreeNow: false,
  current: undefined,
  leastKw: undefined,
  standard: undefined,
  operator: undefined,
  mostPerKwh: undefined,
  leastArrivalPercent: undefined,
  isFitOnly: false,
  hidesAway: false,
};

export function isFilteringPlaces(filter: PlaceFilter): boolean {
  return Object.entries(filter).some(
    ([name, value]) => value !== NO_PLACE_FILTER[name as keyof PlaceFilter] && value !== '',
  );
}

export function compilePlaceFilter(filter: PlaceFilter): (row: PlaceRow) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/u).filter(Boolean);
  const { current, leastKw, standard, operator, mostPerKwh, leastArrivalPercent } = filter;
  const asksForGroup = current !== undefined || leastKw !== undefined || standard !== undefined;
  const isWanted = (group: ConnectorGroup) =>
    (current === undefined || group.current === current) &&
    (standard === undefined || group.standard === standard) &&
    (leastKw === undefined || group.maxPowerW >= leastKw * 1000);
  return (row) => {
    const { place, assessment } = row;
    if (operator !== undefined && place.operatorName !== operator) return false;
    if (filter.hidesAway && isPartyAway(row)) return false;
    if (filter.isFitOnly && !mayFit(row)) return false;
    if (asksForGroup && !place.groups.some((group) => isWanted(group) && (!filter.isFreeNow || group.free > 0)))
      return false;
    if (!asksForGroup && filter.isFreeNow && availabilityOf(row).free === 0) return false;
    if (mostPerKwh !== undefined && !(Number(assessment?.netPerKwh ?? NaN) <= mostPerKwh)) return false;
    if (leastArrivalPercent !== undefined && !((assessment?.arrivalSocPercent ?? -1) >= leastArrivalPercent))
      return false;
    if (words.length === 0) return true;
    const text = searchableText(row);
    return words.every((word) => text.includes(word));
  };
}

function mayFit({ assessment }: PlaceRow): boolean {
  return assessment === undefined || assessment.groupKey !== undefined;
}

const searchable = new WeakMap<PlaceRow['place'], string>();

function searchableText({ place }: PlaceRow): string {
  const known = searchable.get(place);
  if (known !== undefined) return known;
  const made = [
    place.name,
    place.address,
    place.operatorName,
    place.party,
    place.locationId,
    ...place.groups.map((group) => `${standardName(group.standard)} ${group.current}`),
  ]
    .join(' ')
    .toLowerCase();
  searchable.set(place, made);
  return made;
}
