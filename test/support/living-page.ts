/** What several windowed tests do with a living page. */
import { expect, type Locator, type Page } from 'playwright/test';

export async function expectLiving(page: Page): Promise<void> {
  await expect(page.locator('html[data-living=true]')).toBeAttached({ timeout: 30_000 });
  await expect(page.getByLabel('Links and store')).toContainText('live');
}

/** Narrows the list to plugged vehicles and opens the first, by keyboard alone; answers its panel. */
export async function openPluggedVehicle(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: /^Plugged/u }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('search').getByRole('status')).not.toContainText('200 of 200');
  await page.locator('body').press('j');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('region', { name: /^Vehicle \S/u });
  await expect(detail).toBeVisible();
  return detail;
}

/** Opens the dialog of charge points with `C` and takes the first with Enter. */
export async function startChargingByKeyboard(page: Page): Promise<void> {
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: /^Start charging/u });
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}

/** Starts a scripted fault through the demo's levers, as a person would. */
export async function startFault(
  page: Page,
  name: string,
  seconds: '15 s' | '30 s' | '1 min' | '5 min',
): Promise<void> {
  await page.getByRole('button', { name: /^DEMO/u }).click();
  const levers = page.getByRole('dialog', { name: 'Demo levers' });
  await levers.getByRole('button', { name: seconds, exact: true }).click();
  await levers.getByRole('button', { name: `Start fault: ${name}` }).click();
  await expect(levers.getByRole('button', { name: `Start fault: ${name}` })).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(levers).toBeHidden();
}

/** Finds a command in the palette and runs it; answers when the palette, which holds the keyboard while it fades, is gone. */
export async function runCommand(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name: new RegExp(name, 'iu') }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Find or do anything' })).toBeHidden();
}
