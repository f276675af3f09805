/**
 * A marketplace that is not our demo: connected through the form, it sends markup, nonsense and floods. The window shows
 * text as text, counts what it sets aside, and never breaks.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { startDemo } from '../../src/main/demo/start-demo.ts';
import { dataFolder, launchConsole } from '../support/launch-console.ts';

const MARKUP = '<img src=x onerror=boo()>';

test('markup from the other side is text, and what cannot be used is set aside and counted', async () => {
  const data = dataFolder();
  const directory = mkdtempSync(path.join(tmpdir(), 'switchyard-hostile-'));
  const demo = await startDemo({ directory, vehicles: 20, startAtMs: Date.now() });
  const { page, errors, close } = await launchConsole({ data });
  try {
    await page.getByLabel('Your name').fill('Night shift');
    const form = page.getByRole('region', { name: 'Connect' });
    await form.getByLabel(/^Name/u).fill('Loopback');
    await form.getByLabel(/Address/u).fill(demo.url);
    await form.getByLabel(/Token/u).fill(demo.token);
    await form.getByRole('button', { name: 'Connect' }).click();
    await expect(page.locator('html[data-living=true]')).toBeAttached({ timeout: 30_000 });
    await page.evaluate(() => Object.assign(globalThis, { boo: () => document.body.setAttribute('data-boo', 'yes') }));

    const vehicle = {
      id: 'HOSTILE-1',
      registration: MARKUP.slice(0, 20),
      model: `${MARKUP} bus`,
      depot_id: 'none',
      usable_capacity_kwh: 80,
      max_ac_kw: 22,
      max_dc_kw: 100,
      last_updated: new Date().toISOString(),
    };
    await demo.injectRaw('fleet', { kind: 'vehicle.put', body: vehicle });
    await demo.injectRaw('fleet', {
      kind: 'vehicle.put',
      body: { ...vehicle, id: 'HOSTILE-2', usable_capacity_kwh: null },
    });
    await demo.injectRaw('sessions', { kind: MARKUP, body: { a: 'x'.repeat(50_000) } });
    await page.getByLabel('Registration or model').fill('onerror');
    await expect(page.getByRole('region', { name: 'Vehicles' }).first()).toContainText(MARKUP.slice(0, 20));
    await expect(page.getByLabel('Links and store')).toContainText('quarantine 2');

    await page.keyboard.press('Escape');
    await page.goto(`${page.url().split('#')[0]}#/links`);
    const quarantine = page.getByRole('region', { name: 'Quarantine', exact: true });
    await expect(quarantine).toContainText(MARKUP);
    expect(await page.locator('img[src=x]').count()).toBe(0);
    expect(await page.locator('body').getAttribute('data-boo')).toBeNull();
    expect(errors).toEqual([]);
  } finally {
    await close();
    await demo.stop();
    rmSync(data, { recursive: true, force: true });
    rmSync(directory, { recursive: true, force: true });
  }
});
