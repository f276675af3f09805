/** The contract's side of accounts: books, holds, contracts with their versions, and prices above what was agreed. */
import type { AnswerRegistry } from '../../shared/ipc/answer-registry.ts';
import type { ContractRow } from '../../shared/ipc/account-contract.ts';
import type { Contract } from '../../shared/domain/account/contract.ts';
import type { DecimalText } from '../../shared/domain/tariff/tariff.ts';
import type { Clock } from '../../shared/kernel/instant.ts';
import type { ReadableStore } from '../database/sqlite.ts';
import { readAccount } from './account-table.ts';
import { readContracts, readContractVersions } from './contract-table.ts';
import { readGuardFindings } from './guard/guard-finding-table.ts';
import { guardOffers } from './guard/guard-offers.ts';
import { readLedger } from './ledger-table.ts';
import { readHolds, type WhatRuns } from './read-standings.ts';
import { countVehicles, tokensOfContract } from './token-table.ts';

/** Those that hold money and those that ended last. */
const MOST_HOLDS = 500;

export function answerAccounts(
  answers: Pick<AnswerRegistry, 'query'>,
  parts: {
    readonly store: ReadableStore;
    readonly clock: Clock;
    readonly runs: () => WhatRuns;
    readonly monthKwh: (contract: Contract) => DecimalText;
  },
): void {
  const { clock, monthKwh, runs, store } = parts;

  answers.query('account/ledger', ({ accountId, beforeEntryId, limit }) => {
    const account = readAccount(store, accountId);
    if (account === undefined) return { lines: [], more: false };
    const of = { accountId: account.id, currency: account.currency };
    const lines = readLedger(store, of, beforeEntryId ?? Number.MAX_SAFE_INTEGER, limit + 1);
    return { lines: lines.slice(0, limit), more: lines.length > limit };
  });
  answers.query('account/holds', ({ accountId }) => {
    const account = readAccount(store, accountId);
    return account === undefined ? [] : readHolds(store, account, runs(), { nowMs: clock.nowMs(), limit: MOST_HOLDS });
  });
  answers.query('account/contracts', () => {
    const nowMs = clock.nowMs();
    const rows = readContracts(store).map((version): ContractRow => ({
      version,
      versions: readContractVersions(store, version.contract.id).length,
      vehicles: countVehicles(store, version.contract.id),
      monthKwh: monthKwh(version.contract),
    }));
    const hasEnded = ({ version }: ContractRow): boolean => (version.contract.validToMs ?? Infinity) <= nowMs;
    return rows.toSorted((a, b) => Number(hasEnded(a)) - Number(hasEnded(b)));
  });
  answers.query('account/contract-versions', ({ contractId }) => readContractVersions(store, contractId).toReversed());
  answers.query('account/tokens', ({ contractId }) => tokensOfContract(store, contractId));
  answers.query('account/guard-findings', ({ fromMs, toMs }) =>
    [...guardOffers(store, clock.nowMs(), fromMs, toMs), ...readGuardFindings(store, fromMs, toMs)].toSorted(
      (a, b) => b.atMs - a.atMs,
    ),
  );
}
