/** The demo's meter lines as a console meets them: asked with bytes by hand and by a Modbus master that is not ours. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDemoControl } from '../../../src/main/demo/demo-control.ts';
import { openFrame } from '../../../src/main/demo/metering/rtu-frame.ts';
import { startDemo, type DemoOptions, type RunningDemo } from '../../../src/main/demo/start-demo.ts';
import {
  EIGHTY_OF_UNIT_1,
  FIRST_VOLTAGE_OF_UNIT_1,
  IMPORT_OF_UNIT_1,
  openAsker,
  type MeterAsker,
} from '../../support/demo-meters/ask-meter.ts';
import { isSlaveAbsent } from '../../support/serial-line/serial-line.ts';

type ToldLine = {
  readonly id: string;
  readonly name: string;
  readonly depot_id: string;
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
  readonly meters: readonly { readonly id: string; readonly unit_address?: number; readonly [fact: string]: unknown }[];
};
type Truth = { serial_number: string; at_ms: number; power_w: number; import_wh: number };
type LineTruth = {
  answers: number;
  late: number;
  damaged: number;
  client_connected: boolean;
  meters: Record<string, Truth>;
};

const READ_METERS = path.resolve(import.meta.dirname, '../../support/demo-meters/read-meters.py');
const SHORT_ANSWER_BYTES = 9;

let directory: string;
let demo: RunningDemo | undefined;
const askers: MeterAsker[] = [];

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'demo-meters-'));
});
afterEach(async () => {
  for (const asker of askers.splice(0)) asker.close();
  await demo?.stop();
  demo = undefined;
  await rm(directory, { recursive: true, force: true });
});

async function startWhole(options: Partial<DemoOptions> = {}): Promise<readonly ToldLine[]> {
  demo = await startDemo({ directory, vehicles: 40, token: 'secret', ...options });
  const lines = await control().readLines();
  if (!lines.ok) throw new Error(lines.message);
  return lines.value.lines as readonly ToldLine[];
}

/** The first line of each depot, where the scripted faults strike. */
async function start(options: Partial<DemoOptions> = {}): Promise<readonly ToldLine[]> {
  return (await startWhole(options)).filter(({ id }) => id.endsWith('-1'));
}

function control(): ReturnType<typeof createDemoControl> {
  if (!demo) throw new Error('The demo has not been started.');
  return createDemoControl(demo.url, demo.token);
}

async function truthOf(line: ToldLine): Promise<LineTruth> {
  const response = await fetch(`${demo?.url ?? ''}/demo/state`, { headers: { authorization: 'Bearer secret' } });
  const { lines } = (await response.json()) as { lines: Record<string, LineTruth> };
  const truth = lines[line.id];
  if (!truth) throw new Error(`The demo tells nothing of ${line.id}.`);
  return truth;
}

