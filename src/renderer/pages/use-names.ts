/** The names that vehicles and partners go by in the room, for pages that know only their ids. */
import { useCallback, useMemo } from 'react';
import type { Party } from '../../shared/domain/marketplace/party.ts';
import { useFeed } from '../link/use-feed.ts';

/** The registration, or the id of a vehicle that is none of ours. */
export function useVehicleName(): (vehicleId: string) => string {
  const view = useFeed('fleet/vehicles');
  return useCallback((vehicleId) => view.records.get(vehicleId)?.registration ?? vehicleId, [view]);
}

/** The operators, by name. */
export function useOperators(): readonly Party[] {
  const view = useFeed('marketplace/parties');
  return useMemo(
    () =>
      [...view.records.values()]
        .filter(({ role }) => role === 'CPO')
        .toSorted((one, other) => one.name.localeCompare(other.name, 'en-GB')),
    [view],
  );
}

export function usePartyName(): (party: string) => string {
  const view = useFeed('marketplace/parties');
  return useCallback((party) => view.records.get(party)?.name ?? party, [view]);
}
