/** How many connectors name each tariff: handed down to whoever lists tariffs. */
import type { ChargePlace } from '../../../shared/domain/marketplace/place.ts';

/** By `CC*PPP*id` in capitals. A charge point that has several connectors alike counts them once. */
export function countTariffUse(places: Iterable<ChargePlace>): ReadonlyMap<string, number> {
  const use = new Map<string, number>();
  for (const { groups, party } of places)
    for (const { tariffIds, total } of groups)
      for (const id of tariffIds) {
        const key = `${party}*${id}`.toUpperCase();
        use.set(key, (use.get(key) ?? 0) + total);
      }
  return use;
}
