/**
 * Opens the one SQLite file of a profile. WAL, and `synchronous=FULL` set explicitly and read back *after a write*:
 * a reopened WAL database runs NORMAL, and on a new file the pragma tells the truth only after the first write.
 */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { assert } from '../../shared/kernel/assert.ts';
import { migrate, refuseFuture } from './migrate.ts';
import { nameStoreFailure, StoreFailure } from './store-failure.ts';
import type { Store, Transaction } from './sqlite.ts';

export type OpenStoreOptions = {
  readonly path: string;
  /** A better-sqlite3 binary for a runtime the shipped one does not fit. */
  readonly nativeBinding?: string | undefined;
  /** Called after each commit, for the status bar. */
  readonly onCommit?: (() => void) | undefined;
  /** The store itself refused. What the work of a transaction throws of its own accord is its caller's affair. */
  readonly onFailure?: ((error: StoreFailure) => void) | undefined;
  /** An effect threw. The transaction stands as it is, committed or taken back, and the other effects have run. */
  readonly onEffectFailure?: ((error: unknown) => void) | undefined;
};

/** @throws StoreFailure with a named code when the file cannot be used; the file is left as it was. */
export function openStore(options: OpenStoreOptions): Store {
  const native = options.nativeBinding ? { nativeBinding: options.nativeBinding } : {};
  let database: Database.Database;
  try {
    lookBeforeTouching(options.path, native);
    database = new Database(options.path, native);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('cache_size = -65536');
    database.pragma('busy_timeout = 2000');
  } catch (error) {
    throw nameStoreFailure(error, options.path);
  }
  try {
    migrate(database, options.path);
    database.prepare('UPDATE store_opening SET count = count + 1').run();
    assert(database.pragma('synchronous', { simple: true }) === 2, 'synchronous is FULL after a write');
    assert(database.pragma('journal_mode', { simple: true }) === 'wal', 'the journal is a write-ahead log');
  } catch (error) {
    database.close();
    throw nameStoreFailure(error, options.path);
  }
  return wrap(database, options);
}

/**
 * Even opening writes: setting the journal mode changes the header, and closing folds the log into the file. A database
 * that is not ours to use is therefore judged through a connection that cannot write.
 */
function lookBeforeTouching(path: string, native: { readonly nativeBinding?: string }): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) return;
  const reader = new Database(path, { ...native, readonly: true });
  try {
    refuseFuture(Number(reader.pragma('user_version', { simple: true })), path);
  } finally {
    reader.close();
  }
}

function wrap(database: Database.Database, options: OpenStoreOptions): Store {
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };

  type Effects = { readonly commit: (() => void)[]; readonly rollback: (() => void)[] };
  let effects: Effects | undefined;
  const current = (): Effects => {
    assert(effects !== undefined, 'effects are queued inside their transaction');
    return effects;
  };
  const transaction = {
    prepare,
    afterCommit: (effect: () => void) => current().commit.push(effect),
    afterRollback: (effect: () => void) => current().rollback.push(effect),
  } as unknown as Transaction;

  /** Each by itself: one that throws must neither hide what became of the transaction nor keep the next from running. */
  function runEach(queued: readonly (() => void)[]): void {
    for (const effect of queued)
      try {
        effect();
      } catch (error) {
        try {
          options.onEffectFailure?.(error);
        } catch {
          // A listener that cannot even be told must not undo the answer either.
        }
      }
  }

  return {
    path: options.path,
    prepare: prepare as unknown as Store['prepare'],
    write: (work) => {
      assert(effects === undefined, 'transactions do not nest');
      const queued: Effects = { commit: [], rollback: [] };
      effects = queued;
      let result;
      try {
        result = database.transaction(() => work(transaction)).immediate();
      } catch (error) {
        effects = undefined;
        const named = nameStoreFailure(error, options.path);
        const tell = named instanceof StoreFailure ? [() => options.onFailure?.(named)] : [];
        runEach([...queued.rollback, ...tell]);
        throw named;
      }
      effects = undefined;
      runEach([() => options.onCommit?.(), ...queued.commit]);
      return result;
    },
    close: () => database.close(),
  };
}
