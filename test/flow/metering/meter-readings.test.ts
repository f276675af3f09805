/**
 * Meters over a real TCP line, from the bytes of an independent slave to the store and the feeds: what is read is what the
 * slave says, what cannot be is refused, and every trouble of the line is counted, shown and got over without a restart.
 */
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MeterEvent, MeterHealth, MeterHistory } from '../../../src/shared/ipc/metering/metering-contract.ts';
import { aMeter, startSdm630Slave, type SlaveMeter } from '../../support/sdm630-slave.ts';
import { aLine, startMeteringConsole } from '../../support/metering-console.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

async function openLine(
  meters: readonly (readonly [number, SlaveMeter])[],
  options: Omit<Parameters<typeof startMeteringConsole>[0], 'path' | 'lines'> = {},
) {
  const slave = await startSdm630Slave(meters);
  onTestFinished(slave.stop);
  const file = path.join(temporaryFolder(), 'console.sqlite');
  const lines = [aLine(slave.port, [...slave.meters.keys()])];
  const running = startMeteringConsole({ path: file, lines, ...options });
  onTestFinished(running.stop);
  const read = (id: string) => running.meters.get(id);
  const kinds = async () =>
    (await running.query<{ events: MeterEvent[] }>('metering/events', { limit: 100 })).events.map(({ kind }) => kind);
  return { slave, file, lines, running, read, kinds };
}

function sumOfOutcomes(health: MeterHealth): number {
  return health.answered + health.timedOut + health.spoiled + health.excepted + health.lineLost;
}

