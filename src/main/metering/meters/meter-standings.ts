/**
 * Where each meter's registers stood when a reading was accepted last: what the next one is measured against. Kept here while
 * it waits to be stored, so that a line that is declared anew goes on where it was.
 */
import type { SeriesCause } from '../../../shared/domain/metering/accept-reading.ts';
import type { Standing } from '../../../shared/domain/metering/reading-sequence.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { decodeReading } from '../codec/decode-reading.ts';
import type { DecodedReading } from '../codec/decoded-reading.ts';
import type { MeterProfile } from '../codec/meter-profile.ts';
import { readLatest, readOpening } from '../readings/reading-table.ts';
import type { NewReading } from '../readings/write-readings.ts';
import { isSeriesAsked } from './series-request-table.ts';
import type { NumberedMeter } from './meter-table.ts';

/** What the next reading of a meter follows. */
export type Footing = {
  /** Undefined where nothing may be compared with it. */
  readonly standing: Standing | undefined;
  /** Why the next reading begins a series, where there is no standing. */
  readonly begins: SeriesCause;
};

export type Standings = {
  readonly of: (meter: Pick<NumberedMeter, 'number' | 'ctRatio'>, profile: MeterProfile) => Footing;
  readonly accepted: (reading: NewReading) => void;
  /** An operator wants the next reading to begin a series; it stands in the store. */
  readonly beginAnew: (meterNumber: number) => void;
};

export type LastReading = Pick<
  NewReading,
  'atMs' | 'monotonicMs' | 'wallAtMs' | 'serialNumber' | 'profile' | 'ctRatio' | 'registers'
> & {
  readonly sameRun: boolean;
};

export function openStandings(store: ReadableStore): Standings {
  const accepted = new Map<number, NewReading>();
  /** Known from the store at first, and from here on as long as the console runs. */
  const asked = new Map<number, boolean>();

  function lastOf(meterNumber: number): LastReading | undefined {
    const reading = accepted.get(meterNumber);
    if (reading !== undefined) return { ...reading, sameRun: true };
    const latest = readLatest(store, meterNumber);
    return latest === undefined ? undefined : { ...latest, sameRun: latest.opening === readOpening(store) };
  }

  return {
    of: ({ number, ctRatio }, profile) => {
      if (!asked.has(number)) asked.set(number, isSeriesAsked(store, number));
      return footingAfter(lastOf(number), { profile, ctRatio, isSeriesAsked: asked.get(number) === true });
    },
    accepted: (reading) => {
      accepted.set(reading.meterNumber, reading);
      if (reading.newSeries === 'operator') asked.set(reading.meterNumber, false);
    },
    beginAnew: (meterNumber) => asked.set(meterNumber, true),
  };
}

/** What a reading follows when this was the last one that was accepted. */
export function footingAfter(
  last: LastReading | undefined,
  now: { readonly profile: MeterProfile; readonly ctRatio: number; readonly isSeriesAsked: boolean },
): Footing {
  if (now.isSeriesAsked) return { standing: undefined, begins: 'operator' };
  if (last === undefined) return { standing: undefined, begins: 'first-reading' };
  if (last.profile !== now.profile.name) return { standing: undefined, begins: 'profile-changed' };
  if (last.ctRatio !== now.ctRatio) return { standing: undefined, begins: 'ratio-changed' };
  const { atMs, monotonicMs, wallAtMs, serialNumber, sameRun } = last;
  const { values, ...scale } = decodeOnce(now.profile, last.registers, now.ctRatio);
  return {
    standing: { reading: { atMs, monotonicMs, serialNumber, values }, wallAtMs, sameRun, ...scale },
    begins: 'first-reading',
  };
}

/** One reading is asked for at each answer until the next is accepted. */
const decoded = new WeakMap<Uint8Array, DecodedReading>();

function decodeOnce(profile: MeterProfile, registers: Uint8Array, ctRatio: number): DecodedReading {
  const reading = decoded.get(registers) ?? decodeReading(profile, registers, ctRatio);
  decoded.set(registers, reading);
  return reading;
}