async function openLine(line: ToldLine | undefined): Promise<MeterAsker> {
  const asker = await openAsker(line?.port ?? 0);
  askers.push(asker);
  return asker;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function readImportKwh(asker: MeterAsker): Promise<number> {
  const { bytes } = await asker.ask(IMPORT_OF_UNIT_1, SHORT_ANSWER_BYTES, 3000);
  expect(bytes).toHaveLength(SHORT_ANSWER_BYTES);
  return bytes.readFloatBE(3);
}

describe('the meters of the demo', () => {
  it('are told with their lines', async () => {
    const lines = await startWhole();
    expect(lines.map(({ id, depot_id, name, protocol }) => [id, depot_id, name, protocol])).toEqual([
      ['LINE-BLR-1', 'DEPOT-BLR', 'Bengaluru North, meter line 1', 'modbus-rtu'],
      ['LINE-BLR-2', 'DEPOT-BLR', 'Bengaluru North, meter line 2', 'modbus-rtu'],
      ['LINE-BER-1', 'DEPOT-BER', 'Berlin Tempelhof, meter line 1', 'modbus-rtu'],
      ['LINE-BER-2', 'DEPOT-BER', 'Berlin Tempelhof, meter line 2', 'modbus-rtu'],
      ['LINE-BER-3', 'DEPOT-BER', 'Berlin Tempelhof, meter line 3', 'sml'],
    ]);
    expect(lines[0]).toMatchObject({ host: '127.0.0.1', baud_rate: 9600, parity: 'none', data_bits: 8, stop_bits: 1 });
    const rated_current_a = lines[0]?.meters[0]?.['rated_current_a'];
    expect(rated_current_a).toBeGreaterThanOrEqual(100);
    const same = {
      rated_current_a,
      profile: 'eastron-sdm630',
      accuracy_class: 'B',
      role: 'feeder',
      parent_id: 'MTR-BLR-1',
    };
    const { parent_id: _, ...top } = same;
    expect(lines[0]?.meters).toEqual([
      { ...top, id: 'MTR-BLR-1', name: 'Site incomer', role: 'incomer', unit_address: 1, accuracy_class: 'C' },
      { ...same, id: 'MTR-BLR-2', name: 'Charging yard feeder', unit_address: 2 },
      { ...same, id: 'MTR-BLR-3', name: 'Building feeder', unit_address: 3 },
    ]);
    const meters = lines.flatMap((line) => line.meters);
    expect(new Set(meters.map(({ id }) => id)).size).toBe(meters.length);
    const parents = meters.flatMap(({ parent_id: parent }) => parent ?? []);
    expect(meters.map(({ id }) => id)).toEqual(expect.arrayContaining(parents));
    expect(meters.filter(({ evse_key: evse }) => evse !== undefined)).toHaveLength(12);
  });

  it("answer the maker's own example at the pace of the line", async () => {
    const [line] = await start();
    const asker = await openLine(line);
    const short = await asker.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 1000);
    expect([...short.bytes.subarray(0, 3)]).toEqual([1, 4, 4]);
    expect(Math.abs(short.bytes.readFloatBE(3) - 230)).toBeLessThanOrEqual(6);
    const long = await asker.ask(EIGHTY_OF_UNIT_1, 165, 2000);
    expect(long.bytes).toHaveLength(165);
    // 8 bytes there, 3.5 of silence, 165 back, at 1.04 ms each.
    expect(long.tookMs).toBeGreaterThan(183);
    const broken = FIRST_VOLTAGE_OF_UNIT_1.replace(/.$/u, '0');
    expect((await asker.ask(broken, 1, 200)).bytes).toHaveLength(0);
  });

  it('serve one client at a time', async () => {
    const [line] = await start();
    const first = await openLine(line);
    expect((await first.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 1000)).bytes).toHaveLength(9);
    // Turned away by a reset: before the connection is there or right after.
    await openAsker(line?.port ?? 0).then(
      (second) => second.closed,
      (error: unknown) => expect(error).toMatchObject({ code: 'ECONNRESET' }),
    );
    expect((await first.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 1000)).bytes).toHaveLength(9);
    first.close();
    await pause(100);
    const third = await openLine(line);
    expect((await third.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 1000)).bytes).toHaveLength(9);
  });

  it.skipIf(isSlaveAbsent())('tell an independent master what is true', async () => {
    const lines = await start();
    for (const line of lines) {
      const before = await truthOf(line);
      const { stdout } = await promisify(execFile)('/usr/bin/python3', [READ_METERS, String(line.port)]);
      const after = await truthOf(line);
      const told = JSON.parse(stdout) as {
        meters: Record<string, Record<string, number | string>>;
        exceptions: number[];
        absent: boolean;
      };
      expect(told.exceptions).toEqual([2, 3, 1]);
      expect(told.absent).toBe(true);
      for (const { id, unit_address: unit = 0 } of line.meters) {
        const read = told.meters[unit] ?? {};
        const [from, to] = [before.meters[id], after.meters[id]];
        if (!from || !to) throw new Error(`The demo tells nothing of ${id}.`);
        expect(read['serial_number']).toBe(from.serial_number);
        expect(read['import_kwh']).toBeGreaterThanOrEqual(Math.fround(from.import_wh / 1000));
        expect(read['import_kwh']).toBeLessThanOrEqual(Math.fround(to.import_wh / 1000));
        const apart = Math.abs(Number(read['power']) - to.power_w);
        expect(apart).toBeLessThanOrEqual(1 + Math.abs(to.power_w - from.power_w) + to.power_w * 0.01);
        expect(read).toMatchObject({ export_kwh: 0, unmapped: 0 });
        for (const voltage of ['voltage_1', 'voltage_3'])
          expect(Math.abs(Number(read[voltage]) - 230)).toBeLessThan(6.1);
        expect(Math.abs(Number(read['frequency']) - 50)).toBeLessThan(0.06);
      }
    }
  });

  it('never count backwards over crashes and restarts, at any speed, and stay at their port', async () => {
    let latestKwh = 0;
    let latestWh = 0;
    let port: number | undefined;
    for (const rate of [1, 60, 10, 1] as const) {
      const [line] = await start({ rate });
      if (!line) throw new Error('There is no line.');
      port ??= line.port;
      expect(line.port).toBe(port);
      const asker = await openLine(line);
      for (let look = 0; look < 8; look++) {
        const kwh = await readImportKwh(asker);
        const { import_wh: wh } = (await truthOf(line)).meters['MTR-BLR-1'] ?? { import_wh: 0 };
        expect(kwh).toBeGreaterThanOrEqual(latestKwh);
        expect(wh).toBeGreaterThanOrEqual(latestWh);
        [latestKwh, latestWh] = [kwh, wh];
        await pause(150);
      }
      if (rate === 10) await demo?.stop();
      else demo?.kill();
      demo = undefined;
      await asker.closed;
    }
    expect(latestKwh).toBeGreaterThan(0);
  });

  it('count what they show, at x60', async () => {
    const [line] = await start({ rate: 60 });
    if (!line) throw new Error('There is no line.');
    const samples: Truth[] = [];
    const endMs = Date.now() + 6000;
    while (Date.now() < endMs) {
      const truth = (await truthOf(line)).meters['MTR-BLR-1'];
      if (truth && truth.at_ms !== samples.at(-1)?.at_ms) samples.push(truth);
      await pause(50);
    }
    const [first, last] = [samples[0], samples.at(-1)];
    if (!first || !last) throw new Error('Nothing was measured.');
    expect(last.at_ms - first.at_ms).toBeGreaterThan(240_000);
    let integralWh = 0;
    for (const [place, sample] of samples.entries()) {
      const before = samples[place - 1];
      if (before) integralWh += (((before.power_w + sample.power_w) / 2) * (sample.at_ms - before.at_ms)) / 3_600_000;
    }
    const countedWh = last.import_wh - first.import_wh;
    // A session that begins or ends between two looks of half a minute is all there can be between them.
    expect(Math.abs(countedWh / integralWh - 1)).toBeLessThan(0.05);
  });
});

