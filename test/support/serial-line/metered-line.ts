/**
 * A disturbed line under the whole of metering: the real port, master, rules, store and feed. Everything that reaches the
 * feed or the store is compared with what the slaves served.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore } from '../../../src/main/database/open-store.ts';
import { createFeedHub } from '../../../src/main/feed/feed-hub.ts';
import { createAnswers } from '../../../src/main/ipc/answers.ts';
import { readMeterEvents } from '../../../src/main/metering/meter-event-table.ts';
import { startMetering } from '../../../src/main/metering/start-metering.ts';
import type { LineRecord, MeterRecord } from '../../../src/shared/ipc/metering/metering-contract.ts';
import { nowNs } from './poll-meters.ts';
import { startSerialLine, type Served } from './serial-line.ts';
import { UNPLACED } from '../unplaced-meter.ts';

const LINE = 'LINE-1';
/** A reading is stored and told within this after its answer, or it is not this answer's. */
const TOLD_WITHIN_NS = 15e9;

type Seen = { readonly unit: number; readonly values: readonly (number | undefined)[]; readonly seenAtNs: number };
type Row = { readonly unit: number; readonly registers: Uint8Array };

export type MeteredLine = Awaited<ReturnType<typeof startMeteredLine>>;

export async function startMeteredLine(options: {
  readonly seed: number;
  readonly units: readonly number[];
  /** What a unit is, by the name of its profile, where it is no SDM630. */
  readonly kinds?: Readonly<Record<number, string>>;
}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'switchyard-line-'));
  const line = await startSerialLine({ ...options, folder, number: 1, baudRate: 9600 });
  await line.plug('ttyUSB0');
  const feeds = createFeedHub();
  const complaints: string[] = [];
  const log = (said: string, detail?: unknown): void => {
    complaints.push(detail instanceof Error ? `${said} ${detail.message}` : said);
  };
  const store = openStore({ path: path.join(folder, 'console.sqlite') });
  const metering = startMetering({
    store,
    feeds,
    answers: createAnswers(log),
    clock: { nowMs: () => Date.now() },
    log,
    listAdapters: async () => line.listed(),
  });
  metering.declareLines('operator', [
    {
      id: LINE,
      origin: 'operator',
      protocol: 'modbus-rtu',
      name: 'Depot, meter line 1',
      depotId: 'DEPOT',
      address: { kind: 'serial-port', adapterSerialNumber: line.adapterSerialNumber, path: undefined },
      settings: line.settings,
      meters: options.units.map((unitAddress) => ({
        id: `MTR-${unitAddress}`,
        name: `Meter ${unitAddress}`,
        role: 'feeder',
        depotId: 'DEPOT',
        lineId: LINE,
        unitAddress,
        profile: options.kinds?.[unitAddress] ?? 'eastron-sdm630',
        ratedCurrentA: undefined,
        ...UNPLACED,
      })),
    },
  ]);

  const meters = new Map<number, MeterRecord>();
  const seen: Seen[] = [];
  let lineRecord: LineRecord | undefined;
  const takeMeters = (records: readonly MeterRecord[]): void => {
    for (const record of records) {
      const unit = record.unitAddress ?? 0;
      const before = meters.get(unit);
      meters.set(unit, record);
      if (record.latest === undefined || record.latest.atMs === before?.latest?.atMs) continue;
      seen.push({ unit, values: valuesOf(record.latest.values), seenAtNs: nowNs() });
    }
  };
  const takeLines = ([record]: readonly LineRecord[]): void => {
    lineRecord = record ?? lineRecord;
  };
  feeds.subscribe('metering/meters', {
    snapshot: ({ records }) => takeMeters(records as readonly MeterRecord[]),
    delta: ({ upserted }) => takeMeters(upserted as readonly MeterRecord[]),
  });
  feeds.subscribe('metering/lines', {
    snapshot: ({ records }) => takeLines(records as readonly LineRecord[]),
    delta: ({ upserted }) => takeLines(upserted as readonly LineRecord[]),
  });
  metering.start();

  return {
    line,
    complaints,
    meter: (unit: number): MeterRecord | undefined => meters.get(unit),
    lineRecord: (): LineRecord | undefined => lineRecord,
    /** What was stored last, as it came. */
    latestRegisters: (unit: number): Buffer => {
      const row = store
        .prepare<[number], Row>(
          `SELECT unit_address AS unit, registers FROM meter_reading JOIN meter ON number = meter_number
           WHERE unit_address = ? AND refused_code IS NULL ORDER BY at_ms DESC LIMIT 1`,
        )
        .get(unit);
      return Buffer.from(row?.registers ?? []);
    },
    /** The port is free for somebody else soon after. */
    stopReading: metering.stop,
    eventKinds: (): readonly string[] => readMeterEvents(store, undefined, 500).map(({ kind }) => kind),
    /** What reached the feed and the store, and what of it the slaves never served. */
    compare: () => {
      const rows = store
        .prepare<[], Row>(
          `SELECT unit_address AS unit, registers FROM meter_reading JOIN meter ON number = meter_number
           WHERE refused_code IS NULL`,
        )
        .all();
      const hasServed = (row: Row): boolean =>
        line.served.some((one) => one.unit === row.unit && isWhole(one, Buffer.from(row.registers).toString('hex')));
      const wrongRows = rows.filter((row) => !hasServed(row)).map(({ unit }) => `stored for unit ${unit}`);
      const wrongSeen = seen.filter((reading) => !wasServed(reading, line.served));
      const wrong = [...wrongRows, ...wrongSeen.map(({ unit, values }) => `told of unit ${unit}: ${values.join(' ')}`)];
      return { stored: rows.length, told: seen.length, wrong };
    },
    stop: async (): Promise<void> => {
      metering.stop();
      feeds.stop();
      store.close();
      await line.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isWhole(served: Served, registers: string): boolean {
  return served.function === 4 && served.first === 0 && served.registers.startsWith(registers);
}

function wasServed({ unit, values, seenAtNs }: Seen, served: readonly Served[]): boolean {
  return served.some((one) => {
    const isOfThen = one.atNs <= seenAtNs && one.atNs >= seenAtNs - TOLD_WITHIN_NS;
    return one.unit === unit && isOfThen && isWhole(one, '') && valuesServed(one).every((v, at) => v === values[at]);
  });
}

function valuesOf({ powerW, importWh, frequencyHz, phases }: NonNullable<MeterRecord['latest']>['values']) {
  return [powerW, importWh, frequencyHz, ...phases.flatMap(({ voltageV, currentA }) => [voltageV, currentA])];
}

/** Read by hand, not by the profile: energy in kWh at 0048, the rest as it stands. */
function valuesServed({ registers }: Served): readonly number[] {
  const bytes = Buffer.from(registers, 'hex');
  const at = (register: number): number => bytes.readFloatBE(2 * register);
  const phases = [0, 2, 4].flatMap((register) => [at(register), at(register + 6)]);
  return [at(0x34), Math.round(at(0x48) * 1e6) / 1000, at(0x46), ...phases];
}
