/**
 * After a write was refused nobody may want to write again for hours, and the console would go on saying that it does not
 * save. So the store tries by itself, by a commit that changes nothing, until one goes through. Meanwhile whoever holds the
 * database is not waited for: many write, and each wait keeps all else in this process from going on.
 */
import type Database from 'better-sqlite3';

const EVERY_MS = 2000;

export function retryUntilSaved(
  database: Database.Database,
  onSaved: () => void,
): { readonly begin: () => void; readonly end: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const patienceMs = Number(database.pragma('busy_timeout', { simple: true }));

  function waitFor(ms: number): void {
    database.pragma(`busy_timeout = ${ms}`);
  }

  function end(): void {
    if (timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    waitFor(patienceMs);
  }

  function tryOnce(): void {
    try {
      database.prepare('UPDATE store_opening SET count = count').run();
    } catch {
      // Said when it was first refused; nothing has changed since.
      return;
    }
    end();
    onSaved();
  }

  return {
    begin: () => {
      if (timer !== undefined) return;
      timer = setInterval(tryOnce, EVERY_MS).unref();
      waitFor(0);
    },
    end,
  };
}
