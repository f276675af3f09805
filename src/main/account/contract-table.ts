/**
 * SQL of `contract_version`: every version of a contract as it was learnt. One whose content came before is no new version; one that the
 * marketplace changed earlier than the newest known is kept as history and replaces nothing.
 */
import { createHash } from 'node:crypto';
import { contractAt } from '../../shared/domain/account/contract-at.ts';
import type { Contract, ContractVersion, Token } from '../../shared/domain/account/contract.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';
import { canonicalText } from '../tariff/canonical-text.ts';
import { tokensOfVehicle } from './token-table.ts';

type VersionRow = {
  number: number;
  content_hash: string;
  learnt_at_ms: number;
  superseded_at_ms: number | null;
  contract: string;
};

const COLUMNS = 'number, content_hash, learnt_at_ms, superseded_at_ms, contract';

/** In the order they were learnt. */
export function readContractVersions(store: ReadableStore, contractId: string): ContractVersion[] {
  return store
    .prepare<[string], VersionRow>(`SELECT ${COLUMNS} FROM contract_version WHERE id = ? ORDER BY learnt_at_ms, number`)
    .all(contractId)
    .map(readRow);
}

/** The version that stands now, of every contract. */
export function readContracts(store: ReadableStore): ContractVersion[] {
  return store
    .prepare<[], VersionRow>(`SELECT ${COLUMNS} FROM contract_version WHERE superseded_at_ms IS NULL ORDER BY id`)
    .all()
    .map(readRow);
}

/** As it stands now, in force or not. */
export function readContract(store: ReadableStore, contractId: string): Contract | undefined {
  const row = store
    .prepare<[string], VersionRow>(
      `SELECT ${COLUMNS} FROM contract_version WHERE id = ? AND superseded_at_ms IS NULL ORDER BY number DESC`,
    )
    .get(contractId);
  return row && readRow(row).contract;
}

/** The contract in force for a vehicle at an instant, as known at another: by its tokens, valid ones first. */
export function contractOfVehicle(
  store: ReadableStore,
  vehicleId: string,
  atMs: EpochMs,
  knownAtMs?: EpochMs,
): Contract | undefined {
  for (const { contractId } of tokensOfVehicle(store, vehicleId)) {
    const version = contractAt(readContractVersions(store, contractId), atMs, knownAtMs);
    if (version !== undefined) return version.contract;
  }
  return undefined;
}

/** What a start would be authorised by: a valid token whose contract is in force, else the one that says best why not. */
export function startTermsOfVehicle(
  store: ReadableStore,
  vehicleId: string,
  atMs: EpochMs,
): { readonly token: Token | undefined; readonly contract: Contract | undefined } {
  const tokens = tokensOfVehicle(store, vehicleId);
  for (const token of tokens.filter(({ valid }) => valid)) {
    const contract = contractAt(readContractVersions(store, token.contractId), atMs)?.contract;
    if (contract !== undefined) return { token, contract };
  }
  const [token] = tokens;
  return { token, contract: token && readContract(store, token.contractId) };
}

/** @returns false when it is known in just this form */
export function putContract(tx: Transaction, contract: Contract, learntAtMs: EpochMs): boolean {
  const contentHash = hashContract(contract);
  const versions = readContractVersions(tx, contract.id);
  const newest = versions.find(({ supersededAtMs }) => supersededAtMs === undefined);
  if (isKnown(versions, contract, contentHash)) return false;
  const isOlder = newest !== undefined && contract.updatedAtMs < newest.contract.updatedAtMs;
  if (!isOlder)
    tx.prepare('UPDATE contract_version SET superseded_at_ms = ? WHERE id = ? AND superseded_at_ms IS NULL').run(
      learntAtMs,
      contract.id,
    );
  tx.prepare(
    `INSERT INTO contract_version (id, content_hash, valid_from_ms, valid_to_ms, learnt_at_ms, superseded_at_ms, contract)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    contract.id,
    contentHash,
    contract.validFromMs,
    contract.validToMs ?? null,
    learntAtMs,
    isOlder ? learntAtMs : null,
    JSON.stringify(contract),
  );
  return true;
}

/** Said at that very time, or standing then already: a word that only confirms is kept nowhere and comes again with every log. */
function isKnown(versions: readonly ContractVersion[], { updatedAtMs }: Contract, contentHash: string): boolean {
  const until = versions.filter(({ contract }) => contract.updatedAtMs <= updatedAtMs);
  const standing = until.reduce<ContractVersion | undefined>(
    (latest, version) =>
      latest === undefined || version.contract.updatedAtMs >= latest.contract.updatedAtMs ? version : latest,
    undefined,
  );
  return (
    standing?.contentHash === contentHash ||
    until.some((version) => version.contentHash === contentHash && version.contract.updatedAtMs === updatedAtMs)
  );
}

/** SHA-256 of what was agreed, without when it was last written. */
function hashContract(contract: Contract): string {
  const { updatedAtMs: _, ...content } = contract;
  return createHash('sha256')
    .update(canonicalText({ ...content, id: contract.id.toUpperCase() }))
    .digest('hex');
}

function readRow(row: VersionRow): ContractVersion {
  return {
    contract: JSON.parse(row.contract) as Contract,
    contentHash: row.content_hash,
    learntAtMs: row.learnt_at_ms,
    supersededAtMs: row.superseded_at_ms ?? undefined,
  };
}
