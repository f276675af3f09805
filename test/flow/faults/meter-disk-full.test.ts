/** The disk fills to the last byte under meters that are being read: readings wait in memory and all are stored afterwards. */
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { MeterEvent, MeterHistory } from '../../../src/shared/ipc/metering/metering-contract.ts';
import { aLine, startMeteringConsole } from '../../support/metering-console.ts';
import { aMeter, startSdm630Slave } from '../../support/sdm630-slave.ts';
import { canMount, mountSmallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** Ten seconds of readings by the profile's clock in one by the wall's, so that each reading is a row. */
const CLOCK_RATE = 10;

it.skipIf(!canMount)(
  'a disk that fills under meters that are being read loses none of their readings',
  async () => {
    const disk = mountSmallDisk(path.join(temporaryFolder(), 'disk'), 192);
    onTestFinished(disk.unmount);
    const meter = aMeter();
    const slave = await startSdm630Slave([[1, meter]]);
    onTestFinished(slave.stop);
    const startMs = Date.now();
    const running = startMeteringConsole({
      path: path.join(disk.folder, 'console.sqlite'),
      lines: [aLine(slave.port, [1])],
      clock: { nowMs: () => startMs + (Date.now() - startMs) * CLOCK_RATE },
    });
    onTestFinished(running.stop);
    const record = () => running.meters.get('MTR-1');
    await waitUntil('the meter is read', () => record()?.latest !== undefined);

    disk.fill();
    const before = record()?.health.answered ?? 0;
    meter.importKwh = 5_000.25;
    await waitUntil('it is read on', () => (record()?.health.answered ?? 0) >= before + 5, 30_000);
    await waitUntil(
      'that is said',
      () => record()?.health.lastFault?.sentence.includes('store refused') === true,
      30_000,
    );
    expect(record()?.latest?.values.importWh).toBe(5_000_000);

    disk.free();
    await waitUntil('it is stored', () => record()?.latest?.values.importWh === 5_000_250, 40_000);
    const { events } = await running.query<{ events: MeterEvent[] }>('metering/events', { limit: 20 });
    expect(events.find(({ kind }) => kind === 'store-writes-again')?.note).toContain('All readings were kept.');
    const { points } = await running.query<MeterHistory>('metering/meter-history', {
      meterId: 'MTR-1',
      fromMs: 0,
      toMs: Number.MAX_SAFE_INTEGER,
      maxPoints: 5000,
    });
    expect(points.length).toBeGreaterThanOrEqual(5);
    // Two seconds by the wall from one to the next, and no hole where the disk was full.
    for (const [index, { atMs }] of points.entries())
      expect(atMs - (points[index - 1]?.atMs ?? atMs)).toBeLessThan(4_500 * CLOCK_RATE);
  },
  120_000,
);
