/** The metering screens on a living demo, by keyboard alone and with nothing serious for axe in either theme. */
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving, runCommand } from '../support/living-page.ts';

/** A quarter hour of the demo takes so long at speed ×60, and its meters are read within a few seconds more. */
const QUARTER_WITHIN_MS = 60_000;

test.describe.configure({ timeout: 240_000 });

for (const theme of ['dark', 'light'] as const)
  test(`one-line, intervals, registers, import and balance in the ${theme} theme, without a mouse`, async () => {
    const data = dataFolder();
    const size = theme === 'dark' ? '1366x768' : '1920x1080';
    const { page, errors, close } = await launchConsole({ data, size, args: ['--demo', `--theme=${theme}`] });
    await expectLiving(page);
    await runCommand(page, 'Demo speed ×60');

    await test.step('the one-line diagram goes from meter to meter, and Enter opens one', () => walkOneLine(page));
    await test.step('the registers of the open meter stand there as they came', () => readRegisters(page));
    await test.step('its quarter hours come in, as bars and as a table', () => readIntervals(page));
    await test.step('a file of energies is previewed before it is taken', () => importEnergies(page, data));
    await test.step('the balance adds up, and each quarter hour can be read', () => readBalance(page));

    expect(errors).toEqual([]);
    await close();
    rmSync(data, { recursive: true, force: true });
  });

async function walkOneLine(page: Page): Promise<void> {
  await goTo(page, 'o');
  const diagram = page.getByRole('group', { name: /^One-line diagram of/u });
  await expect(diagram).toBeVisible();
  await expect(diagram.getByRole('button', { name: /^Site incomer/u })).toContainText('kW');
  await expectAccessible(page);
  const depot = await diagram.getAttribute('aria-label');
  await page.keyboard.press('d');
  await expect(page.getByRole('group', { name: /^One-line diagram of/u })).not.toHaveAttribute(
    'aria-label',
    depot ?? '',
  );
  await page.keyboard.press('d');
  await page.keyboard.press('j');
  await expect(diagram.getByRole('button', { name: /^Site incomer/u })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(diagram.getByRole('button', { name: /^Site incomer/u })).not.toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(diagram.getByRole('button', { name: /^Site incomer/u })).toBeFocused();
  await expect(page).toHaveURL(/node=/u);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: /^Meter Site incomer/u })).toBeVisible();
}

async function readRegisters(page: Page): Promise<void> {
  await page.keyboard.press('3');
  const readings = page.getByRole('region', { name: 'Readings of the registers' });
  await expect(readings.getByRole('row').nth(1)).toContainText(/[0-9a-f]{8}/u);
  await expectAccessible(page);
}

async function readIntervals(page: Page): Promise<void> {
  await page.keyboard.press('2');
  const meter = page.getByRole('region', { name: /^Meter Site incomer/u });
  await expect(meter.locator('.interval-sums')).toContainText(/\d measured/u, { timeout: QUARTER_WITHIN_MS });
  await expect(meter.locator('.bar-slot[data-basis=measured] .energy-bar').first()).toBeAttached();
  await meter.getByRole('slider', { name: /^Energy of Site incomer/u }).focus();
  await page.keyboard.press('Home');
  await expect(meter.locator('.bar-reading')).toContainText('UTC');
  await expectAccessible(page);
  await page.keyboard.press('v');
  await expect(meter.getByRole('region', { name: 'Energies as a table' }).getByRole('row').nth(1)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('v');
}

async function importEnergies(page: Page, data: string): Promise<void> {
  const file = path.join(data, 'energies.csv');
  const lines = [
    'from;kWh',
    ...[0, 15, 30, 45].map((minute) => `2026-05-04T10:${String(minute).padStart(2, '0')}:00Z;12.5`),
  ];
  writeFileSync(file, [...lines, 'not a time;1'].join('\n'));
  // Asked for well before it opens: the system's own dialog would wait for somebody.
  page.once('filechooser', (chooser) => void chooser.setFiles(file));
  await page.keyboard.press('i');
  const dialog = page.getByRole('dialog', { name: /^Import energies/u });
  await expect(dialog.getByRole('button', { name: /^Choose a file/u })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('region', { name: 'What it would bring' })).toContainText('50.0');
  await expect(dialog.getByRole('region', { name: 'Lines that cannot be taken' })).toContainText('not a time');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Import 4 quarter hours' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Imported 4 quarter hours')).toBeVisible();
  await page.keyboard.press('p');
  await page.keyboard.press('[');
  await expect(page.locator('.interval-sums')).toContainText('4 imported');
  await expect(page.locator('.interval-sums')).toContainText('50.0');
}

async function readBalance(page: Page): Promise<void> {
  await goTo(page, 'b');
  const node = page.getByRole('region', { name: 'Node', exact: true });
  const waterfall = node.getByRole('table');
  await expect(waterfall.getByRole('row', { name: /^Site incomer/u })).toContainText(/\d\.\d/u);
  await expect(waterfall.getByRole('row', { name: /Left over/u })).toContainText(/\d\.\d/u);
  await expect(page.getByRole('region', { name: 'Parts of the error' })).toContainText('Accuracy');
  await page.keyboard.press('p');
  await expect(page).toHaveURL(/per=week/u);
  await expect(node.locator('.quarter-days[data-days=week]')).toBeVisible();
  await page.keyboard.press('q');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await expect(node.locator('.quarter-reading')).toContainText('UTC');
  await expect(page).toHaveURL(/quarter=/u);
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/node=/u);
  await expectAccessible(page);
}

async function goTo(page: Page, letter: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(letter);
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
  expect(serious).toEqual([]);
}
