/** Who is behind the marketplace with what they have on the map: those who cannot be asked first. */
import type { Party } from '../../../shared/domain/marketplace/party.ts';
import type { ChargePlace } from '../../../shared/domain/marketplace/place.ts';

export type PartyStanding = {
  readonly party: Party;
  readonly places: number;
  readonly evses: number;
  readonly free: number;
};

export function partyStandings(parties: Iterable<Party>, places: Iterable<ChargePlace>): readonly PartyStanding[] {
  const sums = new Map<string, { places: number; evses: number; free: number }>();
  for (const { party, statuses } of places) {
    const key = party.toLowerCase();
    const sum = sums.get(key) ?? { places: 0, evses: 0, free: 0 };
    sums.set(key, sum);
    sum.places += 1;
    sum.evses += Object.values(statuses).reduce((total, count) => total + count, 0);
    sum.free += statuses.AVAILABLE ?? 0;
  }
  return [...parties]
    .map((party) => ({ party, ...(sums.get(party.key.toLowerCase()) ?? { places: 0, evses: 0, free: 0 }) }))
    .toSorted(
      (one, other) =>
        Number(isAway(other.party)) - Number(isAway(one.party)) ||
        one.party.name.localeCompare(other.party.name, 'en-GB'),
    );
}

/** Planned ones were never there, so nobody misses them. */
export function isAway({ status }: Pick<Party, 'status'>): boolean {
  return status === 'OFFLINE' || status === 'SUSPENDED';
}
