/** A consistent copy of a database that may be in use, by SQLite's own online backup. */
import Database from 'better-sqlite3';
import { nameStoreFailure } from './store-failure.ts';

/** @throws StoreFailure when the file is no usable database */
export async function copyStore(from: string, to: string): Promise<void> {
  try {
    const source = new Database(from, { readonly: true, fileMustExist: true });
    try {
      await source.backup(to);
    } finally {
      source.close();
    }
  } catch (error) {
    throw nameStoreFailure(error, from);
  }
}
