/** What may be done about the database of a profile that could not be opened; each refuses when there is no such failure. */
import path from 'node:path';
import { shell } from 'electron';
import { setStoreAside } from '../database/set-store-aside.ts';
import type { ShellState, StartUpFailure } from '../../shared/ipc/shell-contract.ts';

/** The demo's data can be made again, so a demo whose database is of no use may begin with a new one. */
export function canStartAfresh(failure: StartUpFailure, kind: 'demo' | 'marketplace' | undefined): boolean {
  return kind === 'demo' && (failure === 'database-corrupt' || failure === 'database-from-the-future');
}

/** @throws Error with the system's reason when no file manager opens */
export async function showDatabase(state: ShellState): Promise<undefined> {
  if (state.phase !== 'failed' || state.databasePath === undefined) throw new Error('No database is in question.');
  const refusal = await shell.openPath(path.dirname(state.databasePath));
  if (refusal !== '') throw new Error(`The system could not show the folder: ${refusal}`);
}

/** @returns the folder in which the useless database is kept */
export function setUselessDatabaseAside(state: ShellState): string {
  if (state.phase !== 'failed' || !state.canStartAfresh || state.databasePath === undefined)
    throw new Error('Only a demo whose database cannot be used is started afresh.');
  return setStoreAside(state.databasePath, Date.now());
}
