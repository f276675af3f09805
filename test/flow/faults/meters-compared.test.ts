/**
 * Six kinds of meter on one paced line, served by pymodbus and read by the whole of metering; then the same registers are
 * read by mbpoll. The registers stored are compared word by word, and each value with what mbpoll makes of them, by the
 * makers' documents and not by our profiles: where a value stands and what a step of it is, is written here once more.
 */
import { describe, expect, onTestFinished, test } from 'vitest';
import type { MeterValues } from '../../../src/shared/domain/metering/meter.ts';
import { printFigures } from '../../support/print-figures.ts';
import { chooseSeed } from '../../support/seeded-random.ts';
import {
  isReaderAbsent,
  readIndependently,
  type ReaderQuestion,
} from '../../support/serial-line/independent-reader.ts';
import { startMeteredLine } from '../../support/serial-line/metered-line.ts';
import { pause } from '../../support/serial-line/poll-meters.ts';
import { isSlaveAbsent } from '../../support/serial-line/serial-line.ts';
import { waitUntil } from '../../support/wait-until.ts';

type Form = 'float' | 'int' | 'u16' | 'u64';
type Column = readonly [register: number, form: Form, step: number];
type Columns = {
  readonly voltageV: Column;
  readonly currentA: Column;
  readonly phasePowerW: Column;
  readonly powerW: Column;
  readonly frequencyHz: Column;
  readonly importWh: Column;
  readonly exportWh: Column;
};
type Kind = {
  readonly functionCode: 3 | 4;
  readonly phases: 1 | 3;
  readonly highWordFirst: boolean;
  /** What the console reads of it, in this order. */
  readonly blocks: readonly (readonly [firstRegister: number, count: number])[];
  readonly serialNumber: string | undefined;
  readonly columns: Columns;
};

const eastron: Columns = {
  voltageV: [0x00, 'float', 1],
  currentA: [0x06, 'float', 1],
  phasePowerW: [0x0c, 'float', 1],
  powerW: [0x34, 'float', 1],
  frequencyHz: [0x46, 'float', 1],
  importWh: [0x48, 'float', 1000],
  exportWh: [0x4a, 'float', 1000],
};

const KINDS: Readonly<Record<string, Kind>> = {
  'eastron-sdm630': {
    functionCode: 4,
    phases: 3,
    highWordFirst: true,
    blocks: [[0x0000, 76]],
    serialNumber: '50000001',
    columns: eastron,
  },
  'abb-b23': {
    functionCode: 3,
    phases: 3,
    highWordFirst: true,
    blocks: [
      [0x5b00, 45],
      [0x5000, 8],
    ],
    serialNumber: '50000002',
    columns: {
      voltageV: [0x5b00, 'int', 0.1],
      currentA: [0x5b0c, 'int', 0.01],
      phasePowerW: [0x5b16, 'int', 0.01],
      powerW: [0x5b14, 'int', 0.01],
      frequencyHz: [0x5b2c, 'u16', 0.01],
      importWh: [0x5000, 'u64', 10],
      exportWh: [0x5004, 'u64', 10],
    },
  },
  'schneider-iem3000': {
    functionCode: 3,
    phases: 3,
    highWordFirst: true,
    blocks: [
      [0x0bb7, 62],
      [0x0c25, 2],
      [0x0c83, 8],
    ],
    serialNumber: '50000003',
    columns: {
      voltageV: [3027, 'float', 1],
      currentA: [2999, 'float', 1],
      phasePowerW: [3053, 'float', 1000],
      powerW: [3059, 'float', 1000],
      frequencyHz: [3109, 'float', 1],
      importWh: [3203, 'u64', 1],
      exportWh: [3207, 'u64', 1],
    },
  },
  'carlo-gavazzi-em300': {
    functionCode: 4,
    phases: 3,
    highWordFirst: false,
    blocks: [
      [0x0000, 42],
      [0x0033, 29],
    ],
    serialNumber: 'KX0050000004T',
    columns: {
      voltageV: [0x00, 'int', 0.1],
      currentA: [0x0c, 'int', 0.001],
      phasePowerW: [0x12, 'int', 0.1],
      powerW: [0x28, 'int', 0.1],
      frequencyHz: [0x33, 'u16', 0.1],
      importWh: [0x34, 'int', 100],
      exportWh: [0x4e, 'int', 100],
    },
  },
  'janitza-b': {
    functionCode: 3,
    phases: 3,
    highWordFirst: true,
    blocks: [[0x4a38, 78]],
    serialNumber: undefined,
    columns: {
      voltageV: [19_000, 'float', 1],
      currentA: [19_012, 'float', 1],
      phasePowerW: [19_020, 'float', 1],
      powerW: [19_026, 'float', 1],
      frequencyHz: [19_050, 'float', 1],
      importWh: [19_068, 'float', 1],
      exportWh: [19_076, 'float', 1],
    },
  },
  'eastron-sdm120': {
    functionCode: 4,
    phases: 1,
    highWordFirst: true,
    blocks: [
      [0x0000, 14],
      [0x0046, 6],
    ],
    serialNumber: '50000006',
    columns: { ...eastron, powerW: [0x0c, 'float', 1] },
  },
};

const names = Object.keys(KINDS);
const units = names.map((_, index) => index + 1);
const BAUD_RATE = 9600;
/** A reading older than this is not fresh. */
const FRESH_MS = 10_000;
const WATCHED_MS = 20_000;
const isAbsent = isSlaveAbsent() || isReaderAbsent();

