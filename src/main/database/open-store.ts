/**
 * Opens the one SQLite file of a profile. WAL, and `synchronous=FULL` set explicitly and read back *after a write*:
 * a reopened WAL database runs NORMAL, and on a new file the pragma tells the truth only after the first write.
 */
import Database from 'better-sqlite3';
import { assert } from '../../shared/kernel/assert.ts';
import { reserveLog, watchRoom } from './disk-room.ts';
import { lookBeforeTouching, type Look } from './look-before-touching.ts';
import { migrate } from './migrate.ts';
import { retryUntilSaved } from './retry-until-saved.ts';
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
  /** The disk is short of room, so bulk is refused while all else is stored; or it has room again. */
  readonly onShortOfRoom?: ((isShort: boolean) => void) | undefined;
  /** An effect threw. The transaction stands as it is, committed or taken back, and the other effects have run. */
  readonly onEffectFailure?: ((error: unknown) => void) | undefined;
};

/** @throws StoreFailure with a named code when the file cannot be used; the file is left as it was. */
export function openStore(options: OpenStoreOptions): Store {
  const native = options.nativeBinding ? { nativeBinding: options.nativeBinding } : {};
  let look: Look | undefined;
  let database: Database.Database | undefined;
  try {
    look = lookBeforeTouching(options.path, native);
    database = new Database(options.path, native);
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    database.pragma('cache_size = -65536');
    database.pragma('busy_timeout = 2000');
    // What is sorted on the way must not need room on yet another disk.
    database.pragma('temp_store = MEMORY');
    migrate(database, options.path);
    database.prepare('UPDATE store_opening SET count = count + 1').run();
    assert(database.pragma('synchronous', { simple: true }) === 2, 'synchronous is FULL after a write');
    assert(database.pragma('journal_mode', { simple: true }) === 'wal', 'the journal is a write-ahead log');
  } catch (error) {
    const named = nameStoreFailure(error, options.path);
    database?.close();
    throw named;
  } finally {
    look?.end();
  }
  return wrap(database, options);
}

const SHORT_OF_ROOM =
  'The disk is nearly full, so only what operators do is stored; positions and readings wait. Free some space on it.';

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

  const room = watchRoom(options.path, (isShort) => {
    if (!isShort) tryToReserve();
    options.onShortOfRoom?.(isShort);
  });
  const retry = retryUntilSaved(database, () => runEach([() => options.onCommit?.()]));

  /** Without a reserve the store works as well until the disk is full, and says so then. */
  function tryToReserve(): void {
    try {
      // Whoever else may write to this database is kept out meanwhile: their newest pages stand where the log ends.
      database.transaction(() => reserveLog(options.path)).immediate();
    } catch (error) {
      options.onEffectFailure?.(error);
    }
  }

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

  tryToReserve();
  room.isShort();
  return {
    path: options.path,
    prepare: prepare as unknown as Store['prepare'],
    write: (work, weight) => {
      assert(effects === undefined, 'transactions do not nest');
      // Told by `onShortOfRoom` already: the store works, it only takes nothing in bulk.
      if (weight === 'bulk' && room.isShort())
        throw new StoreFailure('disk-full', options.path, { message: SHORT_OF_ROOM });
      const queued: Effects = { commit: [], rollback: [] };
      effects = queued;
      let result;
      try {
        result = database.transaction(() => work(transaction)).immediate();
      } catch (error) {
        effects = undefined;
        const named = nameStoreFailure(error, options.path);
        const tell = named instanceof StoreFailure ? [retry.begin, () => options.onFailure?.(named)] : [];
        runEach([...queued.rollback, ...tell]);
        throw named;
      }
      effects = undefined;
      retry.end();
      runEach([() => options.onCommit?.(), ...queued.commit]);
      return result;
    },
    close: () => {
      room.stop();
      retry.end();
      database.close();
    },
  };
}
