/** Tariffs as a list shows them: what each says at an instant as it was known at another, in a line, and how it came to be. */
import type { TariffRow } from '../../shared/ipc/tariff-contract.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore } from '../database/sqlite.ts';
import { summariseTariff } from './summarise-tariff.ts';
import { isInForce } from './tariff-at.ts';
import { countVersions, readVersionAt, type TariffCount } from './tariff-version-table.ts';

/** `CC*PPP*id` in capitals. */
export function tariffKey(countryCode: string, partyId: string, id: string): string {
  return `${countryCode}*${partyId}*${id}`.toUpperCase();
}

/** Those in force by their keys; then those that were withdrawn or have come to their end. What has not begun yet is not among them. */
export function listTariffs(
  store: ReadableStore,
  at: { readonly atMs: EpochMs; readonly knownAtMs: EpochMs },
  connectorsOf: (key: string) => number,
): TariffRow[] {
  const rows = countVersions(store)
    .map((count) => readRow(store, count, at, connectorsOf))
    .filter((row) => row !== undefined)
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
  const [present, past] = [true, false].map((wanted) =>
    rows.filter(({ version }) => isInForce(version, at.atMs) === wanted),
  );
  return [...(present ?? []), ...(past ?? [])];
}

function readRow(
  store: ReadableStore,
  { name, versions }: TariffCount,
  at: { readonly atMs: EpochMs; readonly knownAtMs: EpochMs },
  connectorsOf: (key: string) => number,
): TariffRow | undefined {
  const stored = readVersionAt(store, name, at.atMs, at.knownAtMs);
  if (stored === undefined) return undefined;
  const { number: _n, confirmedAtMs: _c, updatedAtMs, ...version } = stored;
  const key = tariffKey(name.countryCode, name.partyId, name.id);
  return {
    key,
    version,
    versions,
    changedAtMs: versions > 1 ? updatedAtMs : undefined,
    summary: summariseTariff(version.tariff),
    connectors: connectorsOf(key),
  };
}