describe('a line with meters', () => {
  it('reads what the meters say, stores it and tells of it', async () => {
    const { running, read, kinds } = await openLine([
      [1, aMeter()],
      [7, aMeter({ serialNumber: 4_000_000_000, powerW: -2_500, importKwh: 71.25 })],
    ]);
    await waitUntil('both meters are read', () => ['MTR-1', 'MTR-7'].every((id) => read(id)?.latest !== undefined));
    expect(read('MTR-1')).toMatchObject({ model: 'Eastron SDM630', serialNumber: '1001', refusal: undefined });
    expect(read('MTR-1')?.latest?.values).toMatchObject({ powerW: 12_000, importWh: 5_000_000, frequencyHz: 50 });
    expect(read('MTR-7')?.serialNumber).toBe('4000000000');
    expect(read('MTR-7')?.latest?.values).toMatchObject({ powerW: -2_500, importWh: 71_250 });
    expect(running.lines.get('LINE-1')).toMatchObject({ state: 'open', settings: '115200 8N1', reopened: 0 });
    const rows = running.store
      .prepare<[], { n: number; bytes: number }>(
        `SELECT count(*) AS n, min(length(registers)) AS bytes FROM meter_reading WHERE refused_code IS NULL`,
      )
      .get();
    expect(rows).toEqual({ n: 2, bytes: 152 });
    expect((await kinds()).toSorted()).toEqual(['line-open', 'series-began', 'series-began']);
    const health = read('MTR-1')?.health;
    expect(health && health.asked === sumOfOutcomes(health)).toBe(true);
    expect(health).toMatchObject({ timedOut: 0, spoiled: 0, refused: 0, failuresInARow: 0 });
  });

  it('keeps the newest reading over a restart, without anybody declaring the line again', async () => {
    const { slave, file, running, read } = await openLine([[1, aMeter()]]);
    await waitUntil('the meter is read', () => read('MTR-1')?.latest !== undefined);
    await slave.unplug();
    running.stop();
    const again = startMeteringConsole({ path: file });
    onTestFinished(again.stop);
    const meter = again.meters.get('MTR-1');
    expect(meter?.latest?.values.importWh).toBe(5_000_000);
    expect(meter?.serialNumber).toBe('1001');
    expect(meter?.health.asked).toBe(0);
    expect(again.lines.get('LINE-1')?.address).toBe(`device server 127.0.0.1:${slave.port}`);
  });

  it('counts a silence, asks the silent meter less often than the others, and says when it is over', async () => {
    const silent = aMeter();
    const { slave, read, kinds } = await openLine([
      [1, aMeter()],
      [2, silent],
    ]);
    await waitUntil('both are read', () => ['MTR-1', 'MTR-2'].every((id) => read(id)?.latest !== undefined));
    const before = read('MTR-2')?.latest?.atMs ?? 0;
    silent.mood = 'silent';
    await waitUntil('the silence is noticed', () => (read('MTR-2')?.health.failuresInARow ?? 0) >= 4, 20_000);
    expect(read('MTR-2')?.health.timedOut).toBeGreaterThanOrEqual(4);
    expect(read('MTR-2')?.health.lastFault?.sentence).toContain('did not answer');
    expect(read('MTR-1')?.health.timedOut).toBe(0);
    const askedBefore = new Map(slave.asked);
    const askedSince = (unit: number) => (slave.asked.get(unit) ?? 0) - (askedBefore.get(unit) ?? 0);
    await waitUntil('the other is asked twice', () => askedSince(1) === 2);
    expect(askedSince(2)).toBeLessThanOrEqual(1);
    silent.mood = 'answers';
    await waitUntil('it answers again', () => (read('MTR-2')?.latest?.atMs ?? 0) > before, 15_000);
    await waitUntil('that is told', () => read('MTR-2')?.health.failuresInARow === 0);
    await expect.poll(kinds).toContain('meter-answers');
    expect(await kinds()).toContain('meter-silent');
  });

  it('never takes a late answer for another, and waits longer for whoever is late', async () => {
    const late = aMeter({ mood: { lateMs: 1_250 } });
    const { read, running } = await openLine([[3, late]]);
    await waitUntil('the late meter is read', () => read('MTR-3')?.latest !== undefined, 20_000);
    expect(read('MTR-3')?.latest?.values.importWh).toBe(5_000_000);
    expect(read('MTR-3')?.health.lateAnswers).toBeGreaterThanOrEqual(1);
    expect(read('MTR-3')?.health.timeoutMs).toBeGreaterThan(1_250);
    expect(running.lines.get('LINE-1')?.bytesDiscarded).toBeGreaterThan(0);
  });

  it('counts spoiled answers by their checksum and goes on', async () => {
    const noisy = aMeter({ mood: 'spoils' });
    const { read } = await openLine([[1, noisy]]);
    await waitUntil('the noise is counted', () => (read('MTR-1')?.health.crcErrors ?? 0) >= 2, 15_000);
    const health = read('MTR-1')?.health;
    expect(health?.spoiled).toBeGreaterThanOrEqual(2);
    expect(read('MTR-1')?.latest).toBeUndefined();
    noisy.mood = 'answers';
    await waitUntil('it is read', () => read('MTR-1')?.latest !== undefined, 15_000);
  });

  it('says that it is unplugged, opens it again by itself, and reads on in the same series', async () => {
    const { slave, read, running, kinds } = await openLine([[1, aMeter()]]);
    await waitUntil('the meter is read', () => read('MTR-1')?.latest !== undefined);
    const before = read('MTR-1')?.latest?.atMs ?? 0;
    await slave.unplug();
    await waitUntil('the line is lost', () => running.lines.get('LINE-1')?.state === 'lost');
    expect(running.lines.get('LINE-1')?.reason).toMatch(/\w+\./u);
    await slave.plugIn();
    await waitUntil('it is open again', () => running.lines.get('LINE-1')?.state === 'open', 15_000);
    await waitUntil('the meter is read again', () => (read('MTR-1')?.latest?.atMs ?? 0) > before);
    expect(running.lines.get('LINE-1')?.reopened).toBe(1);
    expect(running.store.prepare('SELECT count(*) AS n FROM meter_series').get()).toEqual({ n: 1 });
    await expect.poll(kinds).toEqual(['line-open', 'line-lost', 'series-began', 'line-open']);
  });

  it('begins a new series when another instrument answers, and keeps the last reading of the old one', async () => {
    const { slave, read, running } = await openLine([[1, aMeter()]]);
    await waitUntil('it is read more than once', () => (read('MTR-1')?.health.answered ?? 0) >= 4);
    await slave.unplug();
    slave.meters.set(1, aMeter({ serialNumber: 2002, importKwh: 3 }));
    await slave.plugIn();
    await waitUntil('the new one is read', () => read('MTR-1')?.serialNumber === '2002', 15_000);
    expect(read('MTR-1')?.latest?.values.importWh).toBe(3_000);
    const series = running.store.prepare('SELECT serial_number, cause FROM meter_series ORDER BY id').all();
    expect(series).toEqual([
      { serial_number: '1001', cause: 'first-reading' },
      { serial_number: '2002', cause: 'other-instrument' },
    ]);
    const bySerial = running.store
      .prepare<[], { n: number }>(`SELECT count(*) AS n FROM meter_reading WHERE serial_number = '1001'`)
      .get();
    expect(bySerial?.n).toBe(2);
  });

  it('refuses what runs backwards and stores it as refused, and never shows it as a reading', async () => {
    const meter = aMeter();
    const { read, running, kinds } = await openLine([[1, meter]]);
    await waitUntil('the meter is read', () => read('MTR-1')?.latest !== undefined);
    meter.importKwh = 4_000;
    await waitUntil('it is refused', () => read('MTR-1')?.refusal !== undefined);
    expect(read('MTR-1')?.refusal?.code).toBe('energy-fell');
    expect(read('MTR-1')?.latest?.values.importWh).toBe(5_000_000);
    expect(read('MTR-1')?.health.refused).toBeGreaterThanOrEqual(1);
    const stored = running.store.prepare(
      `SELECT refused_code, quality FROM meter_reading WHERE refused_code IS NOT NULL`,
    );
    expect(stored.get()).toEqual({ refused_code: 'energy-fell', quality: 'refused' });
    expect(await kinds()).toContain('reading-refused');
    meter.importKwh = 5_000.01;
    await waitUntil('it is believed again', () => read('MTR-1')?.refusal === undefined);
    const { points } = await running.query<MeterHistory>('metering/meter-history', {
      meterId: 'MTR-1',
      fromMs: 0,
      toMs: Date.now() + 1000,
      maxPoints: 100,
    });
    expect(points.map(({ importWh }) => importWh)).not.toContain(4_000_000);
  });
});

