/**
 * Readings as they came: raw registers, the instrument's serial number, instants and quality. Values are derived from them
 * whenever they are asked for, so that a mistake in a profile can be mended afterwards. Clustered by meter and time.
 */
import type { SeriesCause } from '../../../shared/domain/metering/accept-reading.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import { seriesBegan } from '../meters/series-request-table.ts';

/**
 * A month is billed and may be disputed: readings are kept until the bill of the month they lie in has been out for
 * a week or so. A row is some 230 bytes; `thin-readings` says how many there are.
 */
export const KEPT_MS = 40 * 86_400_000;
/** Small, so that forgetting never holds up what is written now. */
const FORGOTTEN_AT_ONCE = 500;

/** plain: accepted at once; confirmed: accepted after reading again; refused: kept as evidence, never counted. */
export type ReadingQuality = 'plain' | 'confirmed' | 'refused';

export type StoredReading = {
  readonly meterNumber: number;
  /** The profile's clock. */
  readonly atMs: EpochMs;
  readonly wallAtMs: EpochMs;
  /** Compares only with instants of the same opening of the store. */
  readonly monotonicMs: number;
  readonly opening: number;
  readonly seriesId: number | undefined;
  readonly serialNumber: string | undefined;
  readonly quality: ReadingQuality;
  readonly refusedCode: string | undefined;
  readonly registers: Uint8Array;
};

export type LatestReading = StoredReading & {
  readonly seriesId: number;
  /** The profile the registers were read by, and the ratio of the transformers before them. */
  readonly profile: string;
  readonly ctRatio: number;
  readonly inHistory: boolean;
};

/** Two readings of one meter in one millisecond happen only when the clock was put back; the first stands. */
export function insertReading(tx: Transaction, reading: StoredReading): void {
  tx.prepare(
    `INSERT INTO meter_reading VALUES (@meterNumber, @atMs, @wallAtMs, @monotonicMs, @opening, @seriesId, @serialNumber,
       @quality, @refusedCode, @registers) ON CONFLICT DO NOTHING`,
  ).run(toRow(reading));
}

export function putLatest(tx: Transaction, reading: StoredReading, inHistory: boolean): void {
  tx.prepare(
    `INSERT OR REPLACE INTO meter_latest VALUES (@meterNumber, @atMs, @wallAtMs, @monotonicMs, @opening, @seriesId,
       @serialNumber, @quality, @registers, @inHistory)`,
  ).run({ ...toRow(reading), inHistory: Number(inHistory) });
}

/** The reading that stands as the latest only is kept for good: what follows does not continue it closely. */
export function keepLatest(tx: Transaction, meterNumber: number): void {
  tx.prepare(
    `INSERT INTO meter_reading
     SELECT meter_number, at_ms, wall_at_ms, monotonic_ms, opening, series_id, serial_number, quality, NULL, registers
     FROM meter_latest WHERE meter_number = ? AND in_history = 0 ON CONFLICT DO NOTHING`,
  ).run(meterNumber);
}

function toRow(reading: StoredReading) {
  const { seriesId = null, serialNumber = null, refusedCode = null } = reading;
  return { ...reading, atMs: Math.round(reading.atMs), seriesId, serialNumber, refusedCode };
}

type LatestRow = {
  meter_number: number;
  at_ms: number;
  wall_at_ms: number;
  monotonic_ms: number;
  opening: number;
  series_id: number;
  serial_number: string | null;
  quality: string;
  registers: Uint8Array;
  in_history: number;
  profile: string;
  ct_ratio: number;
};

export function readLatest(store: ReadableStore, meterNumber: number): LatestReading | undefined {
  const row = store
    .prepare<[number], LatestRow>(
      `SELECT latest.*, series.profile, series.ct_ratio FROM meter_latest AS latest JOIN meter_series AS series ON series.id = series_id
       WHERE latest.meter_number = ?`,
    )
    .get(meterNumber);
  if (row === undefined) return undefined;
  return {
    meterNumber: row.meter_number,
    atMs: row.at_ms,
    wallAtMs: row.wall_at_ms,
    monotonicMs: row.monotonic_ms,
    opening: row.opening,
    seriesId: row.series_id,
    serialNumber: row.serial_number ?? undefined,
    quality: row.quality as ReadingQuality,
    refusedCode: undefined,
    registers: row.registers,
    inHistory: row.in_history === 1,
    profile: row.profile,
    ctRatio: row.ct_ratio,
  };
}

