/** SQL of `plan_wish`. A wish is never deleted: withdrawing marks it, so what was wanted when can be read later. */
import type { Wish, WishTerms } from '../../../shared/domain/charging/wish.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';

type Row = {
  readonly wish_id: string;
  readonly depot_id: string;
  readonly terms: string;
  readonly given_by: string;
  readonly given_at_ms: number;
  readonly until_ms: number | null;
  readonly withdrawn_at_ms: number | null;
};

export function insertWish(tx: Transaction, wish: Wish): void {
  tx.prepare(
    `INSERT INTO plan_wish (wish_id, depot_id, vehicle_id, terms, given_by, given_at_ms, until_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    wish.wishId,
    wish.depotId,
    'vehicleId' in wish.terms ? wish.terms.vehicleId : null,
    JSON.stringify(wish.terms),
    wish.givenBy,
    wish.givenAtMs,
    wish.untilMs ?? null,
  );
}

export function readWish(store: ReadableStore, wishId: string): Wish | undefined {
  const row = store.prepare<[string], Row>('SELECT * FROM plan_wish WHERE wish_id = ?').get(wishId);
  return row && readRow(row);
}

export function markWithdrawn(tx: Transaction, wishId: string, atMs: EpochMs): void {
  tx.prepare('UPDATE plan_wish SET withdrawn_at_ms = ? WHERE wish_id = ?').run(atMs, wishId);
}

/** In force at the instant, in the order in which they were given. */
export function readWishes(store: ReadableStore, depotId: string, atMs: EpochMs): readonly Wish[] {
  return store
    .prepare<[string, number], Row>(
      `SELECT * FROM plan_wish WHERE depot_id = ? AND withdrawn_at_ms IS NULL AND (until_ms IS NULL OR until_ms > ?)
       ORDER BY given_at_ms, wish_id`,
    )
    .all(depotId, atMs)
    .map(readRow);
}

function readRow(row: Row): Wish {
  return {
    wishId: row.wish_id,
    depotId: row.depot_id,
    terms: JSON.parse(row.terms) as WishTerms,
    givenBy: row.given_by,
    givenAtMs: row.given_at_ms,
    untilMs: row.until_ms ?? undefined,
    withdrawnAtMs: row.withdrawn_at_ms ?? undefined,
  };
}
