/**
 * Quarter hours in the transaction that stores the readings they are made of: a reading that is stored is counted, and one that
 * is taken back is not. Where each meter stands is kept in memory and changes only with the commit.
 */
import type { SeriesCause } from '../../../shared/domain/metering/accept-reading.ts';
import {
  beginOfQuarter,
  countReading,
  type CountedReading,
  type OpenInterval,
} from '../../../shared/domain/metering/derive-intervals.ts';
import { toMilliwattHours } from '../../../shared/domain/metering/energy-between.ts';
import type { MeterValues } from '../../../shared/domain/metering/meter.ts';
import type { EpochMs } from '../../../shared/kernel/instant.ts';
import type { Transaction } from '../../database/sqlite.ts';
import { decodeReading } from '../codec/decode-reading.ts';
import type { MeterProfiles } from '../meters/meter-profiles.ts';
import { readCornerstones } from '../readings/read-cornerstones.ts';
import { readLatest } from '../readings/reading-table.ts';
import { sumChangedDays } from './day-table.ts';
import { addDerived, lastIntervalBegin } from './interval-table.ts';
import { putOpenInterval, readOpenInterval } from './open-interval-table.ts';

type RawReading = {
  readonly registers: Uint8Array;
  readonly profile: string;
  readonly ctRatio: number;
};

type AcceptedReading = RawReading & {
  readonly meterNumber: number;
  readonly atMs: EpochMs;
  readonly seriesId: number;
  /** Set when the reading begins its series. */
  readonly cause: SeriesCause | undefined;
  readonly values: MeterValues;
};

type NumberedReading = CountedReading & { readonly meterNumber: number };

export type Derivation = {
  /** Before the readings of a batch are written: what is stored already is what their meters continue. */
  readonly open: (tx: Transaction, meterNumbers: Iterable<number>) => void;
  /** An accepted reading, in the order they came. */
  readonly count: (tx: Transaction, reading: AcceptedReading) => void;
};

export function deriveAsStored(profiles: MeterProfiles): Derivation {
  const standing = new Map<number, OpenInterval>();
  /** Of the transaction that is under way. */
  const changed = new Map<number, OpenInterval>();
  const opened = new Set<number>();

  function countOne(tx: Transaction, { meterNumber, ...reading }: NumberedReading): void {
    const before = changed.get(meterNumber) ?? standing.get(meterNumber);
    const { open, intervals, ignored } = countReading(before, reading);
    changed.set(meterNumber, open);
    if (intervals.length > 0) {
      const newestBefore = lastIntervalBegin(tx, meterNumber, Infinity);
      addDerived(tx, meterNumber, intervals);
      const begins = intervals.map(({ beginMs }) => beginMs);
      sumChangedDays(tx, meterNumber, begins, newestBefore);
    }
    // A reading that only goes on within its quarter hour is found again as the latest one.
    if (ignored !== undefined || !goesOn(before, open)) putOpenInterval(tx, meterNumber, open);
  }

  /** After a start: from where deriving stood, and what was stored since; all that is stored if it never stood anywhere. */
  function catchUp(tx: Transaction, meterNumber: number): void {
    const open = readOpenInterval(tx, meterNumber);
    if (open !== undefined) changed.set(meterNumber, open);
    const latest = readLatest(tx, meterNumber);
    const missed = open === undefined ? readCornerstones(tx, meterNumber, beginOfQuarter) : [];
    if (latest !== undefined) missed.push({ ...latest, cause: undefined });
    for (const reading of missed) {
      const values = decodeStored(profiles, reading);
      const counted = values && countedOf(profiles, { ...reading, meterNumber, values });
      if (counted !== undefined) countOne(tx, counted);
    }
  }

  return {
    open: (tx, meterNumbers) => {
      tx.afterRollback(() => changed.clear());
      for (const meterNumber of new Set(meterNumbers)) {
        if (opened.has(meterNumber)) continue;
        catchUp(tx, meterNumber);
        tx.afterCommit(() => opened.add(meterNumber));
      }
      tx.afterCommit(() => {
        for (const [meterNumber, open] of changed) standing.set(meterNumber, open);
        changed.clear();
      });
    },
    count: (tx, reading) => {
      const counted = countedOf(profiles, reading);
      if (counted !== undefined) countOne(tx, counted);
    },
  };
}

function goesOn(before: OpenInterval | undefined, after: OpenInterval): boolean {
  return (
    before !== undefined &&
    before.beginMs === after.beginMs &&
    before.newest.seriesId === after.newest.seriesId &&
    before.newest.atMs < after.newest.atMs
  );
}

/** Undefined for one without an energy, which `accept-reading` does not let through. */
function countedOf(profiles: MeterProfiles, reading: AcceptedReading): NumberedReading | undefined {
  const { meterNumber, atMs, seriesId, values, cause } = reading;
  if (values.importWh === undefined) return undefined;
  return {
    meterNumber,
    atMs: Math.round(atMs),
    seriesId,
    importMwh: toMilliwattHours(values.importWh),
    exportMwh: values.exportWh === undefined ? undefined : toMilliwattHours(values.exportWh),
    modulusMwh: cause === 'rolled-over' ? modulusOf(profiles, reading) : undefined,
  };
}

function decodeStored(profiles: MeterProfiles, reading: RawReading): MeterValues | undefined {
  const profile = profiles.of(reading.profile);
  return profile.ok ? decodeReading(profile.value, reading.registers, reading.ctRatio).values : undefined;
}

/** Where the register begins again, by what the meter sent itself. */
function modulusOf(profiles: MeterProfiles, reading: RawReading): number | undefined {
  const profile = profiles.of(reading.profile);
  if (!profile.ok) return undefined;
  const { rollsOverAtWh } = decodeReading(profile.value, reading.registers, reading.ctRatio);
  return rollsOverAtWh === undefined ? undefined : toMilliwattHours(rollsOverAtWh);
}
