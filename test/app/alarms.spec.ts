/** Alarms by keyboard alone: a lost line is one alarm and not as many as it bears meters; answered, shelved, and over. */
import { rmSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving, runCommand } from '../support/living-page.ts';

test.describe.configure({ timeout: 300_000 });

test('lines that are unplugged: one alarm each, acknowledged, shelved with a reason, over', async () => {
  const data = dataFolder();
  const { page, errors, close } = await launchConsole({ data, args: ['--demo', '--theme=dark'] });
  await expectLiving(page);
  await unplug(page);
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await expect(page.getByRole('heading', { name: 'Alarms' }).first()).toBeVisible();
  // Whatever else is the matter with the demo's energy, the lines are what is looked at here.
  await page.getByRole('button', { name: 'Priority 3 only' }).focus();
  await page.keyboard.press('Enter');

  const rows = page.locator('.alarm-list .ag-row').filter({ hasText: 'Meter line lost' });
  await expect(rows).toHaveCount(2, { timeout: 90_000 });
  const unacknowledged = await countUnacknowledged(page);
  const detail = page.getByRole('region', { name: /^Alarm: Meter line lost/u });
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(detail).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(detail).toContainText('What to do');
  await expect(detail).toContainText('If nobody does');
  await expectNothingSerious(page);

  const paintedMs = await paintedWithin(page, 'a');
  expect(paintedMs).toBeLessThan(100);
  await expect(detail.getByRole('region', { name: 'Journal' })).toContainText('acknowledged by');
  await expect.poll(() => countUnacknowledged(page)).toBe(unacknowledged - 1);

  await page.keyboard.press('Space');
  await expect(page.getByText('1 marked')).toBeVisible();
  await page.keyboard.press('s');
  const dialog = page.getByRole('dialog', { name: /^Shelve/u });
  await expect(dialog.getByRole('button', { name: 'Say why first' })).toBeDisabled();
  await page.keyboard.type('Electrician is at the board');
  await expectNothingSerious(page);
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('2');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('j');
  await expect(detail).toContainText('Electrician is at the board');
  await page.keyboard.press('u');
  await expect(page.getByText('Nothing is shelved.')).toBeVisible();

  // Minutes later the meters behind are silent, too, and stand under their lines instead of beside them.
  await page.keyboard.press('1');
  await expect(rows).toHaveCount(2);
  await expect(page.getByRole('button', { name: /^Explained [1-9]/u })).toBeVisible({ timeout: 150_000 });
  await expect(rows).toHaveCount(2);
  await runCommand(page, 'theme: light');
  await expect(page.locator('html[data-theme=light]')).toBeAttached();
  await expectNothingSerious(page);

  await runCommand(page, 'end fault: meter line unplugged');
  await expect(rows.first()).toContainText('Over, unacknowledged', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Explained 0' })).toBeVisible({ timeout: 30_000 });
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(detail).toContainText('Over, unacknowledged', { timeout: 300 });
  }).toPass();
  await page.keyboard.press('a');
  await expect(rows).toHaveCount(0);
  await expect(page.getByText('This alarm is over.')).toBeVisible();
  await page.keyboard.press('3');
  const journal = page.getByRole('region', { name: 'Journal' });
  for (const word of ['raised', 'acknowledged by', 'shelved by', 'over']) await expect(journal).toContainText(word);
  await expectNothingSerious(page);
  expect(errors).toEqual([]);
  await close();
  rmSync(data, { recursive: true, force: true });
});

/** As the mark in the top bar says it. */
async function countUnacknowledged(page: Page): Promise<number> {
  const said = await page.locator('.alarm-tally > .visually-hidden').textContent();
  return Number(/^\d+/u.exec(said ?? '')?.[0] ?? 0);
}

/** By the demo's levers: the palette's faults end sooner than a line is said to be lost. */
async function unplug(page: Page): Promise<void> {
  const press = async (name: string | RegExp) => {
    await page.getByRole('button', { name }).focus();
    await page.keyboard.press('Enter');
  };
  await press(/^DEMO/u);
  await press('5 min');
  await press('Start fault: Meter line unplugged');
  await page.keyboard.press('Escape');
  // While it fades it still takes the keys.
  await expect(page.locator('.MuiPopover-root')).toHaveCount(0);
}

/** From the key to the list that shows it. */
async function paintedWithin(page: Page, key: string): Promise<number> {
  const painted = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let pressedMs = Infinity;
        window.addEventListener('keydown', () => (pressedMs = performance.now()), { capture: true, once: true });
        const list = document.querySelector('.alarm-list');
        const observer = new MutationObserver(() => {
          const words = [...document.querySelectorAll('.alarm-list [col-id=state]')].map((cell) => cell.textContent);
          if (!words.includes('Acknowledged')) return;
          observer.disconnect();
          requestAnimationFrame(() => resolve(performance.now() - pressedMs));
        });
        if (list !== null) observer.observe(list, { subtree: true, childList: true, characterData: true });
      }),
  );
  await page.keyboard.press(key);
  return painted;
}

async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