describe.skipIf(isAbsent)('six kinds of meter on one line', () => {
  test('are all read fresh, and as another reader reads them', { timeout: 240_000 }, async () => {
    const kinds = Object.fromEntries(names.map((name, index) => [index + 1, name]));
    const metered = await startMeteredLine({ seed: chooseSeed(), units, kinds });
    onTestFinished(metered.stop);
    const readAt = (unit: number): number => metered.meter(unit)?.latest?.atMs ?? 0;
    await waitUntil('a reading of each meter', () => units.every((unit) => readAt(unit) > 0), 30_000);
    const oldest = new Map(units.map((unit) => [unit, 0]));
    const readings = new Map(units.map((unit) => [unit, new Set<number>()]));
    for (const endMs = Date.now() + WATCHED_MS; Date.now() < endMs; await pause(100))
      for (const unit of units) {
        oldest.set(unit, Math.max(oldest.get(unit) ?? 0, Date.now() - readAt(unit)));
        readings.get(unit)?.add(readAt(unit));
      }
    const health = units.map((unit) => metered.meter(unit)?.health);
    printFigures('six kinds of meter on one line of 9600 baud', {
      meters: units.length,
      oldestMs: Math.max(...oldest.values()),
      fewestReadings: Math.min(...[...readings.values()].map(({ size }) => size)),
      watchedS: WATCHED_MS / 1000,
      asked: health.reduce((sum, counts) => sum + (counts?.asked ?? 0), 0),
      failed: health.reduce((sum, counts) => sum + (counts?.asked ?? 0) - (counts?.answered ?? 0), 0),
    });
    for (const unit of units) expect.soft(oldest.get(unit), names[unit - 1]).toBeLessThan(FRESH_MS);
    metered.stopReading();
    await pause(1000);
    const [port] = metered.line.listed();
    expect(port).toBeDefined();
    let values = 0;
    let words = 0;
    for (const unit of units) {
      const kind = KINDS[names[unit - 1] ?? ''];
      const latest = metered.meter(unit)?.latest;
      if (kind === undefined || latest === undefined || port === undefined) throw new Error(`${unit} was read`);
      const reader = { path: port.path, baudRate: BAUD_RATE };
      const raw = metered.latestRegisters(unit);
      const read = kind.blocks.flatMap(([firstRegister, count]) =>
        readIndependently(reader, { ...question(unit, kind), firstRegister, count, form: 'hex' }),
      );
      expect.soft(wordsIn(raw), `${names[unit - 1]}: registers`).toEqual(read.map(Number));
      words += read.length;
      const compared = compare(latest.values, (column, index) => readValue(reader, unit, kind, column, index), kind);
      for (const { name, ours, theirs } of compared) {
        expect.soft(ours, `${names[unit - 1]}: ${name} of ${theirs}`).toBeDefined();
        // mbpoll writes six digits of a float.
        const least = kind.columns[name.split(' ')[0] as keyof Columns][1] === 'float' ? Math.abs(theirs) * 1e-5 : 1e-9;
        expect.soft(Math.abs((ours ?? Number.NaN) - theirs), `${names[unit - 1]}: ${name}`).toBeLessThanOrEqual(least);
      }
      values += compared.length;
      expect.soft(metered.meter(unit)?.serialNumber, `${names[unit - 1]}: serial number`).toBe(kind.serialNumber);
    }
    printFigures('compared with mbpoll', { registers: words, values });
    expect(metered.complaints).toEqual([]);
  });
});

function question(
  unit: number,
  { functionCode, highWordFirst }: Kind,
): Omit<ReaderQuestion, 'firstRegister' | 'count' | 'form'> {
  return { unit, functionCode, highWordFirst };
}

function wordsIn(raw: Buffer): number[] {
  return Array.from({ length: raw.length / 2 }, (_, index) => raw.readUInt16BE(2 * index));
}

/** @param index of the phase */
function readValue(
  reader: { readonly path: string; readonly baudRate: number },
  unit: number,
  kind: Kind,
  [register, form, step]: Column,
  index: number,
): number {
  const base = question(unit, kind);
  if (form === 'u16' || form === 'u64') {
    const words = readIndependently(reader, {
      ...base,
      firstRegister: register,
      count: form === 'u16' ? 1 : 4,
      form: 'hex',
    });
    return Number(words.reduce((sum, word) => sum * 65_536n + BigInt(word), 0n)) * step;
  }
  const firstRegister = register + 2 * index;
  return Number(readIndependently(reader, { ...base, firstRegister, count: 1, form })[0]) * step;
}

function compare(
  values: MeterValues,
  theirs: (column: Column, phase: number) => number,
  { columns, phases }: Kind,
): readonly { readonly name: string; readonly ours: number | undefined; readonly theirs: number }[] {
  const single = (['powerW', 'frequencyHz', 'importWh', 'exportWh'] as const).map((name) => ({
    name,
    ours: values[name],
    theirs: theirs(columns[name], 0),
  }));
  const ofPhases = values.phases.slice(0, phases).flatMap((phase, index) =>
    (
      [
        ['voltageV', phase.voltageV],
        ['currentA', phase.currentA],
        ['phasePowerW', phase.powerW],
      ] as const
    ).map(([name, ours]) => ({ name: `${name} L${index + 1}`, ours, theirs: theirs(columns[name], index) })),
  );
  return [...single, ...ofPhases];
}
