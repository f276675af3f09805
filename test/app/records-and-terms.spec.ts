/** Records and Terms by keyboard alone: find, open, pin a key with a reason, follow a contract to its tariff, in both themes. */
import { rmSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving } from '../support/living-page.ts';

test.describe.configure({ timeout: 180_000 });

for (const theme of ['dark', 'light'] as const)
  test(`records, keys, contracts, tariffs and credit without a mouse in the ${theme} theme`, async () => {
    const data = dataFolder();
    const { page, errors, close } = await launchConsole({
      data,
      size: theme === 'dark' ? '1920x1080' : '1366x768',
      args: ['--demo', `--theme=${theme}`, '--vehicles=60'],
    });
    await expectLiving(page);
    await openFirstRecord(page);
    await filterByKeys(page);
    await pinFirstKey(page);
    await readTerms(page);
    expect(errors).toEqual([]);
    await close();
    rmSync(data, { recursive: true, force: true });
  });

async function openFirstRecord(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.locator('.record-list .ag-row').first()).toBeVisible({ timeout: 30_000 });
  await expectNothingSerious(page);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const record = page.getByRole('region', { name: /^Charge record / });
  await expect(record.getByRole('row', { name: /^Gross/u })).toBeVisible();
  await expectNoSidewaysScroll(page, '.price-scroller');
  await expectNoSidewaysScroll(page, '.record-body');
  await expectNothingSerious(page);
  await page.keyboard.press('Escape');
  await expect(record).toBeHidden();
}

/** Each verdict alone, then the breaches; what a filter leaves out is said and can be had back with Escape. */
async function filterByKeys(page: Page): Promise<void> {
  await page.keyboard.press('v');
  await expect(page.getByRole('button', { name: /^2?differs/u })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await page.keyboard.press('b');
  const breaches = page.getByRole('button', { name: /^2?breach/u });
  await expect(breaches).toHaveAttribute('aria-pressed', 'true');
  // Records are still being judged for a moment: the chip and the list count the same once both have been read.
  await expect(async () => {
    const count = await breaches.locator('b').textContent();
    const listed = await page.locator('.records-foot').getByRole('status').textContent();
    expect(listed?.split(' ')[0]).toBe(count);
    expect(count).not.toBe('0');
  }).toPass({ timeout: 20_000 });
  await page.keyboard.press('Escape');
  await expect(breaches).toHaveAttribute('aria-pressed', 'false');
}

async function pinFirstKey(page: Page): Promise<void> {
  await page.keyboard.press('2');
  const pins = page.getByRole('button', { name: /^Pin the key/u });
  await expect(pins.first()).toBeVisible({ timeout: 20_000 });
  await expectNothingSerious(page);
  const before = await pins.count();
  await pins.first().focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Pin the key/u });
  await expect(dialog.getByRole('button', { name: /^Say why first/u })).toBeDisabled();
  await page.keyboard.type('Compared with the nameplate');
  await expectNothingSerious(page);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(pins).toHaveCount(before - 1);
  await expect(page.getByRole('cell', { name: /^Compared with the nameplate/u })).toBeVisible();
}

async function readTerms(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  const contracts = page.locator('.contract-list');
  await expect(contracts.getByRole('row').nth(1)).toBeVisible({ timeout: 20_000 });
  await page.keyboard.press('j');
  await expect(contracts.locator('tr[aria-selected=true]')).toHaveCount(1);
  await expectNothingSerious(page);

  await page.keyboard.press('2');
  const tariffs = page.locator('.terms-page .ag-row');
  await expect(tariffs.first()).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'How the price comes about' })).toContainText('Total');
  await expectNoSidewaysScroll(page, '.price-scroller');
  await expectNothingSerious(page);
  await page.keyboard.press('Escape');

  await page.keyboard.press('3');
  await expect(page.getByRole('region', { name: /^Books of/u })).toBeVisible();
  await expectNothingSerious(page);
  const older = page.getByRole('button', { name: /^Read older/u });
  if (!(await older.isVisible())) return;
  const lines = page.locator('.ledger tbody tr');
  const read = await lines.count();
  await page.keyboard.press('o');
  await expect(async () => expect(await lines.count()).toBeGreaterThan(read)).toPass();
}

async function expectNoSidewaysScroll(page: Page, selector: string): Promise<void> {
  const over = await page
    .locator(selector)
    .first()
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
}

async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