/** Registers count on from one reading to the next within a series only. */
export function beginSeries(
  tx: Transaction,
  series: {
    readonly meterNumber: number;
    readonly serialNumber: string | undefined;
    readonly profile: string;
    readonly ctRatio: number;
    readonly cause: SeriesCause;
    readonly beganAtMs: EpochMs;
  },
): number {
  const { serialNumber = null } = series;
  if (series.cause === 'operator') seriesBegan(tx, series.meterNumber);
  return Number(
    tx
      .prepare(
        `INSERT INTO meter_series (meter_number, serial_number, profile, ct_ratio, cause, began_at_ms)
         VALUES (@meterNumber, @serialNumber, @profile, @ctRatio, @cause, @beganAtMs)`,
      )
      .run({ ...series, serialNumber, beganAtMs: Math.round(series.beganAtMs) }).lastInsertRowid,
  );
}

/** When readings of a range were accepted, oldest first. */
export function readInstants(store: ReadableStore, meterNumber: number, fromMs: EpochMs, toMs: EpochMs): EpochMs[] {
  return store
    .prepare<[number, number, number], EpochMs>(
      `SELECT at_ms FROM meter_reading WHERE meter_number = ? AND at_ms BETWEEN ? AND ? AND refused_code IS NULL
       ORDER BY at_ms`,
    )
    .pluck()
    .all(meterNumber, fromMs, toMs);
}

/** One accepted reading with the profile it was read by. */
export function readAccepted(
  store: ReadableStore,
  meterNumber: number,
  atMs: EpochMs,
): { readonly registers: Uint8Array; readonly profile: string; readonly ctRatio: number } | undefined {
  return store
    .prepare<[number, number], { registers: Uint8Array; profile: string; ctRatio: number }>(
      `SELECT registers, profile, ct_ratio AS ctRatio FROM meter_reading AS reading JOIN meter_series AS series ON series.id = series_id
       WHERE reading.meter_number = ? AND at_ms = ?`,
    )
    .get(meterNumber, atMs);
}

/**
 * Some of what is older than is kept; called often, it forgets all of it. Nothing is forgotten while as much time as is kept
 * lies between the last reading to go and the first to stay: a clock that was put ahead by mistake must not empty the history.
 */
export function forgetOldReadings(tx: Transaction, meterNumber: number, nowMs: EpochMs): void {
  const before = nowMs - KEPT_MS;
  const edge = tx
    .prepare<[number, number, number, number], { lastToGo: number | null; firstToStay: number | null }>(
      `SELECT (SELECT max(at_ms) FROM meter_reading WHERE meter_number = ? AND at_ms < ?) AS lastToGo,
         (SELECT min(at_ms) FROM meter_reading WHERE meter_number = ? AND at_ms >= ?) AS firstToStay`,
    )
    .get(meterNumber, before, meterNumber, before);
  if (edge === undefined || edge.lastToGo === null) return;
  if ((edge.firstToStay ?? nowMs) - edge.lastToGo >= KEPT_MS) return;
  tx.prepare(
    `DELETE FROM meter_reading WHERE meter_number = @meterNumber AND at_ms IN (
       SELECT at_ms FROM meter_reading WHERE meter_number = @meterNumber AND at_ms < @before
       ORDER BY at_ms LIMIT ${FORGOTTEN_AT_ONCE})`,
  ).run({ meterNumber, before });
}

/** Which opening of the store this is: instants of the monotonic clock compare within one only. */
export function readOpening(store: ReadableStore): number {
  return store.prepare<[], { count: number }>('SELECT count FROM store_opening').get()?.count ?? 0;
}
