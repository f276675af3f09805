/** The timeline and the cost page in the real window: wishes by keyboard and mouse with their price first, and prices as on the bill. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving } from '../support/living-page.ts';

test.describe.configure({ timeout: 180_000 });

test('by keyboard: quarter hours are chosen, a power is pinned with its price first, and taken back', async () => {
  const { page, errors, close } = await launchConsole({
    data: dataFolder(),
    args: ['--demo', '--theme=dark', '--vehicles=60'],
  });
  await expectLiving(page);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.keyboard.press('d');
  await expect(page.getByRole('tab', { name: /Berlin/u })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('option').first()).toContainText('B-', { timeout: 30_000 });
  await expectNothingSerious(page);
  const panel = page.getByRole('region', { name: 'Charge point', exact: true });
  await page.keyboard.press('j');
  await expect(page).toHaveURL(/vehicle=BER/u);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('p');
  const power = panel.getByRole('textbox', { name: /^Power from/u });
  await expect(power).toBeFocused();
  await power.fill('5000');
  await page.keyboard.press('Enter');
  await expect(panel.getByText(/^Enter a power from 0 to/u)).toBeVisible();
  await power.fill('6');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('columnheader', { name: 'Then' })).toBeVisible({ timeout: 20_000 });
  await expect(panel.getByRole('button', { name: 'Do it' })).toBeFocused();
  await expectNothingSerious(page);
  await page.keyboard.press('Enter');
  await expect(panel.getByText(/^Pinned to 6 kW from/u)).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('.timeline-row[aria-selected="true"] .timeline-fixed')).toHaveCount(1, { timeout: 20_000 });

  await page.keyboard.press('u');
  await expect(panel.getByText(/^Pinned to/u)).toBeHidden({ timeout: 20_000 });
  await page.keyboard.press('l');
  await expect(panel.getByRole('button', { name: 'Do it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Locked as planned')).toBeVisible({ timeout: 20_000 });
  await expect(panel.getByRole('button', { name: /Lock as planned/u })).toBeHidden();
  expect(errors).toEqual([]);
  await close();
});

test('by mouse, in the light theme: quarter hours are chosen by dragging, and say what they cost', async () => {
  const { page, errors, close } = await launchConsole({
    data: dataFolder(),
    args: ['--demo', '--theme=light', '--vehicles=60'],
  });
  await expectLiving(page);
  await page.getByRole('link', { name: 'Timeline' }).click();
  const track = page.locator('.timeline-track').nth(2);
  await expect(track).toBeVisible({ timeout: 30_000 });
  const box = await track.boundingBox();
  if (box === null) throw new Error('The track has no place on the screen.');
  await page.mouse.move(box.x + box.width * 0.25, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.35, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const range = page.locator('.timeline-range');
  await expect(range).toHaveCount(1);
  const drawn = await range.boundingBox();
  expect(Math.abs((drawn?.width ?? 0) - box.width * 0.1)).toBeLessThan(box.width * 0.03);
  await expect(page.getByText(/one kWh more would cost/u)).toBeVisible();
  await expectNothingSerious(page);
  expect(errors).toEqual([]);
  await close();
});

test('cost: the month is there, and prices are entered by keyboard with what is wrong said by line', async () => {
  const { page, errors, close } = await launchConsole({
    data: dataFolder(),
    args: ['--demo', '--theme=dark', '--vehicles=60'],
  });
  await expectLiving(page);
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.keyboard.press('d');
  await expect(page.getByRole('region', { name: 'Month' }).getByRole('row', { name: /Together/u })).toContainText(
    'EUR',
    {
      timeout: 30_000,
    },
  );
  await expectNothingSerious(page);
  await page.keyboard.press('p');
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect(name).toBeFocused();
  await name.fill('Flat from today');
  const energy = page.getByRole('textbox', { name: /^Energy/u });
  await energy.fill('Night; 0.19; 22:00-06:00\nDay; much');
  await expect(page.getByText('Line 2: “much” is no price.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Store the prices' })).toBeDisabled();
  await energy.fill('Night; 0.19; 22:00-06:00\nDay; 0.31');
  await expectNothingSerious(page);
  await page.getByRole('button', { name: 'Store the prices' }).focus();
  await page.keyboard.press('Enter');
  const prices = page.getByRole('region', { name: 'Prices in force' });
  await expect(prices).toContainText('Flat from today', { timeout: 20_000 });
  await expect(prices).toContainText('22:00-06:00');
  expect(errors).toEqual([]);
  await close();
});

async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
}
