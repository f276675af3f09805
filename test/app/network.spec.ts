/** The Network page by keyboard alone: how operators performed, who answers, and a gap that is reviewed and published. */
import { rmSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving, runCommand } from '../support/living-page.ts';

test.describe.configure({ timeout: 240_000 });

test('performance, parties, and a gap from report to publication', async () => {
  const data = dataFolder();
  const { page, errors, close } = await launchConsole({ data, args: ['--demo', '--theme=dark', '--vehicles=60'] });
  await expectLiving(page);

  await page.keyboard.press('g');
  await page.keyboard.press('n');
  const rows = page.locator('.record-grid .ag-row');
  await expect(rows.first()).toBeVisible({ timeout: 20_000 });
  await expectNothingSerious(page);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/cpo=/u);
  await expect(page.getByRole('columnheader', { name: 'Site', exact: true })).toBeVisible();
  // The list stands before its sites have come, and a key that finds none does nothing.
  await expect(async () => {
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/site=/u, { timeout: 1500 });
  }).toPass({ timeout: 20_000 });
  await expect(page.getByRole('columnheader', { name: 'Charge point' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/cpo=/u);

  await page.keyboard.press('2');
  await expect(page.getByRole('region', { name: 'List of parties' }).getByRole('row').nth(1)).toBeVisible();
  await expectNothingSerious(page);

  await page.keyboard.press('3');
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Report a failure' });
  await expect(dialog).toBeVisible();
  await expectNothingSerious(page);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();

  const list = page.getByRole('region', { name: 'List of gaps' });
  await expect(list.locator('[data-cell]').first()).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('j');
  const gap = page.getByRole('region', { name: /^Gap near \S/u });
  await expect(gap).toBeVisible();
  await expectNothingSerious(page);
  await gap.getByRole('button', { name: 'Keep as draft' }).focus();
  await page.keyboard.press('Enter');
  const signal = gap.getByRole('region', { name: 'Signal' });
  await expect(signal).toContainText('Draft');
  await page.keyboard.press('p');
  await expect(signal).toContainText('Published', { timeout: 60_000 });
  await expect(gap.getByRole('button', { name: /^Publish/u })).toBeHidden();

  await runCommand(page, 'theme: light');
  await expect(page.locator('html[data-theme=light]')).toBeAttached();
  await expectNothingSerious(page);
  await page.keyboard.press('1');
  await expect(rows.first()).toBeVisible();
  await expectNothingSerious(page);
  expect(errors).toEqual([]);
  await close();
  rmSync(data, { recursive: true, force: true });
});

async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
