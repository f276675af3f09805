/** First run to a running session and back, in the built application, as a new user would go. */
import { rmSync } from 'node:fs';
import { expect, test, type Page } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving } from '../support/living-page.ts';

const data = dataFolder();
test.describe.configure({ mode: 'serial' });
test.afterAll(() => rmSync(data, { recursive: true, force: true }));

const rows = (page: Page) => page.getByRole('region', { name: 'Vehicles' }).first().getByRole('row');

test('first run, the demo, vehicles that move, a filter, a vehicle, a session started', async () => {
  const { app, page, errors, close } = await launchConsole({ data });
  await page.getByLabel('Your name').fill('Night shift');
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await expectLiving(page);

  const map = page.getByRole('region', { name: 'Map' });
  const before = await map.screenshot();
  await expect(async () => expect((await map.screenshot()).equals(before)).toBe(false)).toPass({ timeout: 10_000 });

  const result = page.getByRole('search').getByRole('status');
  await expect(result).toContainText('200 of 200');
  await page.getByRole('button', { name: /^Plugged/u }).click();
  await expect(result).not.toContainText('200 of 200');
  expect(page.url()).toContain('plugged');

  await rows(page).nth(1).click();
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: /^Vehicle \S/u });
  await expect(detail).toBeVisible();
  await detail.getByRole('button', { name: 'Start charging…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Start charging/u });
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(detail).toContainText('The charge point has started.', { timeout: 20_000 });
  await expect(detail.getByRole('button', { name: 'Stop charging' })).toBeEnabled({ timeout: 20_000 });

  const url = page.url();
  await page.reload();
  await expectLiving(page);
  expect(page.url()).toBe(url);
  await expect(detail).toContainText('The charge point has started.');
  expect(errors).toEqual([]);
  expect(app.windows()).toHaveLength(1);
  await close();
});

test('a restart keeps the profile, the page, its filter, the vehicle and what was done', async () => {
  const { page, errors, close } = await launchConsole({ data });
  await expectLiving(page);
  expect(page.url()).toContain('plugged');
  const detail = page.getByRole('region', { name: /^Vehicle \S/u });
  await expect(detail).toContainText('The charge point has started.');
  await detail.getByRole('button', { name: 'Stop charging' }).click();
  await expect(detail).toContainText('The charge point has stopped.', { timeout: 20_000 });
  expect(errors).toEqual([]);
  await close();
});

test('a second window of the same page, and both come back after a restart', async () => {
  const first = await launchConsole({ data });
  await expectLiving(first.page);
  const opened = first.app.waitForEvent('window');
  await first.page.evaluate(async () => window.switchyard.ask('shell/open-window', { hash: '#/links' }));
  const second = await opened;
  await expect(second.getByRole('region', { name: 'Marketplace link' })).toContainText('live');
  await first.page.waitForTimeout(600);
  await first.close();

  const again = await launchConsole({ data });
  await expect.poll(() => again.app.windows().length).toBe(2);
  await again.close();
});
