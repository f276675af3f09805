/**
 * An unknown meter on an unknown line, found, saved and read: a real port, paced bytes and slaves that are not ours. What is
 * wrong with the line or the meter is said, and an adapter that is pulled meanwhile comes back under another name.
 */
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AdapterFacts, BenchRecord, TraceEntry } from '../../../src/shared/ipc/metering/commissioning-contract.ts';
import type { LineSettings, ListAdapters } from '../../../src/main/serial/line-address.ts';
import { startCommissioningLine } from '../../support/commissioning-line.ts';
import { aLine, startMeteringConsole } from '../../support/metering-console.ts';
import { aMeter, startSdm630Slave } from '../../support/sdm630-slave.ts';
import { ascii, dataMessage } from '../../support/readable-messages.ts';
import { isSlaveAbsent, startSerialLine } from '../../support/serial-line/serial-line.ts';
import { octets, SERVER_ID, signed, smlFile, unsigned } from '../../support/sml-encoder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const ADAPTER = 'FT90XY17';
const EASTRON = { unit: 17, kind: 'eastron', serialNumber: 90_017 } as const;

function settings(baudRate: number, parity: LineSettings['parity'] = 'none'): LineSettings {
  return { baudRate, dataBits: 8, parity, stopBits: 1 };
}

const SCAN = {
  address: { kind: 'serial-port', adapterSerialNumber: ADAPTER },
  settings: [settings(19_200, 'even'), settings(9600)],
  protocols: ['modbus-rtu'],
  unitAddresses: { from: 16, to: 19 },
};

async function openBench(options: Omit<Parameters<typeof startCommissioningLine>[0], 'folder'>) {
  const folder = temporaryFolder();
  const line = await startCommissioningLine({ folder, ...options });
  onTestFinished(line.stop);
  const file = path.join(folder, 'console.sqlite');
  return { line, file, ...benchOf(file, line.listAdapters) };
}

function benchOf(file: string, listAdapters: ListAdapters) {
  const running = openConsole(file, listAdapters);
  const bench = (): BenchRecord => running.bench.get('bench') as BenchRecord;
  const done = () =>
    waitUntil('the scan is over', () => bench().state === 'open' && bench().trying === undefined, 60_000);
  return { running, bench, done };
}

function openConsole(file: string, listAdapters: ListAdapters) {
  const running = startMeteringConsole({ path: file, listAdapters });
  onTestFinished(running.stop);
  running.store.write((tx) =>
    tx
      .prepare(
        `INSERT OR IGNORE INTO depot VALUES ('DEPOT-1', 'Yard', 52, 13, 'Europe/Berlin', 'EUR', 400000, '[]', 0)`,
      )
      .run(),
  );
  return running;
}

function savedLine(changes: object = {}) {
  return {
    id: 'LINE-9',
    name: 'New line',
    depotId: 'DEPOT-1',
    protocol: 'modbus-rtu',
    address: SCAN.address,
    settings: settings(19_200, 'even'),
    meters: [
      { id: 'MTR-9', name: 'Yard feeder', role: 'feeder', unitAddress: 17, profile: 'eastron-sdm630', ctRatio: 1 },
    ],
    ...changes,
  };
}

const SML_FILE = smlFile([
  { obis: [1, 0, 96, 1, 0, 255], value: octets(SERVER_ID) },
  { obis: [1, 0, 1, 8, 0, 255], value: unsigned(123_456_789, 8), unit: unsigned(30, 1), scaler: signed(-1, 1) },
]);
const accepted = { outcome: 'accepted' };

