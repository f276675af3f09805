/** A meter's history as a chart asks for it, over days of readings and the holes in them, and a store that is held by others. */
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { MeterHistory, MeterRecord } from '../../../src/shared/ipc/metering/metering-contract.ts';
import { aMeter, startSdm630Slave } from '../../support/sdm630-slave.ts';
import { aLine, startMeteringConsole } from '../../support/metering-console.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const DAY_MS = 86_400_000;

function registers(importKwh: number): Buffer {
  const bytes = Buffer.alloc(152);
  bytes.writeFloatBE(importKwh, 0x48 * 2);
  bytes.writeFloatBE(4_200, 0x34 * 2);
  return bytes;
}

test('days of readings are thinned, and a hole keeps both its sides', async () => {
  const file = path.join(temporaryFolder(), 'console.sqlite');
  startMeteringConsole({ path: file, lines: [aLine(1, [1])] }).stop();
  const database = new Database(file);
  const insert = database.prepare(`INSERT INTO meter_reading VALUES (1, ?, 0, 0, 1, 1, '1001', 'plain', NULL, ?)`);
  database.exec(`INSERT INTO meter_series (id, meter_number, serial_number, profile, cause, began_at_ms)
     VALUES (1, 1, '1001', 'eastron-sdm630', 'first-reading', 0)`);
  const hole = [DAY_MS, DAY_MS + 3 * 3_600_000] as const;
  let rows = 0;
  database.transaction(() => {
    for (let atMs = 0; atMs < 7 * DAY_MS; atMs += 10_000) {
      if (atMs > hole[0] && atMs < hole[1]) continue;
      insert.run(atMs, registers(1_000 + atMs / 1e7));
      rows += 1;
    }
  })();
  database.close();

  const running = startMeteringConsole({ path: file });
  onTestFinished(running.stop);
  const ask = async (fromMs: number, toMs: number, maxPoints: number) =>
    running.query<MeterHistory>('metering/meter-history', { meterId: 'MTR-1', fromMs, toMs, maxPoints });
  const { points, storedCount } = await ask(0, 7 * DAY_MS, 500);
  expect(storedCount).toBe(rows);
  expect(points.length).toBeLessThanOrEqual(500);
  expect(points.length).toBeGreaterThan(490);
  const instants = points.map(({ atMs }) => atMs);
  expect([instants[0], instants.at(-1)]).toEqual([0, 7 * DAY_MS - 10_000]);
  for (const side of hole) expect(instants).toContain(side);
  expect(points[0]).toEqual({ atMs: 0, powerW: 4_200, importWh: 1_000_000 });
  expect((await ask(0, 60_000, 500)).points.length).toBe(7);
  expect(await ask(8 * DAY_MS, 9 * DAY_MS, 500)).toEqual({ points: [], storedCount: 0 });
  const nobody = await running.query<MeterHistory>('metering/meter-history', {
    meterId: 'nobody',
    fromMs: 0,
    toMs: DAY_MS,
    maxPoints: 10,
  });
  expect(nobody).toEqual({ points: [], storedCount: 0 });
});

test('while the store is held nothing is shown that is not stored, and afterwards nothing is missing', async () => {
  const meter = aMeter();
  const slave = await startSdm630Slave([[1, meter]]);
  onTestFinished(slave.stop);
  const file = path.join(temporaryFolder(), 'console.sqlite');
  const running = startMeteringConsole({ path: file, lines: [aLine(slave.port, [1])] });
  onTestFinished(running.stop);
  // Waiting for a lock would stop this process, and with it the slave.
  running.store.prepare('PRAGMA busy_timeout = 1').get();
  const read = (): MeterRecord | undefined => running.meters.get('MTR-1');
  await waitUntil('the meter is read', () => read()?.latest !== undefined);

  const holder = new Database(file);
  onTestFinished(() => void holder.close());
  holder.exec('BEGIN IMMEDIATE');
  const shown = read()?.latest?.atMs;
  meter.importKwh = 5_000.0625;
  const asked = slave.asked.get(1) ?? 0;
  await waitUntil('it is asked on', () => (slave.asked.get(1) ?? 0) >= asked + 3);
  await waitUntil('that is said', () => read()?.health.lastFault?.sentence.includes('store refused') === true);
  // What is shown may still be the reading that was on its way when the lock came.
  expect(read()?.latest?.values.importWh).toBe(5_000_000);
  expect(shown).toBeDefined();
  holder.exec('ROLLBACK');

  await waitUntil('it is stored', () => read()?.latest?.values.importWh === 5_000_062.5);
  const { events } = await running.query<{ events: { kind: string; note: string }[] }>('metering/events', {
    meterId: 'MTR-1',
    limit: 10,
  });
  expect(events.find(({ kind }) => kind === 'store-writes-again')?.note).toContain('All readings were kept.');
});
