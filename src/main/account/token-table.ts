/** SQL of `token`: what ties a vehicle to a contract (OCPI 2.2.1, 12.3.2). A copy of what FLO keeps. */
import type { Token } from '../../shared/domain/account/contract.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

/** Valid ones first, then the newest. */
export function tokensOfVehicle(store: ReadableStore, vehicleId: string): Token[] {
  return store
    .prepare<[string], string>('SELECT token FROM token WHERE vehicle_id = ?')
    .pluck()
    .all(vehicleId)
    .map((text) => JSON.parse(text) as Token)
    .toSorted((a, b) => Number(b.valid) - Number(a.valid) || b.updatedAtMs - a.updatedAtMs);
}

/** Who carries it now. The uid alone, since a record's token need not name the party that issued it as we know it. */
export function vehicleOfToken(store: ReadableStore, tokenUid: string): string | undefined {
  return (
    store
      .prepare<[string], string>('SELECT vehicle_id FROM token WHERE uid = ? AND vehicle_id IS NOT NULL')
      .pluck()
      .get(tokenUid) ?? undefined
  );
}

export function tokensOfContract(store: ReadableStore, contractId: string): Token[] {
  return store
    .prepare<[string], string>('SELECT token FROM token WHERE contract_id = ? ORDER BY uid')
    .pluck()
    .all(contractId)
    .map((text) => JSON.parse(text) as Token);
}

/** How many vehicles carry a valid token of the contract. */
export function countVehicles(store: ReadableStore, contractId: string): number {
  return new Set(
    tokensOfContract(store, contractId).flatMap(({ valid, vehicleId }) =>
      valid && vehicleId !== undefined ? [vehicleId.toLowerCase()] : [],
    ),
  ).size;
}

/** @returns false when what is known is as new or newer */
export function putToken(tx: Transaction, token: Token): boolean {
  const known = tx
    .prepare<[string, string, string], string>(
      'SELECT token FROM token WHERE uid = ? AND country_code = ? AND party_id = ?',
    )
    .pluck()
    .get(token.uid, token.countryCode, token.partyId);
  if (known !== undefined && (JSON.parse(known) as Token).updatedAtMs >= token.updatedAtMs) return false;
  tx.prepare(
    `INSERT INTO token (uid, country_code, party_id, contract_id, vehicle_id, token) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (uid, country_code, party_id) DO UPDATE SET contract_id = excluded.contract_id,
       vehicle_id = excluded.vehicle_id, token = excluded.token`,
  ).run(token.uid, token.countryCode, token.partyId, token.contractId, token.vehicleId ?? null, JSON.stringify(token));
  return true;
}

/** Before the marketplace sends them all again. */
export function forgetTokens(tx: Transaction): void {
  tx.prepare('DELETE FROM token').run();
}
