/** SQL of `site_terms`: what was entered stays; in the order of entering, so that of two rows with the same day the later holds. */
import type { SiteTerms } from '../../../shared/domain/charging/site-terms.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

export function insertTerms(tx: Transaction, terms: SiteTerms, enteredBy: string, enteredAtMs: EpochMs): void {
  tx.prepare(
    'INSERT INTO site_terms (depot_id, valid_from_ms, terms, entered_by, entered_at_ms) VALUES (?, ?, ?, ?, ?)',
  ).run(terms.depotId, terms.validFromMs, JSON.stringify(terms), enteredBy, enteredAtMs);
}

export function readTerms(store: ReadableStore, depotId: string): readonly SiteTerms[] {
  return store
    .prepare<[string], { terms: string }>('SELECT terms FROM site_terms WHERE depot_id = ? ORDER BY number')
    .all(depotId)
    .map(({ terms }) => JSON.parse(terms) as SiteTerms);
}
