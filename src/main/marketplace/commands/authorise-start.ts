/** Whether the vehicle's account would be answered NO_CREDIT, asked in the transaction that would start or reserve. */
import { mayAuthorise, type AuthoriseRefusal } from '../../../shared/domain/account/credit.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import { readAccount } from '../../account/account-table.ts';
import { startTermsOfVehicle } from '../../account/contract-table.ts';
import { readFigures } from '../../account/ledger-table.ts';
import type { ReadableStore } from '../../database/sqlite.ts';

export function authoriseStart(
  store: ReadableStore,
  vehicleId: string,
  atMs: EpochMs,
): Result<'authorised', AuthoriseRefusal> {
  const { token, contract } = startTermsOfVehicle(store, vehicleId, atMs);
  const account = contract && readAccount(store, contract.accountId);
  return mayAuthorise({
    atMs,
    token,
    contract,
    account: account && { ...account, ...readFigures(store, account.id, account.currency) },
  });
}