describe.skipIf(isSlaveAbsent())('a meter that nobody has set up', () => {
  it('is found by baud rate and address, recognised, saved, read, and read again after a restart', async () => {
    const { line, file, running, bench, done } = await openBench({ baudRate: 19_200, meters: [EASTRON] });
    const { adapters } = await running.query<{ adapters: AdapterFacts[] }>('metering/adapters', {});
    expect(adapters).toEqual([
      {
        path: line.path,
        serialNumber: ADAPTER,
        manufacturer: 'FTDI',
        product: 'USB serial 0403:6001',
        usedBy: undefined,
      },
    ]);
    expect(await running.command('metering/scan-line', SCAN)).toEqual(accepted);
    await waitUntil('something is tried', () => bench().trying !== undefined);
    expect(bench()).toMatchObject({ toTry: 8 });
    expect(bench().expectedEndMs).toBeGreaterThan(Date.now());
    await done();
    const [found, ...others] = bench().found;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ unitAddress: 17, serialNumber: '90017', knownAs: undefined });
    expect(found?.settings.baudRate).toBe(19_200);
    expect(found?.values).toMatchObject({ powerW: 11_040, frequencyHz: 50 });
    expect(found?.profiles[0]?.name).toBe('eastron-sdm630');
    expect(found?.profiles[0]?.checks.map(({ outcome }) => outcome)).toEqual(Array(7).fill('passed'));
    const { entries } = await running.query<{ entries: TraceEntry[] }>('metering/trace', {
      line: 'bench',
      afterSequence: 0,
      limit: 2000,
    });
    const said = entries.map(({ meaning }) => meaning);
    expect(said).toContain('unit 17: read 76 input registers from 0x0000');
    expect(said).toContain('unit 17: 76 input registers from 0x0000');
    expect(said.some((meaning) => meaning.startsWith('unit 17 refuses: illegal data address'))).toBe(true);

    expect(await running.command('metering/save-line', savedLine())).toEqual(accepted);
    await waitUntil('the bench has given the line back', () => bench().state === 'idle');
    await waitUntil('it is read', () => running.meters.get('MTR-9')?.latest !== undefined, 15_000);
    expect(running.lines.get('LINE-9')?.origin).toBe('operator');
    const after = await running.query<{ adapters: AdapterFacts[] }>('metering/adapters', {});
    expect(after.adapters[0]?.usedBy).toBe('New line');
    expect(await running.command('metering/scan-line', SCAN)).toMatchObject({
      outcome: 'refused',
      error: { code: 'address-taken' },
    });
    const trace = await running.query<{ entries: TraceEntry[] }>('metering/trace', {
      line: 'LINE-9',
      afterSequence: 0,
      limit: 50,
    });
    expect(trace.entries[0]).toMatchObject({ kind: 'note', meaning: `Opened at ${line.path}, 19200 8E1.` });
    expect(trace.entries.some(({ meaning }) => /^unit 17: \d+ input registers .*230 V, .*11040 W/u.test(meaning))).toBe(
      true,
    );

    running.stop();
    const again = openConsole(file, line.listAdapters);
    const before = again.meters.get('MTR-9')?.latest?.atMs ?? Infinity;
    await waitUntil(
      'it is read after the restart',
      () => (again.meters.get('MTR-9')?.latest?.atMs ?? 0) > before,
      15_000,
    );
  });

  it('is read by a variant where its words come the other way round, and says so', async () => {
    const { running, bench, done } = await openBench({
      baudRate: 9600,
      meters: [{ ...EASTRON, wordOrder: 'low-first' }],
    });
    await running.command('metering/scan-line', SCAN);
    await done();
    const [found] = bench().found;
    expect(found?.profiles[0]?.name).toBe('eastron-sdm630-swapped');
    expect(found?.values?.powerW).toBe(11_040);
    const check = found?.profiles[0]?.checks.find(({ name }) => name === 'word-order');
    expect(check?.outcome).toBe('doubtful');
    expect(check?.sentence).toContain('the other way round');
    const meters = [{ ...savedLine().meters[0], profile: 'eastron-sdm630-swapped' }];
    expect(await running.command('metering/save-line', savedLine({ settings: settings(9600), meters }))).toEqual(
      accepted,
    );
    await waitUntil('it is read', () => running.meters.get('MTR-9')?.latest !== undefined, 15_000);
    expect(running.meters.get('MTR-9')?.latest?.values.powerW).toBe(11_040);
  });

  it('says that registers stand one aside, either way', async () => {
    const aside = (unit: number, shift: -1 | 1) => ({ unit, kind: 'schneider', serialNumber: unit, shift }) as const;
    const { running, bench, done } = await openBench({ baudRate: 19_200, meters: [aside(16, 1), aside(17, -1)] });
    await running.command('metering/scan-line', SCAN);
    await done();
    expect(bench().found.map(({ profiles }) => profiles[0]?.name)).toEqual([
      'schneider-iem3000-plus-1',
      'schneider-iem3000-minus-1',
    ]);
    for (const { profiles, unitAddress, serialNumber, values } of bench().found) {
      const check = profiles[0]?.checks.find(({ name }) => name === 'register-offset');
      expect(check).toMatchObject({ outcome: 'doubtful' });
      expect(serialNumber).toBe(String(unitAddress));
      expect(values?.phases[1].voltageV).toBe(230);
    }
  });

  it('is told from the others of its line, whoever made it', async () => {
    const kinds = {
      1: 'eastron-sdm630',
      2: 'abb-b23',
      3: 'schneider-iem3000',
      4: 'carlo-gavazzi-em300',
      5: 'janitza-b',
      6: 'eastron-sdm120',
    };
    const folder = temporaryFolder();
    const line = await startSerialLine({
      folder,
      number: 1,
      units: [1, 2, 3, 4, 5, 6],
      kinds,
      baudRate: 9600,
      seed: 1,
    });
    onTestFinished(line.stop);
    await line.plug('ttyUSB0');
    const { running, bench, done } = benchOf(path.join(folder, 'console.sqlite'), async () => line.listed());
    const address = { kind: 'serial-port', adapterSerialNumber: line.adapterSerialNumber };
    const scan = { ...SCAN, address, settings: [settings(9600)], unitAddresses: { from: 1, to: 7 } };
    expect(await running.command('metering/scan-line', scan)).toEqual(accepted);
    await done();
    const told = bench().found.map(({ unitAddress, profiles }) => [String(unitAddress), profiles[0]?.name]);
    expect(told).toEqual(Object.entries(kinds));
    const serials = bench().found.map(({ serialNumber }) => serialNumber);
    expect(serials).toEqual(['50000001', '50000002', '50000003', 'KX0050000004T', undefined, '50000006']);
  });

  it('is looked for no longer than was told when the line is empty, and where to look is said', async () => {
    const { running, bench, done } = await openBench({ baudRate: 4800, meters: [EASTRON] });
    const startedAtMs = Date.now();
    await running.command('metering/scan-line', SCAN);
    await waitUntil('it is told how long it takes', () => bench().expectedEndMs !== undefined);
    const toldMs = (bench().expectedEndMs ?? 0) - startedAtMs;
    await done();
    expect(Date.now() - startedAtMs).toBeLessThan(toldMs * 1.5 + 3_000);
    expect(bench()).toMatchObject({ tried: 8, toTry: 8, found: [] });
    expect(bench().message).toContain('Nothing answered at the addresses 16 to 19');
  });

  it('is found by a scan during which its adapter was pulled and plugged in elsewhere', async () => {
    const { line, running, bench, done } = await openBench({
      baudRate: 9600,
      meters: [
        { ...EASTRON, unit: 16 },
        { ...EASTRON, unit: 19 },
      ],
    });
    await running.command('metering/scan-line', SCAN);
    await waitUntil('the first is found', () => bench().found.length === 1, 30_000);
    const triedBefore = bench().tried;
    await line.unplug();
    await waitUntil('the loss is said', () => bench().state === 'failed');
    expect(bench().message).toContain('plug it in again');
    expect(bench().found).toHaveLength(1);
    await line.plug('ttyUSB3');
    await done();
    expect(bench().place).toContain('ttyUSB3');
    expect(bench().tried).toBeGreaterThan(triedBefore);
    expect(bench().found.map(({ unitAddress }) => unitAddress)).toEqual([16, 19]);
  });

  it('is heard by itself when it talks by itself', async () => {
    const telegram = { bytes: SML_FILE, everyMs: 900 };
    const { running, bench, done } = await openBench({ baudRate: 9600, telegram });
    await running.command('metering/scan-line', { ...SCAN, protocols: ['modbus-rtu', 'sml', 'iec62056-push'] });
    await done();
    const [found] = bench().found;
    expect(found).toMatchObject({ protocol: 'sml', unitAddress: undefined });
    expect(found?.settings.baudRate).toBe(9600);
    expect(found?.profiles.length).toBeGreaterThan(0);
  });

  it('is signed on to at 300 baud, and read to the end', async () => {
    const readOut = {
      identification: ascii('/ISK5ME162-0033\r\n'),
      data: dataMessage(['C.1.0(4711)', '1.8.0(000123.456*kWh)']),
    };
    const { running, bench, done } = await openBench({ baudRate: 300, readOut });
    await running.command('metering/scan-line', { ...SCAN, protocols: ['iec62056-mode-c'] });
    await done();
    const [found] = bench().found;
    expect(found).toMatchObject({ protocol: 'iec62056-mode-c', serialNumber: '4711' });
    expect(found?.settings).toEqual({ baudRate: 300, dataBits: 7, parity: 'even', stopBits: 1 });
    expect(found?.values?.importWh).toBe(123_456);
  });

  it('is found though it answers late, and is waited for', async () => {
    const slave = await startSdm630Slave([[2, aMeter({ mood: { lateMs: 400 } })]]);
    onTestFinished(slave.stop);
    const { running, bench, done } = benchOf(path.join(temporaryFolder(), 'console.sqlite'), async () => []);
    const address = { kind: 'device-server', host: '127.0.0.1', port: slave.port };
    await running.command('metering/scan-line', { ...SCAN, address, unitAddresses: { from: 1, to: 2 } });
    await done();
    expect(bench().found[0]).toMatchObject({ unitAddress: 2, serialNumber: '1001' });
  });
});

