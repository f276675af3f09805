/** What a window may ask of contracts and money: standings, books, holds, terms, and prices above what was agreed. */
import { z } from 'zod';
import type { AccountStanding, Hold, LedgerLine } from '../domain/account/account.ts';
import type { ContractVersion, Token } from '../domain/account/contract.ts';
import type { GuardFinding } from '../domain/account/guard-contract.ts';
import type { DecimalText } from '../domain/tariff/tariff.ts';
import { answersWith, feed } from './contract.ts';

const id = z.string().min(1).max(80);
const epochMs = z.number().min(0).max(4_102_444_800_000);

export type { GuardFinding };

export type ContractRow = {
  readonly version: ContractVersion;
  readonly versions: number;
  readonly vehicles: number;
  /** Energy charged under it this month, for the volume steps. */
  readonly monthKwh: DecimalText;
};

export const accountContract = {
  'account/accounts': feed<AccountStanding>({ maxRateHz: 2, keyOf: (account) => account.accountId }),
  /** Newest first. */
  'account/ledger': answersWith<{ readonly lines: readonly LedgerLine[]; readonly more: boolean }>().to(
    z.strictObject({ accountId: id, beforeEntryId: z.number().optional(), limit: z.int().min(1).max(1000) }),
  ),
  'account/holds': answersWith<readonly Hold[]>().to(z.strictObject({ accountId: id })),
  /** In force or to come, then ended ones. */
  'account/contracts': answersWith<readonly ContractRow[]>().to(z.strictObject({})),
  'account/contract-versions': answersWith<readonly ContractVersion[]>().to(z.strictObject({ contractId: id })),
  'account/tokens': answersWith<readonly Token[]>().to(z.strictObject({ contractId: id })),
  'account/guard-findings': answersWith<readonly GuardFinding[]>().to(
    z.strictObject({ fromMs: epochMs, toMs: epochMs }),
  ),
} as const;
