/** Without a mouse, and for everybody: the operator's whole action by keyboard, and no serious finding of axe in either theme. */
import { rmSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving, openPluggedVehicle, startChargingByKeyboard } from '../support/living-page.ts';

test('from the first screen to a running session and back without a mouse', async () => {
  const data = dataFolder();
  const { page, errors, close } = await launchConsole({ data });
  await page.getByLabel('Your name').fill('Night shift');
  await page.getByRole('button', { name: 'Try the demo' }).focus();
  await page.keyboard.press('Enter');
  await expectLiving(page);

  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('The charge point has started.', { timeout: 20_000 });
  await expect(detail.getByRole('button', { name: 'Stop charging' })).toBeEnabled({ timeout: 20_000 });
  await page.keyboard.press('x');
  await expect(detail).toContainText('The charge point has stopped.', { timeout: 20_000 });
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();

  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await expect(page.getByRole('region', { name: 'Marketplace link' })).toBeVisible();
  await expect(page.getByRole('region', { name: /^Meter line / }).first()).toContainText('meters answer', {
    timeout: 20_000,
  });
  await openFirstMeter(page);
  await page.keyboard.press('j');
  await expect(page.getByRole('region', { name: /^Meter Building feeder/u })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: /^Meter Building feeder/u })).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('about');
  await page.keyboard.press('Enter');
  await expect(page.getByText('synchronous', { exact: false }).first()).toBeVisible();
  expect(errors).toEqual([]);
  await close();
  rmSync(data, { recursive: true, force: true });
});

/** By `G` `M`, then the first row with `K` and Enter; a grid that is still being made hears no key yet. */
async function openFirstMeter(page: Page): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(async () => {
    await page.keyboard.press('k');
    await expect(page.locator('.meter-grid .ag-cell-focus')).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Meter Site incomer/u })).toBeVisible();
}

for (const theme of ['dark', 'light'] as const)
  test(`axe finds nothing serious in the ${theme} theme`, async () => {
    const data = dataFolder();
    const { page, close } = await launchConsole({ data, args: ['--demo', `--theme=${theme}`] });
    await expectLiving(page);
    await expect(page.locator(`html[data-theme=${theme}]`)).toBeAttached();
    const serious = async () => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
    };
    expect(await serious()).toEqual([]);
    await openPluggedVehicle(page);
    expect(await serious()).toEqual([]);
    await page.keyboard.press('Escape');
    await openFirstMeter(page);
    await expect(page.getByRole('region', { name: 'Answers' })).toBeVisible();
    expect(await serious()).toEqual([]);
    for (const page_ of ['a', 'm', 'k', 'v']) {
      await page.keyboard.press('Escape');
      await page.keyboard.press('g');
      await page.keyboard.press(page_);
      await page.waitForTimeout(300);
      expect(await serious()).toEqual([]);
    }
    await close();
    rmSync(data, { recursive: true, force: true });
  });
