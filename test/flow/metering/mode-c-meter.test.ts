/**
 * A meter that is read out in mode C, on a pseudo terminal whose two ends understand each other at one speed only: the console
 * follows the change of speed, judges each read-out by the next, and gets over everything that goes wrong.
 */
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { arePtysAbsent } from '../../support/open-pty.ts';
import { startMeteringConsole } from '../../support/metering-console.ts';
import { startModeCMeter } from '../../support/serial-line/mode-c-meter.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { aUtilityLine } from '../../support/utility-line.ts';
import { waitUntil } from '../../support/wait-until.ts';

const dataLines = (importKwh: string): string[] => [
  '0-0:C.1.0*255(00123456)',
  `1-0:1.8.0*255(${importKwh}*kWh)`,
  '1-0:2.8.0*255(000001.000*kWh)',
  '1-0:16.7.0*255(-00.250*kW)',
  '1-0:32.7.0*255(231.2*V)',
];

it.skipIf(arePtysAbsent())(
  'is read at its own speed, told of when it is confirmed, and read on in one series',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder();
    const meter = await startModeCMeter(folder, dataLines('000123.456'));
    onTestFinished(meter.stop);
    const file = path.join(folder, 'console.sqlite');
    const console = startMeteringConsole({ path: file, lines: [aUtilityLine('iec62056-mode-c', meter.path)] });
    onTestFinished(console.stop);
    const read = () => console.meters.get('MTR-1');

    // The first read-out needs one before it and one behind it.
    await waitUntil('it is read', () => read()?.latest !== undefined, 30_000);
    expect(read()?.serialNumber).toBe('00123456');
    expect(read()?.latest?.values).toMatchObject({ importWh: 123_456, exportWh: 1_000, powerW: -250 });
    expect(read()?.latest?.values.phases[0].voltageV).toBe(231.2);
    expect(meter.events.filter(({ event }) => event === 'garbled')).toEqual([]);
    const served = meter.events.flatMap((event) => (event.event === 'served' ? [event.speed] : []));
    expect(new Set(served)).toEqual(new Set([9600]));
    expect(console.lines.get('LINE-1')).toMatchObject({ state: 'open', bytesDiscarded: 0, settings: '300 7E1' });

    // Damaged data are asked for again, counted, and never become a number.
    meter.damage(1);
    meter.unplug();
    await waitUntil('the line is lost', () => console.lines.get('LINE-1')?.state === 'lost');
    meter.say(dataLines('000123.500'));
    await meter.plug();
    await waitUntil('it is read on', () => read()?.latest?.values.importWh === 123_500, 40_000);
    expect(read()?.health.crcErrors).toBe(1);
    expect(console.lines.get('LINE-1')?.bytesDiscarded).toBeGreaterThan(50);
    const health = read()?.health;
    expect(health?.asked).toBe(
      (health?.answered ?? 0) + (health?.timedOut ?? 0) + (health?.spoiled ?? 0) + (health?.lineLost ?? 0),
    );

    // After a restart it goes on where it was.
    console.stop();
    const again = startMeteringConsole({ path: file });
    onTestFinished(again.stop);
    meter.say(dataLines('000123.504'));
    await waitUntil('it is read again', () => again.meters.get('MTR-1')?.latest?.values.importWh === 123_504, 30_000);
    expect(again.store.prepare('SELECT cause FROM meter_series').all()).toEqual([{ cause: 'first-reading' }]);
    const stored = again.store.prepare('SELECT DISTINCT quality FROM meter_reading').all();
    expect(stored).toEqual([{ quality: 'confirmed' }]);
    expect(again.log).toEqual([]);
  },
);