describe('the bench', () => {
  it('stops at once, keeps what was found, and is closed by whoever says so', async () => {
    const slave = await startSdm630Slave([[1, aMeter()]]);
    onTestFinished(slave.stop);
    const { running, bench } = benchOf(path.join(temporaryFolder(), 'console.sqlite'), async () => []);
    const address = { kind: 'device-server', host: '127.0.0.1', port: slave.port };
    const scan = { ...SCAN, address, unitAddresses: { from: 1, to: 247 } };
    expect(await running.command('metering/scan-line', scan)).toEqual(accepted);
    await waitUntil('it is found', () => bench().found.length === 1, 20_000);
    // A device server sets its own speed: the second settings are not tried.
    expect(bench().toTry).toBe(247);
    expect(await running.command('metering/stop-scan', {})).toEqual(accepted);
    await waitUntil('it has stopped', () => bench().state === 'open', 500);
    const askedBefore = [...slave.asked.values()].reduce((sum, asked) => sum + asked, 0);
    expect(bench()).toMatchObject({ trying: undefined, message: 'The scan was stopped. What was found stays.' });
    expect(bench().found[0]).toMatchObject({ unitAddress: 1, serialNumber: '1001' });
    await pause(1_500);
    expect([...slave.asked.values()].reduce((sum, asked) => sum + asked, 0)).toBe(askedBefore);
    await running.command('metering/close-bench', {});
    await waitUntil('it is closed', () => bench().state === 'idle');
  });

  it('does not touch a line that is read already, and names it', async () => {
    const slave = await startSdm630Slave([[1, aMeter()]]);
    onTestFinished(slave.stop);
    const running = startMeteringConsole({
      path: path.join(temporaryFolder(), 'c.sqlite'),
      lines: [aLine(slave.port, [1])],
    });
    onTestFinished(running.stop);
    const address = { kind: 'device-server', host: '127.0.0.1', port: slave.port };
    const answer = await running.command('metering/scan-line', { ...SCAN, address });
    expect(answer).toMatchObject({ outcome: 'refused', error: { code: 'address-taken' } });
    expect(JSON.stringify(answer)).toContain('Yard line');
  });
});
