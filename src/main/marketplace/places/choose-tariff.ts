/**
 * Which tariff a fleet's vehicle pays at a connector: the contract's own, or the first of the connector's that is for such as it (OCPI
 * 2.2.1, 11.4.7 TariffType). Found once as long as no tariff changes.
 */
import type { Choice } from '../../../shared/domain/marketplace/place-search/assess-place.ts';
import type { Tariff, TariffVersion } from '../../../shared/domain/tariff/tariff.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { tariffAt } from '../../tariff/tariff-at.ts';

const MOST_KEPT = 50_000;

export type TariffRefusal = 'no-tariff-stated' | 'tariff-not-known';

/** @returns a choice for one question: what is known at its instant counts */
export function openTariffChoice(store: ReadableStore) {
  const found = new Map<string, TariffVersion | undefined>();
  let generation: number | undefined;

  /** Versions are only ever added, so the newest number tells whether anything changed. */
  function forgetWhenChanged(): void {
    const newest = store.prepare<[], number | null>('SELECT max(number) FROM tariff_version').pluck().get() ?? 0;
    if (newest !== generation || found.size > MOST_KEPT) found.clear();
    generation = newest;
  }

  function find(party: string, id: string, atMs: EpochMs, nowMs: EpochMs): TariffVersion | undefined {
    const key = `${party}*${id}@${atMs}`.toUpperCase();
    if (!found.has(key)) found.set(key, tariffAt(store, party, id, atMs, nowMs));
    return found.get(key);
  }

  return (nowMs: EpochMs) => {
    forgetWhenChanged();
    return (choice: Choice, agreedId: string | undefined): Result<TariffVersion, TariffRefusal> => {
      const { place, group, beginsAtMs } = choice;
      const ids = [...(agreedId === undefined ? [] : [agreedId]), ...group.tariffIds];
      if (ids.length === 0)
        return refuse(
          'no-tariff-stated',
          'The charge point states no tariff: its price is not known before the record comes.',
        );
      const versions = ids.flatMap((id) => find(place.party, id, beginsAtMs, nowMs) ?? []);
      const forUs = versions.find(({ tariff }) => isForUs(tariff, agreedId)) ?? versions.find(isForContracts);
      if (forUs !== undefined) return accept(forUs);
      return refuse(
        'tariff-not-known',
        versions.length > 0
          ? 'The charge point states only prices for payment on the spot; what a contract pays there is not known.'
          : `The charge point’s tariff ${ids.join(', ')} is not known here, or is not in force at the arrival.`,
      );
    };
  };
}

function isForUs({ id, type }: Tariff, agreedId: string | undefined): boolean {
  return type === undefined || type === 'REGULAR' || id.toLowerCase() === agreedId?.toLowerCase();
}

function isForContracts({ tariff }: TariffVersion): boolean {
  return tariff.type !== 'AD_HOC_PAYMENT';
}
