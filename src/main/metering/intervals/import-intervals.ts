/**
 * Use case: energies of a meter that nobody here can read, from a file. What the preview shows is what the import stores, since
 * both ask the same.
 *
 * Invariant: what was measured here is never overwritten by a file. All of a file is stored or nothing, once.
 */
import { fromMilliwattHours } from '../../../shared/domain/metering/energy-between.ts';
import { INTERVAL_MS } from '../../../shared/domain/metering/interval.ts';
import type { CommandInput, QueryInput } from '../../../shared/ipc/console-api.ts';
import type { CommandAnswer } from '../../../shared/ipc/contract.ts';
import type { ImportPreview } from '../../../shared/ipc/metering/interval-contract.ts';
import type { Clock, EpochMs } from '../../../shared/kernel/instant.ts';
import { accept, refuse, type Result } from '../../../shared/kernel/result.ts';
import type { ReadableStore, Store } from '../../database/sqlite.ts';
import { appendAction } from '../../outbox/action-log.ts';
import { ACCEPTED, answerAgain, refuseWith } from '../../outbox/command-answer.ts';
import { numberOfMeter } from '../meters/meter-table.ts';
import { sumChangedDays, zoneOfMeter } from './day-table.ts';
import type { FileQuarter } from './energy-file/place-energies.ts';
import { readEnergyFile, type EnergyFile } from './energy-file/read-energy-file.ts';
import { appendImport, hashOfFile, readImportedAtMs } from './interval-import-table.ts';
import { CODE_OF_BASIS, lastIntervalBegin, putIntervals, readIntervalRows } from './interval-table.ts';

type ImportInput = Omit<CommandInput<'metering/import-intervals'>, 'commandId'>;

const SHOWN_FAULTS = 200;
const KIND = 'IMPORT_INTERVALS';
const NOTHING: ImportPreview = {
  understood: [],
  intervals: 0,
  fromMs: undefined,
  toMs: undefined,
  importWh: undefined,
  missing: 0,
  measuredHere: 0,
  faults: [],
  faultCount: 0,
  importedAtMs: undefined,
};

type Considered = EnergyFile & {
  readonly meterNumber: number;
  /** Of the file's quarter hours those that are not measured here. */
  readonly taken: readonly FileQuarter[];
};

function consider(store: ReadableStore, input: ImportInput, nowMs: EpochMs): Result<Considered> {
  const meterNumber = numberOfMeter(store, input.meterId);
  if (meterNumber === undefined)
    return refuse('meter-unknown', 'This meter is not known here. Reload the list and choose it again.');
  const file = readEnergyFile(input, zoneOfMeter(store, meterNumber), nowMs);
  if (!file.ok) return file;
  const { quarters } = file.value;
  const measured = new Set(
    readIntervalRows(store, meterNumber, quarters[0]?.beginMs ?? 0, (quarters.at(-1)?.beginMs ?? -1) + 1)
      .filter(({ basis }) => basis === CODE_OF_BASIS.measured || basis === CODE_OF_BASIS.spread)
      .map(({ begin_ms }) => begin_ms),
  );
  return accept({ ...file.value, meterNumber, taken: quarters.filter(({ beginMs }) => !measured.has(beginMs)) });
}

export function previewImport(
  store: ReadableStore,
  input: QueryInput<'metering/preview-import'>,
  nowMs: EpochMs,
): ImportPreview {
  const considered = consider(store, input, nowMs);
  if (!considered.ok)
    return { ...NOTHING, faults: [{ line: 0, text: '', message: considered.message }], faultCount: 1 };
  const { meterNumber, understood, quarters, taken, faults } = considered.value;
  const [first, last] = [quarters[0], quarters.at(-1)];
  const span = first === undefined || last === undefined ? 0 : (last.beginMs - first.beginMs) / INTERVAL_MS + 1;
  return {
    understood,
    intervals: quarters.length,
    fromMs: first?.beginMs,
    toMs: last === undefined ? undefined : last.beginMs + INTERVAL_MS,
    importWh: first === undefined ? undefined : fromMilliwattHours(quarters.reduce((sum, { mwh }) => sum + mwh, 0)),
    missing: span - quarters.length,
    measuredHere: quarters.length - taken.length,
    faults: faults.slice(0, SHOWN_FAULTS),
    faultCount: faults.length,
    importedAtMs: readImportedAtMs(store, meterNumber, hashOfFile(input.text)),
  };
}

export function importIntervals(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  input: CommandInput<'metering/import-intervals'>,
  operator: string,
): CommandAnswer {
  const commandId = input.commandId.toLowerCase();
  const contentHash = hashOfFile(input.text);
  const { meterId, fileName, columns, timeZone, unit, stamps } = input;
  // How it is to be read makes other energies of the same file.
  const body = { meterId, fileName, contentHash, columns, timeZone, unit, stamps };
  return store.write((tx) => {
    const again = answerAgain(tx, commandId, KIND, body);
    if (again !== undefined) return again;
    const importedAtMs = Math.round(clock.nowMs());
    const considered = consider(tx, input, importedAtMs);
    if (!considered.ok) return refuseWith(considered);
    const { meterNumber, taken } = considered.value;
    if (readImportedAtMs(tx, meterNumber, contentHash) !== undefined)
      return refuseWith(
        refuse('imported-before', 'This very file was imported for this meter before. Nothing was stored again.'),
      );
    if (taken.length === 0)
      return refuseWith(
        refuse(
          'nothing-to-import',
          'The file has no quarter hour that is not measured here already. Nothing was stored.',
        ),
      );
    const newestBefore = lastIntervalBegin(tx, meterNumber, Infinity);
    const row = { meterNumber, contentHash, fileName, commandId, operator, importedAtMs, intervalCount: taken.length };
    const importId = appendImport(tx, row);
    const intervals = taken.map(({ beginMs, mwh }) => ({
      beginMs,
      importWh: fromMilliwattHours(mwh),
      exportWh: undefined,
      basis: 'imported' as const,
      bracketMs: 0,
    }));
    putIntervals(tx, meterNumber, intervals, importId);
    const begins = taken.map(({ beginMs }) => beginMs);
    sumChangedDays(tx, meterNumber, begins, newestBefore);
    appendAction(tx, { atMs: importedAtMs, operator, commandId, kind: KIND, body });
    return ACCEPTED;
  });
}
