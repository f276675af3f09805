/**
 * Where each meter's registers stood when a reading was accepted last: what the next one is measured against. Kept here while
 * it waits to be stored, so that a line that is declared anew goes on where it was.
 */
import type { Standing } from '../../../shared/domain/metering/accept-reading.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import { decodeReading } from '../codec/decode-registers.ts';
import type { MeterProfile } from '../codec/meter-profile.ts';
import { readLatest, readOpening } from '../readings/reading-table.ts';
import type { NewReading } from '../readings/write-readings.ts';

export type Standings = {
  /** Undefined when the meter was never read by this profile. */
  readonly of: (meterNumber: number, profile: MeterProfile) => Standing | undefined;
  readonly accepted: (reading: NewReading) => void;
};

export function openStandings(store: ReadableStore): Standings {
  const accepted = new Map<number, NewReading>();
  return {
    of: (meterNumber, profile) => {
      const reading = accepted.get(meterNumber);
      if (reading !== undefined) return reading.profile === profile.name ? { reading, sameRun: true } : undefined;
      const latest = readLatest(store, meterNumber);
      if (latest === undefined || latest.profile !== profile.name) return undefined;
      const { atMs, monotonicMs, serialNumber, registers, opening } = latest;
      const { values } = decodeReading(profile, registers);
      return { reading: { atMs, monotonicMs, serialNumber, values }, sameRun: opening === readOpening(store) };
    },
    accepted: (reading) => accepted.set(reading.meterNumber, reading),
  };
}
