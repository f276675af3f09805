/**
 * SQL of `ledger_entry` and `ledger_posting`: only ever added to. An entry's key makes a fact that is told twice one entry, and each
 * entry says how the account stood after it, so a balance is one look at the newest and can be proved from the postings.
 */
import type { LedgerLine, MinorUnits } from '../../shared/domain/account/account.ts';
import { effectOf, type Entry } from '../../shared/domain/account/ledger.ts';
import type { EpochMs } from '../../shared/kernel/instant.ts';
import type { DecimalText } from '../../shared/domain/tariff/tariff.ts';
import type { ReadableStore, Transaction } from '../database/sqlite.ts';

export type Figures = { readonly balanceMinor: MinorUnits; readonly holdsMinor: MinorUnits };

export type EntryFacts = {
  readonly key: string;
  readonly accountId: string;
  readonly currency: string;
  readonly reference: string;
  readonly atMs: EpochMs;
  readonly remainder?: DecimalText;
  readonly note?: string | undefined;
};

/** Amounts in different currencies are never added up. */
export function readFigures(store: ReadableStore, accountId: string, currency: string): Figures {
  const row = store
    .prepare<[string, string], { balance_after_minor: number; holds_after_minor: number }>(
      `SELECT balance_after_minor, holds_after_minor FROM ledger_entry
       WHERE account_id = ? AND currency = ? ORDER BY id DESC LIMIT 1`,
    )
    .get(accountId, currency);
  return { balanceMinor: row?.balance_after_minor ?? 0, holdsMinor: row?.holds_after_minor ?? 0 };
}

export function holdsEntry(store: ReadableStore, key: string): boolean {
  return (
    store.prepare<[string], unknown>('SELECT 1 FROM ledger_entry WHERE idempotency_key = ?').get(key) !== undefined
  );
}

type EntryRow = { kind: string; account_id: string; currency: string; reference: string; amount_minor: number };

/** What the books hold under this key. */
export function readEntry(store: ReadableStore, key: string) {
  const row = store
    .prepare<[string], EntryRow>(
      'SELECT kind, account_id, currency, reference, amount_minor FROM ledger_entry WHERE idempotency_key = ?',
    )
    .get(key);
  return (
    row && {
      kind: row.kind,
      accountId: row.account_id,
      currency: row.currency,
      reference: row.reference,
      amountMinor: row.amount_minor,
    }
  );
}

/** @returns false when the books hold this fact already; then nothing is written */
export function writeEntry(tx: Transaction, entry: Entry, facts: EntryFacts): boolean {
  if (holdsEntry(tx, facts.key)) return false;
  const before = readFigures(tx, facts.accountId, facts.currency);
  const effect = effectOf(entry);
  const { lastInsertRowid } = tx
    .prepare(
      `INSERT INTO ledger_entry (idempotency_key, at_ms, kind, account_id, currency, reference, amount_minor,
         balance_after_minor, holds_after_minor, remainder, note)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      facts.key,
      facts.atMs,
      entry.kind,
      facts.accountId,
      facts.currency,
      facts.reference,
      effect.balanceMinor === 0 ? effect.holdsMinor : effect.balanceMinor,
      before.balanceMinor + effect.balanceMinor,
      before.holdsMinor + effect.holdsMinor,
      facts.remainder ?? '0',
      facts.note ?? null,
    );
  const insert = tx.prepare('INSERT INTO ledger_posting (entry_id, book, amount_minor) VALUES (?, ?, ?)');
  for (const { book, amountMinor } of entry.postings) insert.run(lastInsertRowid, book, amountMinor);
  return true;
}

type LineRow = {
  id: number;
  at_ms: number;
  kind: string;
  reference: string;
  currency: string;
  amount_minor: number;
  balance_after_minor: number;
  note: string | null;
};

/** Newest first, of the account's own currency. */
export function readLedger(
  store: ReadableStore,
  of: { readonly accountId: string; readonly currency: string },
  beforeEntryId: number,
  limit: number,
): LedgerLine[] {
  return store
    .prepare<[string, string, number, number], LineRow>(
      `SELECT id, at_ms, kind, reference, currency, amount_minor, balance_after_minor, note FROM ledger_entry
       WHERE account_id = ? AND currency = ? AND id < ? ORDER BY id DESC LIMIT ?`,
    )
    .all(of.accountId, of.currency, beforeEntryId, limit)
    .map((row) => ({
      entryId: row.id,
      atMs: row.at_ms,
      kind: row.kind as LedgerLine['kind'],
      reference: row.reference,
      amountMinor: row.amount_minor,
      balanceAfterMinor: row.balance_after_minor,
      note: row.note ?? undefined,
    }));
}
