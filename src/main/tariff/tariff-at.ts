/** Which tariff was in force at an instant, as it was known at another: the store's answer to the domain's question. */
import type { TariffVersion } from '../../shared/domain/tariff/tariff.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore } from '../database/sqlite.ts';
import { readVersionAt } from './tariff-version-table.ts';

/**
 * A version speaks from the CPO's `last_updated` on, or from when it was learnt here if that was sooner (their clock may be ahead of
 * ours), within its own limits of validity.
 *
 * @param party `CC*PPP`
 * @returns undefined when none was known, or it had been withdrawn
 */
export function tariffAt(
  store: ReadableStore,
  party: string,
  id: string,
  atMs: EpochMs,
  knownAtMs: EpochMs,
): TariffVersion | undefined {
  const [countryCode = '', partyId = ''] = party.split('*');
  const version = readVersionAt(store, { countryCode, partyId, id }, atMs, knownAtMs);
  return version !== undefined && isInForce(version, atMs) ? version : undefined;
}

/** Neither withdrawn nor at its own end. */
export function isInForce(version: TariffVersion, atMs: EpochMs): boolean {
  return !version.withdrawn && atMs < (version.tariff.validToMs ?? Infinity);
}
