/**
 * After a write was refused nobody may want to write again for hours, and the console would go on saying that it does not
 * save. So the store tries by itself, by a commit that changes nothing, until one goes through.
 */
import type Database from 'better-sqlite3';

const EVERY_MS = 2000;

export function retryUntilSaved(
  database: Database.Database,
  onSaved: () => void,
): { readonly begin: () => void; readonly end: () => void } {
  let timer: NodeJS.Timeout | undefined;

  function end(): void {
    clearInterval(timer);
    timer = undefined;
  }

  function tryOnce(): void {
    // Whoever holds the database is not waited for: all else in this process would stand still meanwhile.
    const patience = Number(database.pragma('busy_timeout', { simple: true }));
    database.pragma('busy_timeout = 0');
    try {
      database.prepare('UPDATE store_opening SET count = count').run();
    } catch {
      // Said when it was first refused; nothing has changed since.
      return;
    } finally {
      database.pragma(`busy_timeout = ${patience}`);
    }
    end();
    onSaved();
  }

  return {
    begin: () => {
      timer ??= setInterval(tryOnce, EVERY_MS).unref();
    },
    end,
  };
}
