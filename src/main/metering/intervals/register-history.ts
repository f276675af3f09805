/** Readings as they came, page by page, with what their registers said: the evidence behind every energy. */
import type { QueryInput } from '../../../shared/ipc/console-api.ts';
import type { RegisterHistory, RegisterRow } from '../../../shared/ipc/metering/interval-contract.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { decodeReading } from '../codec/decode-reading.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { numberOfMeter } from '../meters/meter-table.ts';

type ReadingRow = {
  at_ms: number;
  wall_at_ms: number;
  series_id: number | null;
  serial_number: string | null;
  quality: string;
  refused_code: string | null;
  registers: Uint8Array;
  /** Null where a reading was refused before any was accepted. */
  profile: string | null;
  ct_ratio: number | null;
};

/** Newest first, those before an instant. */
export function readRegisterHistory(
  store: ReadableStore,
  profiles: MeterProfiles,
  { meterId, beforeMs = Number.MAX_SAFE_INTEGER, limit }: QueryInput<'metering/registers'>,
): RegisterHistory {
  const number = numberOfMeter(store, meterId);
  if (number === undefined) return { rows: [], more: false };
  const rows = store
    .prepare<[number, number, number], ReadingRow>(
      `SELECT at_ms, wall_at_ms, series_id, reading.serial_number, quality, refused_code, registers, profile, ct_ratio
       FROM meter_reading AS reading LEFT JOIN meter_series AS series ON series.id = series_id
       WHERE reading.meter_number = ? AND at_ms < ? ORDER BY at_ms DESC LIMIT ?`,
    )
    .all(number, beforeMs, limit + 1);
  return { rows: rows.slice(0, limit).map((row) => toRegisterRow(profiles, row)), more: rows.length > limit };
}

function toRegisterRow(profiles: MeterProfiles, row: ReadingRow): RegisterRow {
  const profile = row.profile === null ? undefined : profiles.of(row.profile);
  const values =
    profile?.ok === true ? decodeReading(profile.value, row.registers, row.ct_ratio ?? 1).values : undefined;
  return {
    atMs: row.at_ms,
    wallAtMs: row.wall_at_ms,
    seriesId: row.series_id ?? undefined,
    serialNumber: row.serial_number ?? undefined,
    quality: row.quality as RegisterRow['quality'],
    refusedCode: row.refused_code ?? undefined,
    importWh: values?.importWh,
    exportWh: values?.exportWh,
    raw: Buffer.from(row.registers).toString('hex'),
  };
}
