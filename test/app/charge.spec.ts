/** A dispatcher’s path by keyboard alone: a vehicle, a place, its price, a reservation, a start refused or done, and the record with its price. */
import { rmSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving, runCommand } from '../support/living-page.ts';

test.describe.configure({ timeout: 240_000 });

/** On its round in Bengaluru for hours yet when the demo begins, with half of its charge. */
const VAN = 'BLR-0019';

test('find, compare, reserve, a start refused with its reason, and the reservation given up', async () => {
  const data = dataFolder();
  const { page, errors, close } = await launchConsole({ data, args: ['--demo', '--theme=dark', '--vehicles=60'] });
  await expectLiving(page);

  // From Live with the vehicle open, one key leads to the places for it.
  await openStandingVehicle(page);
  await page.keyboard.press('p');
  await expect(page.getByRole('combobox', { name: 'Vehicle' })).not.toHaveValue('');
  await expect(page).toHaveURL(/\/charge\?vehicle=/u);

  await expectPricesInOrder(page);
  await expectNothingSerious(page);

  await chip(page, 'Free now');
  await chip(page, 'Fits');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: /^Place \S/u });
  await expect(panel).toBeVisible();
  // The cheapest is the fleet's own depot, which takes no reservations and says so: on to the first that does.
  await expect(panel.getByRole('listitem').filter({ hasText: 'cannot be reserved' })).toBeVisible();
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(panel.getByRole('button', { name: /^Reserve/u })).toBeEnabled({ timeout: 1500 });
  }).toPass();
  await expect(panel.getByRole('region', { name: 'How the price comes about' })).toContainText('Total');
  const listed = await page.locator('.place-grid .ag-row-selected').locator('[col-id=price]').textContent();
  await expect(panel.locator('.place-price b')).toHaveText(listed ?? '');
  await expectNothingSerious(page);

  await page.keyboard.press('b');
  await expect(panel.getByRole('group', { name: 'Reservation' })).toContainText('held', { timeout: 30_000 });
  await expect(panel.getByRole('group', { name: 'Reservation' })).toContainText('left');
  await expect(panel.getByRole('button', { name: /^Cancel reservation/u })).toBeEnabled();

  // It is not there yet: the charge point refuses, and the screen says so and goes on holding the reservation.
  await page.keyboard.press('c');
  const command = panel.getByRole('list', { name: 'Last command' });
  await expect(command).toContainText('Not started:', { timeout: 60_000 });
  await expect(panel.getByRole('group', { name: 'Reservation' })).toContainText('held');
  await runCommand(page, 'theme: light');
  await expect(page.locator('html[data-theme=light]')).toBeAttached();
  await expectNothingSerious(page);

  await page.keyboard.press('b');
  await expect(command).toContainText('The reservation is given up.', { timeout: 60_000 });
  await expect(panel.getByRole('group', { name: 'Reservation' })).toContainText('cancelled');
  expect(errors).toEqual([]);
  await close();
  rmSync(data, { recursive: true, force: true });
});

test('reserve for a van on its round, start when it has come, watch, stop, and read the record with its price', async () => {
  const data = dataFolder();
  const { page, errors, close } = await launchConsole({ data, args: ['--demo', '--vehicles=60', '--seed=7'] });
  await expectLiving(page);
  await page.evaluate((vehicle) => {
    window.location.hash = `#/charge?vehicle=${vehicle}`;
  }, VAN);
  await expectPricesInOrder(page);
  await chip(page, 'Free now');
  await chip(page, 'Fits');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: /^Place \S/u });
  const reserve = panel.getByRole('button', { name: /^Reserve/u });
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(reserve).toBeEnabled({ timeout: 1500 });
  }).toPass();
  await panel.getByRole('combobox', { name: 'Hold it for' }).selectOption('120');
  await reserve.press('Enter');
  await expect(panel.getByRole('group', { name: 'Reservation' })).toContainText('held', { timeout: 30_000 });

  await runCommand(page, 'Demo speed ×60');
  const stop = panel.getByRole('button', { name: /^Stop charging/u });
  await expect(async () => {
    if (!(await stop.isVisible())) await panel.getByRole('button', { name: /^Start/u }).press('c', { timeout: 1000 });
    await expect(stop).toBeEnabled({ timeout: 5000 });
  }).toPass({ timeout: 110_000 });
  await expect(panel.getByRole('group', { name: 'Reservation' })).toContainText('used');
  await expect(panel).toContainText(/[1-9]\d*\.\d kWh/u, { timeout: 30_000 });
  await stop.press('Enter');
  const record = panel.getByRole('link', { name: /^Open its record/u });
  await expect(record).toBeVisible({ timeout: 60_000 });
  await record.press('Enter');
  await expect(page).toHaveURL(/\/records\?/u);
  await expect(page.getByRole('region', { name: 'How the price comes about' })).toContainText('kWh');
  expect(errors).toEqual([]);
  await close();
  rmSync(data, { recursive: true, force: true });
});

/** The order of the list is frozen; R sorts it by what has come since. */
async function expectPricesInOrder(page: Page): Promise<void> {
  const cheapest = page.locator('.place-grid .ag-row[row-index="0"] [col-id=price]');
  await expect(async () => {
    await page.locator('body').press('r');
    await expect(cheapest).toContainText(/\d\.\d\d INR/u, { timeout: 1500 });
  }).toPass({ timeout: 30_000 });
}

/** A charge point takes none that drives. */
async function openStandingVehicle(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '#/live?depot=DEPOT-BLR&activity=["idle"]&sort=charge:asc';
  });
  await expect(page.getByRole('button', { name: /^Idle/u })).toHaveAttribute('aria-pressed', 'true');
  await page.locator('body').press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Vehicle \S/u })).toBeVisible();
}

async function chip(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).focus();
  await page.keyboard.press('Enter');
}

async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
