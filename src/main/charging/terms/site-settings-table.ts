/** SQL of `site_settings`; every change is in the action log. */
import type { SiteSettings } from '../../../shared/domain/charging/site-settings.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

type Row = { readonly settings: string };

export function putSettings(tx: Transaction, settings: SiteSettings, changedBy: string, changedAtMs: EpochMs): void {
  tx.prepare(
    `INSERT INTO site_settings (depot_id, settings, changed_by, changed_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (depot_id) DO UPDATE SET settings = excluded.settings, changed_by = excluded.changed_by,
       changed_at_ms = excluded.changed_at_ms`,
  ).run(settings.depotId, JSON.stringify(settings), changedBy, changedAtMs);
}

export function readSettings(store: ReadableStore, depotId: string): SiteSettings | undefined {
  const row = store.prepare<[string], Row>('SELECT settings FROM site_settings WHERE depot_id = ?').get(depotId);
  return row && readRow(row);
}

export function readAllSettings(store: ReadableStore): readonly SiteSettings[] {
  return store.prepare<[], Row>('SELECT settings FROM site_settings ORDER BY depot_id').all().map(readRow);
}

/** JSON leaves out what is undefined. */
function readRow({ settings }: Row): SiteSettings {
  const read = JSON.parse(settings) as SiteSettings;
  return {
    ...read,
    gridMeterId: read.gridMeterId,
    feeders: read.feeders.map((feeder) => ({ ...feeder, parent: feeder.parent })),
    bays: read.bays.map((bay) => ({ ...bay, feeder: bay.feeder })),
  };
}
