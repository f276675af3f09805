/** The scripted faults, seen in the window: at each moment it says what is true and never more. */
import { rmSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { dataFolder, launchConsole, type RunningConsole } from '../support/launch-console.ts';
import { expectLiving, openPluggedVehicle, startChargingByKeyboard, startFault } from '../support/living-page.ts';

const data = dataFolder();
let running: RunningConsole;

test.describe.configure({ mode: 'serial' });
test.beforeEach(async () => {
  running = await launchConsole({ data, args: ['--demo', '--route=#/live'] });
  await expectLiving(running.page);
});
test.afterEach(async () => {
  expect(running.errors).toEqual([]);
  await running.close();
});
test.afterAll(() => rmSync(data, { recursive: true, force: true }));

test('a lost link is said, with what still works, and heals by itself', async () => {
  const { page } = running;
  const bar = page.getByLabel('Links and store');
  await startFault(page, 'Link lost', '15 s');
  await expect(bar.locator('[data-state=lost]')).toBeVisible();
  await expect(bar.locator('.still-works')).not.toBeEmpty();
  await expect(bar.locator('[data-state=live]')).toBeVisible({ timeout: 45_000 });
});

test('a refused command says so and why', async () => {
  const { page } = running;
  await startFault(page, 'Commands refused', '1 min');
  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('Not started:');
});

test('a command whose answer is lost is not called failed, and its outcome is found out', async () => {
  const { page } = running;
  await startFault(page, 'Answers missing', '30 s');
  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('Sent to the marketplace; no answer yet.');
  await expect(detail.getByRole('list', { name: 'Last command' })).not.toContainText('Not started', { timeout: 1000 });
  await expect(detail).toContainText('The charge point has started.', { timeout: 50_000 });
});
