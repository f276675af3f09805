/** The meters that are declared. Each gets a number at its first mention, under which its readings stand. */
import type { AccuracyClass, MeterRole } from '../../../shared/domain/metering/meter.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import type { DeclaredMeter, LineOrigin } from '../lines/declared-line.ts';

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
  parent_id: string | null;
  evse_key: string | null;
  accuracy_class: string | null;
  ct_ratio: number;
};

/** In the order they were declared. */
export function readMeters(store: ReadableStore): NumberedMeter[] {
  return store
    .prepare<[], MeterRow>('SELECT * FROM meter WHERE withdrawn_at_ms IS NULL ORDER BY position, id')
    .all()
    .map(readRow);
}

/** Those that were declared at this instant or later, by the profile's clock: what they counted until then belongs to their depot. */
export function readMetersSince(store: ReadableStore, sinceMs: EpochMs): NumberedMeter[] {
  return store
    .prepare<[number], MeterRow>(
      'SELECT * FROM meter WHERE withdrawn_at_ms IS NULL OR withdrawn_at_ms > ? ORDER BY position, id',
    )
    .all(sinceMs)
    .map(readRow);
}

function readRow(row: MeterRow): NumberedMeter {
  return {
    number: row.number,
    id: row.id,
    name: row.name,
    role: row.role as MeterRole,
    depotId: row.depot_id,
    lineId: row.line_id,
    // A unit address of 0 is none.
    unitAddress: row.unit_address === 0 ? undefined : row.unit_address,
    profile: row.profile,
    ratedCurrentA: row.rated_current_a ?? undefined,
    parentId: row.parent_id ?? undefined,
    evseKey: row.evse_key ?? undefined,
    accuracyClass: (row.accuracy_class ?? undefined) as AccuracyClass | undefined,
    ctRatio: row.ct_ratio,
  };
}

/** Of a withdrawn one too: its history may still be asked for. */
export function numberOfMeter(store: ReadableStore, id: string): number | undefined {
  return store.prepare<[string], { number: number }>('SELECT number FROM meter WHERE id = ?').get(id)?.number;
}

export function lineOfMeter(store: ReadableStore, id: string): string | undefined {
  return store.prepare<[string], { line_id: string }>('SELECT line_id FROM meter WHERE id = ?').get(id)?.line_id;
}

/** Those of the lines of this origin, and no others. */
export function putMeters(tx: Transaction, origin: LineOrigin, meters: readonly DeclaredMeter[], atMs: EpochMs): void {
  tx.prepare(
    `UPDATE meter SET withdrawn_at_ms = ? WHERE withdrawn_at_ms IS NULL
     AND line_id IN (SELECT id FROM meter_line WHERE origin = ?)`,
  ).run(atMs, origin);
  const put = tx.prepare(
    `INSERT INTO meter (id, name, role, depot_id, line_id, unit_address, profile, rated_current_a, position, parent_id,
       evse_key, accuracy_class, ct_ratio)
     VALUES (@id, @name, @role, @depotId, @lineId, @unitAddress, @profile, @ratedCurrentA, @position, @parentId,
       @evseKey, @accuracyClass, @ctRatio)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, depot_id = excluded.depot_id,
       line_id = excluded.line_id, unit_address = excluded.unit_address, profile = excluded.profile,
       rated_current_a = excluded.rated_current_a, position = excluded.position, parent_id = excluded.parent_id,
       evse_key = excluded.evse_key, accuracy_class = excluded.accuracy_class, ct_ratio = excluded.ct_ratio,
       withdrawn_at_ms = NULL`,
  );
  for (const [position, meter] of meters.entries()) {
    const { unitAddress = 0, ratedCurrentA = null, parentId = null, evseKey = null, accuracyClass = null } = meter;
    put.run({ ...meter, unitAddress, ratedCurrentA, parentId, evseKey, accuracyClass, position });
  }
}