describe('lines that change', () => {
  it('follows a line to its new place and does not disturb the others', async () => {
    const { slave, lines, running, read } = await openLine([[1, aMeter()]]);
    await waitUntil('the meter is read', () => read('MTR-1')?.latest !== undefined);
    const moved = await startSdm630Slave([[1, aMeter({ importKwh: 5_000.0625 })]]);
    onTestFinished(moved.stop);
    expect(running.metering.declareLines('operator', lines).ok).toBe(true);
    expect(running.lines.get('LINE-1')?.state).toBe('open');
    await slave.stop();
    expect(running.metering.declareLines('operator', [aLine(moved.port, [1])]).ok).toBe(true);
    await waitUntil('it is read there', () => read('MTR-1')?.latest?.values.importWh === 5_000_062.5);
    expect(running.lines.get('LINE-1')?.address).toContain(String(moved.port));
    expect(read('MTR-1')?.health.refused).toBe(0);
    expect(running.metering.declareLines('operator', []).ok).toBe(true);
    await waitUntil('nothing is left', () => running.meters.size === 0 && running.lines.size === 0);
    expect(running.store.prepare('SELECT count(*) AS n FROM meter_series').get()).toEqual({ n: 1 });
  });

  it('refuses two meters at one address', async () => {
    const { running, lines } = await openLine([[1, aMeter()]]);
    const [line] = lines;
    const doubled = {
      ...line,
      meters: [...(line?.meters ?? []), ...aLine(1, [1]).meters.map((m) => ({ ...m, id: 'X' }))],
    };
    const answer = running.metering.declareLines('operator', [doubled as (typeof lines)[number]]);
    expect(answer).toMatchObject({ ok: false, code: 'bad-lines' });
  });
});
