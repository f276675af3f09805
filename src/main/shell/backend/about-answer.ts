/** What the About page says of this installation, read back from the running parts and not from what was asked for. */
import { statSync } from 'node:fs';
import type { AboutFacts } from '../../../shared/ipc/console-contract.ts';
import type { Store } from '../../database/sqlite.ts';
import type { BackendStartOptions } from './process-messages.ts';

const SYNCHRONOUS = ['OFF', 'NORMAL', 'FULL', 'EXTRA'];

export function answerAbout(store: Store, options: BackendStartOptions): AboutFacts {
  const pragma = (name: string) => Object.values(store.prepare<[]>(`PRAGMA ${name}`).get() ?? {})[0];
  const { v } = store.prepare<[], { v: string }>('SELECT sqlite_version() AS v').get() ?? { v: 'unknown' };
  return {
    version: options.runtime.version,
    runtime: options.runtime.name,
    electron: options.runtime.electron,
    chromium: options.runtime.chromium,
    node: process.versions.node,
    sqlite: v,
    databasePath: store.path,
    databaseBytes: sizeOf(store.path) + sizeOf(`${store.path}-wal`),
    journalMode: String(pragma('journal_mode')),
    synchronous: SYNCHRONOUS[Number(pragma('synchronous'))] ?? 'unknown',
    schemaVersion: Number(pragma('user_version')),
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
