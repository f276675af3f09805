/** Proves the books from their postings alone, by SQL that shares nothing with the code that wrote them. */
import type { ReadableStore } from '../../../src/main/database/sqlite.ts';

export type Audit = {
  readonly entries: number;
  readonly postings: number;
  /** Entries whose postings do not add up to nought. */
  readonly unbalanced: number;
  /** Entries whose stated balance or holds are not what the postings up to them come to. */
  readonly misstated: number;
  /** Accounts whose open holds are not what the `holds` book has. */
  readonly holdsApart: number;
  /** Records captured more than once. */
  readonly capturedTwice: number;
};

export function auditBooks(store: ReadableStore): Audit {
  const count = (sql: string): number => store.prepare<[], number>(sql).pluck().get() ?? 0;
  return {
    entries: count('SELECT count(*) FROM ledger_entry'),
    postings: count('SELECT count(*) FROM ledger_posting'),
    unbalanced: count(
      'SELECT count(*) FROM (SELECT entry_id FROM ledger_posting GROUP BY entry_id HAVING sum(amount_minor) <> 0)',
    ),
    misstated: count(`
      WITH moved AS (
        SELECT e.id, e.account_id, e.currency, e.balance_after_minor, e.holds_after_minor,
          (SELECT coalesce(sum(p.amount_minor), 0) FROM ledger_posting p
           WHERE p.entry_id = e.id AND p.book IN ('wallet', 'payable', 'holds')) AS own,
          (SELECT coalesce(sum(p.amount_minor), 0) FROM ledger_posting p
           WHERE p.entry_id = e.id AND p.book = 'holds') AS held
        FROM ledger_entry e)
      SELECT count(*) FROM (
        SELECT balance_after_minor, holds_after_minor,
          sum(own) OVER (PARTITION BY account_id, currency ORDER BY id) AS balance,
          sum(held) OVER (PARTITION BY account_id, currency ORDER BY id) AS holds
        FROM moved)
      WHERE balance <> balance_after_minor OR holds <> holds_after_minor`),
    holdsApart: count(`
      SELECT count(*) FROM account WHERE
        (SELECT coalesce(sum(amount_minor), 0) FROM hold WHERE hold.account_id = account.id AND state = 'held')
        <> (SELECT coalesce(sum(p.amount_minor), 0) FROM ledger_posting p JOIN ledger_entry e ON e.id = p.entry_id
            WHERE e.account_id = account.id AND p.book = 'holds')`),
    capturedTwice: count(`
      SELECT count(*) FROM (SELECT reference FROM ledger_entry WHERE kind = 'capture' AND amount_minor <> 0
        GROUP BY lower(reference) HAVING count(*) > 1)`),
  };
}
