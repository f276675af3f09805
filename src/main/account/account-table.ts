/** SQL of `account`: what FLO says of each account. What the console itself counted is in the ledger. */
import type { AccountKind, MinorUnits } from '../../shared/domain/account/account.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export type StoredAccount = {
  readonly id: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly currency: string;
  readonly creditLimitMinor: MinorUnits | undefined;
  readonly startMinimumMinor: MinorUnits;
  /** FLO's own figures, where it gave any. */
  readonly stated:
    | { readonly balanceMinor: MinorUnits; readonly holdsMinor: MinorUnits | undefined; readonly atMs: EpochMs }
    | undefined;
  readonly updatedAtMs: EpochMs;
};

type AccountRow = {
  id: string;
  name: string;
  kind: string;
  currency: string;
  credit_limit_minor: number | null;
  start_minimum_minor: number;
  stated_balance_minor: number | null;
  stated_holds_minor: number | null;
  stated_at_ms: number | null;
  updated_at_ms: number;
};

export function readAccounts(store: ReadableStore): StoredAccount[] {
  return store.prepare<[], AccountRow>('SELECT * FROM account ORDER BY name, id').all().map(readRow);
}

export function readAccount(store: ReadableStore, id: string): StoredAccount | undefined {
  const row = store.prepare<[string], AccountRow>('SELECT * FROM account WHERE id = ?').get(id);
  return row && readRow(row);
}

/** Keeps the spelling of the id that came first. */
export function putAccount(tx: Transaction, account: StoredAccount): void {
  tx.prepare(
    `INSERT INTO account (id, name, kind, currency, credit_limit_minor, start_minimum_minor, stated_balance_minor,
       stated_holds_minor, stated_at_ms, updated_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, currency = excluded.currency,
       credit_limit_minor = excluded.credit_limit_minor, start_minimum_minor = excluded.start_minimum_minor,
       stated_balance_minor = excluded.stated_balance_minor, stated_holds_minor = excluded.stated_holds_minor,
       stated_at_ms = excluded.stated_at_ms, updated_at_ms = excluded.updated_at_ms`,
  ).run(
    account.id,
    account.name,
    account.kind,
    account.currency,
    account.creditLimitMinor ?? null,
    account.startMinimumMinor,
    account.stated?.balanceMinor ?? null,
    account.stated?.holdsMinor ?? null,
    account.stated?.atMs ?? null,
    account.updatedAtMs,
  );
}

function readRow(row: AccountRow): StoredAccount {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as AccountKind,
    currency: row.currency,
    creditLimitMinor: row.credit_limit_minor ?? undefined,
    startMinimumMinor: row.start_minimum_minor,
    stated:
      row.stated_balance_minor === null || row.stated_at_ms === null
        ? undefined
        : {
            balanceMinor: row.stated_balance_minor,
            holdsMinor: row.stated_holds_minor ?? undefined,
            atMs: row.stated_at_ms,
          },
    updatedAtMs: row.updated_at_ms,
  };
}
