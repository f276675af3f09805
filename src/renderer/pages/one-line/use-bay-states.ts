/** What the marketplace tells of the charge points behind chargers' meters: occupied or not, and by which vehicle. */
import { useMemo } from 'react';
import { isFinalStatus } from '../../../shared/domain/marketplace/session.ts';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useFeed } from '../../link/use-feed.ts';
import { BAY_LOOKS } from '../../marketplace/charge-point/charge-point-words.ts';
import type { BayState } from '../../metering/one-line/one-line-box.tsx';

export function useBayStates(): (meter: MeterRecord) => BayState | undefined {
  const evses = useFeed('marketplace/evses');
  const sessions = useFeed('marketplace/sessions');
  const vehicles = useFeed('fleet/vehicles');
  return useMemo(() => {
    const vehicleAt = new Map<string, string>();
    for (const session of sessions.records.values()) {
      const vehicle = vehicles.records.get(session.vehicleId ?? '');
      if (!isFinalStatus(session.status) && vehicle !== undefined) vehicleAt.set(session.evseKey, vehicle.registration);
    }
    return ({ evseKey }) => {
      const evse = evseKey === undefined ? undefined : evses.records.get(evseKey);
      if (evse === undefined) return undefined;
      const { word, isAbnormal } = BAY_LOOKS[evse.status];
      return { word: vehicleAt.get(evse.key) ?? word, isAbnormal };
    };
  }, [evses, sessions, vehicles]);
}
