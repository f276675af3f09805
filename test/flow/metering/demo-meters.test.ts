/** The demo's depot meters in a console: its lines are known without anybody typing them, and their readings are the truth. */
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startDemo } from '../../../src/main/demo/start-demo.ts';
import type { MeterRecord } from '../../../src/shared/ipc/metering/metering-contract.ts';
import { openDemoConsole } from '../../support/demo-console.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const METERS = 23;

it('reads every meter, also when the clock runs sixty times faster, and goes on after a restart', async () => {
  const folder = temporaryFolder();
  const demo = await startDemo({ directory: path.join(folder, 'demo'), vehicles: 60 });
  onTestFinished(demo.stop);
  const open = async () => {
    const { backend, window } = await openDemoConsole(folder, demo);
    return { backend, window, meters: window.follow('metering/meters'), lines: window.follow('metering/lines') };
  };
  const first = await open();
  const { meters, window } = first;
  const all = () => [...meters.values()];
  await waitUntil('all are read', () => meters.size === METERS && all().every(({ latest }) => latest !== undefined));
  expect([...first.lines.values()].map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open', 'open']);

  const power = ({ latest }: MeterRecord): number => latest?.values.powerW ?? Number.NaN;
  for (const site of ['MTR-BLR-1', 'MTR-BER-1']) {
    const inW = power(meters.get(site) as MeterRecord);
    const outW = all()
      .filter(({ parentId }) => parentId === site)
      .reduce((sum, meter) => sum + power(meter), 0);
    // What the site takes is what its feeders take, and the little that is lost between.
    expect(inW / outW).toBeGreaterThan(1);
    expect(inW / outW).toBeLessThan(1.05);
  }

  const before = new Map(all().map(({ id, latest }) => [id, latest]));
  expect((await window.command('demo/set-speed', { rate: 60 })).outcome).toBe('accepted');
  await waitUntil('five minutes have passed', () =>
    all().every(({ id, latest }) => (latest?.atMs ?? 0) > (before.get(id)?.atMs ?? Infinity) + 300_000),
  );
  for (const { id, latest } of all())
    expect(latest?.values.importWh).toBeGreaterThanOrEqual(before.get(id)?.values.importWh ?? Infinity);
  // A bay may be empty; a site never takes nothing.
  for (const site of ['MTR-BLR-1', 'MTR-BER-1', 'MTR-BER-9'])
    expect(meters.get(site)?.latest?.values.importWh).toBeGreaterThan(before.get(site)?.values.importWh ?? Infinity);
  expect((await window.command('demo/set-speed', { rate: 1 })).outcome).toBe('accepted');
  const asked = new Map(all().map(({ id, health }) => [id, health.answered]));
  await waitUntil('they are read on', () => all().every((m) => m.health.answered >= (asked.get(m.id) ?? 0) + 2));
  for (const { name, refusal, health } of all())
    expect([name, refusal?.message, health.refused]).toEqual([name, undefined, 0]);
  first.backend.stop();

  const second = await open();
  onTestFinished(second.backend.stop);
  await waitUntil('the meters are there', () => second.meters.size === METERS);
  await waitUntil('they are read', () => [...second.meters.values()].every(({ health }) => health.answered >= 2));
  expect([...second.meters.values()].map(({ health }) => health.refused)).toEqual(
    Array.from({ length: METERS }, () => 0),
  );
  const { events } = await second.window.query('metering/events', { limit: 100 });
  expect(events.filter(({ kind }) => kind === 'series-began')).toHaveLength(METERS);
});
