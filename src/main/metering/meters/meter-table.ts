/** The meters that are declared. Each gets a number at its first mention, under which its readings stand. */
import type { MeterRole } from '../../../shared/domain/metering/meter.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import type { DeclaredMeter } from '../lines/declared-line.ts';

export type NumberedMeter = DeclaredMeter & { readonly number: number };

type MeterRow = {
  number: number;
  id: string;
  name: string;
  role: string;
  depot_id: string;
  line_id: string;
  unit_address: number;
  profile: string;
  rated_current_a: number | null;
};

/** In the order they were declared. */
export function readMeters(store: ReadableStore): NumberedMeter[] {
  return store
    .prepare<[], MeterRow>('SELECT * FROM meter WHERE withdrawn_at_ms IS NULL ORDER BY position')
    .all()
    .map((row) => ({
      number: row.number,
      id: row.id,
      name: row.name,
      role: row.role as MeterRole,
      depotId: row.depot_id,
      lineId: row.line_id,
      unitAddress: row.unit_address,
      profile: row.profile,
      ratedCurrentA: row.rated_current_a ?? undefined,
    }));
}

/** Of a withdrawn one too: its history may still be asked for. */
export function numberOfMeter(store: ReadableStore, id: string): number | undefined {
  return store.prepare<[string], { number: number }>('SELECT number FROM meter WHERE id = ?').get(id)?.number;
}

export function lineOfMeter(store: ReadableStore, id: string): string | undefined {
  return store.prepare<[string], { line_id: string }>('SELECT line_id FROM meter WHERE id = ?').get(id)?.line_id;
}

export function putMeters(tx: Transaction, meters: readonly DeclaredMeter[], atMs: EpochMs): void {
  tx.prepare('UPDATE meter SET withdrawn_at_ms = ? WHERE withdrawn_at_ms IS NULL').run(atMs);
  const put = tx.prepare(
    `INSERT INTO meter (id, name, role, depot_id, line_id, unit_address, profile, rated_current_a, position)
     VALUES (@id, @name, @role, @depotId, @lineId, @unitAddress, @profile, @ratedCurrentA, @position)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, depot_id = excluded.depot_id,
       line_id = excluded.line_id, unit_address = excluded.unit_address, profile = excluded.profile,
       rated_current_a = excluded.rated_current_a, position = excluded.position, withdrawn_at_ms = NULL`,
  );
  for (const [position, meter] of meters.entries()) {
    const { id, name, role, depotId, lineId, unitAddress, profile, ratedCurrentA = null } = meter;
    put.run({ id, name, role, depotId, lineId, unitAddress, profile, ratedCurrentA, position });
  }
}
