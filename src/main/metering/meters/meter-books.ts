/** The books of all meters that were ever declared since the profile was opened: their records, and where those of a number go. */
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import type { ReadableStore } from '../../database/sqlite.ts';
import type { LineClock } from '../../serial/line-clock.ts';
import { decodeReading } from '../codec/decode-reading.ts';
import { readLatest } from '../readings/reading-table.ts';
import type { NewReading } from '../readings/write-readings.ts';
import type { MeterProfiles } from './meter-profiles.ts';
import { openMeterBook, type MeterBook } from './meter-records.ts';
import type { NumberedMeter } from './meter-table.ts';

export type MeterBooks = {
  /** A meter that is new begins with what the store has of it. */
  readonly declare: (meters: readonly NumberedMeter[]) => void;
  readonly of: (meterId: string) => MeterBook | undefined;
  /** Of the meters that are declared now. */
  readonly records: () => readonly MeterRecord[];
  readonly stored: (readings: readonly NewReading[]) => void;
  readonly refused: (meterNumbers: ReadonlySet<number>, error: unknown) => void;
};

export function openMeterBooks(parts: {
  readonly store: ReadableStore;
  readonly profiles: MeterProfiles;
  readonly lineClock: LineClock;
  /** Of a meter that is declared. */
  readonly changed: (record: MeterRecord) => void;
}): MeterBooks {
  const { store, profiles, lineClock } = parts;
  const books = new Map<string, MeterBook>();
  const bookOfNumber = new Map<number, MeterBook>();
  let declared: readonly NumberedMeter[] = [];

  /** A withdrawn meter's last reading may be stored after it is gone. */
  function changed(record: MeterRecord): void {
    if (declared.some(({ id }) => id === record.id)) parts.changed(record);
  }

  function begin(meter: NumberedMeter, model: string): MeterBook {
    const book = openMeterBook(meter, model, lineClock, changed);
    books.set(meter.id, book);
    bookOfNumber.set(meter.number, book);
    const latest = readLatest(store, meter.number);
    const readBy = latest === undefined ? undefined : profiles.of(latest.profile);
    if (latest !== undefined && readBy?.ok === true) {
      const { values } = decodeReading(readBy.value, latest.registers, latest.ctRatio);
      book.stored({ atMs: latest.atMs, serialNumber: latest.serialNumber, values, refusal: undefined });
    }
    return book;
  }

  return {
    declare: (meters) => {
      declared = meters;
      for (const meter of meters) {
        const profile = profiles.of(meter.profile);
        const model = profile.ok ? profile.value.model : meter.profile;
        const known = books.get(meter.id);
        known?.declare(meter, model);
        const book = known ?? begin(meter, model);
        if (!profile.ok) book.fault(profile.message);
      }
    },
    of: (meterId) => books.get(meterId),
    records: () => declared.flatMap(({ id }) => books.get(id)?.record() ?? []),
    stored: (readings) => {
      for (const reading of readings) bookOfNumber.get(reading.meterNumber)?.stored(reading);
    },
    refused: (meterNumbers, error) => {
      const why = error instanceof Error ? error.message : String(error);
      for (const number of meterNumbers)
        bookOfNumber.get(number)?.fault(`The console’s store refused the reading; it is kept and tried again. ${why}`);
    },
  };
}
