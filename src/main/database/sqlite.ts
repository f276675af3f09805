/**
 * The two faces of the store. Whoever only reads takes a `ReadableStore`; whoever writes must be inside a transaction
 * and so holds a `Transaction`, which only `store.write` hands out. After-commit work (feeds) is queued on the
 * transaction and runs when the commit has returned, never before.
 */
import type { Statement } from 'better-sqlite3';

export type Row = Record<string, unknown>;

export type ReadableStore = {
  /** Prepared once per SQL text and kept. Columns come back as SQLite gives them; callers name their row type. */
  readonly prepare: <P extends unknown[] | Row = unknown[], R = Row>(
    sql: string,
  ) => Statement<P extends unknown[] ? P : [P], R>;
};

declare const insideTransaction: unique symbol;

export type Transaction = ReadableStore & {
  readonly [insideTransaction]: true;
  /** Runs `effect` once this transaction is durable; never when it rolls back. */
  readonly afterCommit: (effect: () => void) => void;
  /** Runs `effect` when this transaction is taken back: for whoever keeps a copy in memory of what it wrote. */
  readonly afterRollback: (effect: () => void) => void;
};

export type Store = ReadableStore & {
  readonly path: string;
  /**
   * One durable transaction (BEGIN IMMEDIATE … COMMIT, synchronous=FULL). Not re-entrant. Rolls back when `work` throws.
   * `bulk` is what comes by the thousand and can be asked for again: it is refused while the disk is short of room, so
   * that the room is there for what operators do.
   */
  readonly write: <T>(work: (tx: Transaction) => T, weight?: 'bulk') => T;
  readonly close: () => void;
};
