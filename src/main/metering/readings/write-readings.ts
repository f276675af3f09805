/**
 * Writes a batch of readings inside one transaction: series, history, the latest of each meter, the quarter hours that are over
 * by them, and forgetting. What it remembers of a meter changes only with the commit.
 */
import type { SeriesCause } from '../../../shared/domain/metering/accept-reading.ts';
import type { MeterValues } from '../../../shared/domain/metering/meter.ts';
import type { Clock, EpochMs } from '../../../shared/kernel/instant.ts';
import type { ReadableStore, Transaction } from '../../database/sqlite.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { forgetOldIntervals } from '../intervals/day-table.ts';
import { deriveAsStored } from '../intervals/derive-as-stored.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import {
  beginSeries,
  forgetOldReadings,
  insertReading,
  keepLatest,
  putLatest,
  readLatest,
  readOpening,
  type StoredReading,
} from './reading-table.ts';
import { createReadingThinner } from './thin-readings.ts';

export type NewReading = Omit<StoredReading, 'seriesId' | 'opening' | 'refusedCode'> & {
  /** The profile the registers are read by, and the ratio of the transformers before them. */
  readonly profile: string;
  readonly ctRatio: number;
  readonly values: MeterValues;
  /** Set when a rule refused it. */
  readonly refusal: { readonly code: string; readonly message: string } | undefined;
  /** Set when it begins a series. */
  readonly newSeries: SeriesCause | undefined;
};

export type WaitingReading = {
  readonly reading: NewReading;
  /** It is to stand in the history, not only as the latest. */
  history: boolean;
  /** The reading before it, if it is stored as the latest only, is to be kept: what follows is far from it. */
  readonly keepsPrevious: boolean;
};

export type ReadingWriter = {
  /** When the history's newest reading was taken, if it is the latest; otherwise long ago. */
  readonly lastInHistoryMs: (meterNumber: number) => EpochMs;
  readonly write: (tx: Transaction, batch: readonly WaitingReading[]) => void;
};

const FORGET_EVERY_MS = 60_000;
/** In one transaction: however many meters there are, what is written now waits for some milliseconds at most. */
const FORGETTING_METERS = 10;

export function createReadingWriter(parts: {
  readonly store: ReadableStore;
  readonly clock: Clock;
  readonly lineClock: LineClock;
  readonly profiles: MeterProfiles;
}): ReadingWriter {
  const { store, clock, lineClock } = parts;
  const derivation = deriveAsStored(parts.profiles);
  const thinner = createReadingThinner();
  const opening = readOpening(store);
  const seriesOf = new Map<number, number | undefined>();
  const forgottenAtMs = new Map<number, number>();

  function standingSeries(meterNumber: number): number | undefined {
    if (!seriesOf.has(meterNumber)) seriesOf.set(meterNumber, readLatest(store, meterNumber)?.seriesId);
    return seriesOf.get(meterNumber);
  }

  function forgetSome(tx: Transaction, meterNumbers: Iterable<number>): void {
    const nowMs = lineClock.monotonicMs();
    const lastMs = (meterNumber: number): number => forgottenAtMs.get(meterNumber) ?? -Infinity;
    const due = [...meterNumbers]
      .filter((meterNumber) => nowMs - lastMs(meterNumber) >= FORGET_EVERY_MS)
      .toSorted((one, other) => lastMs(one) - lastMs(other));
    for (const meterNumber of due.slice(0, FORGETTING_METERS)) {
      forgetOldReadings(tx, meterNumber, clock.nowMs());
      thinner.thin(tx, meterNumber, clock.nowMs());
      forgetOldIntervals(tx, meterNumber, clock.nowMs());
      tx.afterCommit(() => forgottenAtMs.set(meterNumber, nowMs));
    }
  }

  return {
    lastInHistoryMs: (meterNumber) => {
      const latest = readLatest(store, meterNumber);
      return latest?.inHistory === true ? latest.atMs : -Infinity;
    },
    write: (tx, batch) => {
      const accepting = batch.filter(({ reading }) => reading.refusal === undefined);
      derivation.open(
        tx,
        accepting.map(({ reading }) => reading.meterNumber),
      );
      const series = new Map<number, number>();
      const last = new Map<number, { readonly stored: StoredReading; readonly history: boolean }>();
      for (const { reading, history, keepsPrevious } of batch) {
        const { meterNumber, newSeries, refusal, values: _, ...raw } = reading;
        if (keepsPrevious && !last.has(meterNumber)) keepLatest(tx, meterNumber);
        const standing = series.get(meterNumber) ?? standingSeries(meterNumber);
        const accepted = refusal === undefined;
        const seriesId =
          accepted && (standing === undefined || newSeries !== undefined)
            ? beginSeries(tx, { ...reading, cause: newSeries ?? 'first-reading', beganAtMs: reading.atMs })
            : standing;
        const stored = { ...raw, meterNumber, opening, seriesId, refusedCode: refusal?.code };
        if (history) insertReading(tx, stored);
        if (!accepted || seriesId === undefined) continue;
        derivation.count(tx, { ...reading, seriesId, cause: newSeries });
        series.set(meterNumber, seriesId);
        last.set(meterNumber, { stored, history });
      }
      for (const { stored, history } of last.values()) putLatest(tx, stored, history);
      forgetSome(tx, last.keys());
      tx.afterCommit(() => {
        for (const [meterNumber, seriesId] of series) seriesOf.set(meterNumber, seriesId);
      });
    },
  };
}