describe('the faults of a meter line', () => {
  it('unplugged: hangs up, refuses, and is back at the same port when it is ended early', async () => {
    const [first, second] = await start();
    const asker = await openLine(first);
    const other = await openLine(second);
    expect((await control().startFault('meter-unplugged', 600, 'DEPOT-BLR')).ok).toBe(true);
    await asker.closed;
    await expect(openAsker(first?.port ?? 0)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect((await other.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 1000)).bytes).toHaveLength(9);
    expect(await control().stopFault('meter-unplugged')).toEqual({ ok: true, value: [] });
    await pause(200);
    const again = await openLine(first);
    expect((await again.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 1000)).bytes).toHaveLength(9);
    expect(await control().stopFault('meter-unplugged')).toEqual({ ok: true, value: [] });
  });

  it('unplugged: strikes every line when no depot is named, and ends by itself', async () => {
    const lines = await start();
    demo?.startFault('meter-unplugged', 1);
    await pause(50);
    for (const { port } of lines) await expect(openAsker(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await pause(1200);
    for (const line of lines) {
      const asker = await openLine(line);
      expect((await asker.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 1000)).bytes).toHaveLength(9);
    }
  });

  it('late: answers come within the time-out, after it, and after the guard too', async () => {
    const lines = await start();
    demo?.startFault('meter-late', 60);
    const runs = lines.map(async (line) => {
      const asker = await openLine(line);
      const took: number[] = [];
      for (let question = 0; question < 9; question++) {
        const { bytes, tookMs } = await asker.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 4000);
        expect(bytes).toHaveLength(SHORT_ANSWER_BYTES);
        took.push(tookMs);
      }
      // A busy machine may be late by itself, though not by a second.
      expect((await truthOf(line)).late).toBeGreaterThanOrEqual(took.filter((ms) => ms > 1000).length);
      return took;
    });
    const took = (await Promise.all(runs)).flat();
    expect(took.some((ms) => ms < 1000)).toBe(true);
    expect(took.some((ms) => ms > 1000 && ms < 1600)).toBe(true);
    expect(took.some((ms) => ms > 1600)).toBe(true);
    await control().stopFault('meter-late');
    const asker = await openLineAgain(lines[0]);
    for (let question = 0; question < 5; question++)
      expect((await asker.ask(FIRST_VOLTAGE_OF_UNIT_1, SHORT_ANSWER_BYTES, 1000)).bytes).toHaveLength(
        SHORT_ANSWER_BYTES,
      );
  });

  it('noisy: a share of the answers is damaged, each of them counted, until it is ended', async () => {
    const [line] = await start();
    if (!line) throw new Error('There is no line.');
    const asker = await openLine(line);
    const clean = async (): Promise<boolean> => {
      const bytes = await asker.askUntilQuiet(FIRST_VOLTAGE_OF_UNIT_1, 25);
      return bytes.length === SHORT_ANSWER_BYTES && openFrame(bytes) !== undefined;
    };
    demo?.startFault('meter-noisy', 60, line.depot_id);
    let spoiled = 0;
    for (let question = 0; question < 40; question++) if (!(await clean())) spoiled += 1;
    const { damaged } = await truthOf(line);
    expect(damaged).toBeGreaterThan(8);
    expect(damaged).toBeLessThan(25);
    expect(spoiled).toBe(damaged);
    await control().stopFault('meter-noisy');
    for (let question = 0; question < 20; question++) expect(await clean()).toBe(true);
    expect((await truthOf(line)).damaged).toBe(damaged);
  });

  it('is told like the others, and an unknown one is refused', async () => {
    await start();
    await control().startFault('meter-late', 30, 'DEPOT-BER');
    expect(await control().readFaults()).toMatchObject({ value: [{ kind: 'meter-late', depot_id: 'DEPOT-BER' }] });
    const refused = await control().stopFault('no-such' as 'meter-late');
    expect(refused).toMatchObject({ ok: false, code: 'bad-fault' });
  });
});

/** The line serves one client: those before must have gone. */
async function openLineAgain(line: ToldLine | undefined): Promise<MeterAsker> {
  for (const asker of askers.splice(0)) asker.close();
  await pause(100);
  return openLine(line);
}
