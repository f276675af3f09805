/** What a depot pays: its month from its meter, prices and wiring that a person enters, and what is refused of them. */
import { expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../../src/main/demo/start-demo.ts';
import type { SiteSettings } from '../../../src/shared/domain/charging/site-settings.ts';
import { powerW } from '../../../src/shared/kernel/quantity.ts';
import { openDemoConsole } from '../../support/demo-console.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const depotId = 'DEPOT-BER';
const EVENING_MS = Date.UTC(2026, 5, 9, 17, 30);

async function openDepot() {
  const folder = temporaryFolder();
  const demo = await startDemo({ directory: `${folder}/demo`, vehicles: 60, startAtMs: EVENING_MS, rate: 10 });
  onTestFinished(() => demo.stop());
  const { backend, window } = await openDemoConsole(folder, demo);
  onTestFinished(() => backend.stop());
  const sites = window.follow('charging/sites');
  await waitUntil('the depot to be planned', () => (sites.get(depotId)?.vehicles ?? 0) >= 29);
  return { window, sites };
}

test('the month so far is what the meter counted; the plan comes to no more than charging at once, and to no less than the bound', async () => {
  const { window } = await openDepot();
  let cost = await window.query('charging/cost', { depotId });
  for (const endMs = Date.now() + 120_000; Date.now() < endMs && (cost?.soFar.energyWh ?? 0) === 0;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    cost = await window.query('charging/cost', { depotId });
  }
  expect(cost).toBeDefined();
  if (cost === undefined) return;
  const { soFar, forecast, unmanaged, bound, days } = cost;
  expect(soFar.energyWh).toBeGreaterThan(0);
  const countedWh = days.reduce((sum, { importWh }) => sum + (importWh ?? 0), 0);
  expect(countedWh).toBeCloseTo(soFar.energyWh, 3);
  const byDay = days.reduce((sum, { energyCost }) => sum + (energyCost ?? 0), 0);
  expect(Math.abs(byDay - soFar.energyCost)).toBeLessThan(1e-4);
  expect(forecast.total).toBeGreaterThan(soFar.total);
  expect(forecast.total).toBeLessThanOrEqual(unmanaged.total + 1e-9);
  expect(bound).toBeLessThanOrEqual(forecast.total + 1e-9);
}, 180_000);

test('prices and wiring that are entered are planned with; wiring that could overload the site is refused with figures', async () => {
  const { window, sites } = await openDepot();
  const before = sites.get(depotId)?.cost ?? 0;
  expect(before).toBeGreaterThan(0);
  const [terms] = await window.query('charging/site-terms', { depotId });
  const settings = await window.query('charging/site-settings', { depotId });
  expect(settings).toBeDefined();
  if (terms === undefined || settings === undefined) return;
  const dearer = {
    depotId,
    validFromMs: terms.validFromMs,
    name: 'Flat',
    currency: terms.currency,
    energy: [{ name: 'Always', pricePerKwh: '9.5', when: {} }],
    dynamic: [],
    exportPricePerKwh: '0',
    demand: [],
    powerFactor: 1,
  };
  expect(await window.command('charging/put-site-terms', { terms: dearer })).toEqual({ outcome: 'accepted' });
  await waitUntil('a plan by the new prices', () => (sites.get(depotId)?.cost ?? 0) > 5 * before);

  const wire = ({ gridMeterId, ...rest }: SiteSettings, fallbackW: number) => ({
    ...rest,
    ...(gridMeterId === undefined ? {} : { gridMeterId }),
    buildingMeterIds: [...rest.buildingMeterIds],
    feeders: rest.feeders.map(({ parent, ...feeder }) => ({ ...feeder, ...(parent === undefined ? {} : { parent }) })),
    bays: rest.bays.map(({ feeder, phases, ...bay }) => ({
      ...bay,
      fallbackW: powerW(Math.min(bay.maxW, fallbackW)),
      phases: [...phases],
      ...(feeder === undefined ? {} : { feeder }),
    })),
  });
  const refused = await window.command('charging/put-site-settings', { settings: wire(settings, 1e6) });
  expect(refused).toMatchObject({ outcome: 'refused', error: { code: 'fallback-too-high' } });
  expect(JSON.stringify(refused)).toMatch(/Lower the fallbacks by \d+\.\d kW/u);
  expect(await window.query('charging/site-settings', { depotId })).toEqual(settings);
  expect(await window.command('charging/put-site-settings', { settings: wire(settings, 1000) })).toEqual({
    outcome: 'accepted',
  });
  const stored = await window.query('charging/site-settings', { depotId });
  expect(stored?.bays.every(({ fallbackW }) => fallbackW === 1000)).toBe(true);
}, 90_000);
