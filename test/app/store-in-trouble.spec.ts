/** The store of a running console is refused by a real disk, or held by a real program: what the window says of it is true. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving, openPluggedVehicle, startChargingByKeyboard } from '../support/living-page.ts';
import { canMount, mountSmallDisk } from '../support/small-disk.ts';

const undone: (() => void)[] = [];
test.afterEach(() => {
  for (const undo of undone.splice(0)) undo();
});

function profileFolder(): { data: string; folder: string } {
  const data = dataFolder();
  undone.push(() => rmSync(data, { recursive: true, force: true }));
  return { data, folder: path.join(data, 'profiles', 'demo') };
}

test('on a full disk positions wait, a start is stored and answered, and all goes on once there is room', async () => {
  test.skip(!canMount, 'This machine does not let tests mount a disk.');
  const { data, folder } = profileFolder();
  const disk = mountSmallDisk(folder, 192);
  undone.unshift(disk.unmount);
  // The marketplace is another computer's, whose disk is not full.
  const elsewhere = mountSmallDisk(path.join(folder, 'demo-7-200'), 192);
  undone.unshift(elsewhere.unmount);
  const { page, close } = await launchConsole({ data, args: ['--demo'] });
  await expectLiving(page);

  disk.fill();
  const bar = page.getByLabel('Links and store');
  await expect(bar).toContainText('sparing the disk');
  await expect(bar).toContainText('positions and meter readings wait; commands and sessions are stored');
  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('The charge point has started.', { timeout: 20_000 });
  await expect(bar).toContainText('sparing the disk');

  disk.free();
  await expect(bar).toContainText('saved');
  await expect(bar).toContainText('live');
  await close();
});

test('while another program holds the database nothing is said to be saved, and a start is refused in words', async () => {
  const { data, folder } = profileFolder();
  const { page, close } = await launchConsole({ data, args: ['--demo'] });
  await expectLiving(page);
  const detail = await openPluggedVehicle(page);
  const bar = page.getByLabel('Links and store');
  await expect(bar).toContainText('saved');

  const holder = new Database(path.join(folder, 'demo-7-200.sqlite'));
  undone.unshift(() => holder.close());
  holder.exec('BEGIN IMMEDIATE');
  await expect(bar).toContainText('not saving', { timeout: 20_000 });
  await expect(bar).toContainText('Another program holds the database.');
  await page.keyboard.press('c');
  await expect(
    page
      .getByRole('dialog', { name: /^Start charging/u })
      .getByRole('option')
      .first(),
  ).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Nothing was done, because it could not be stored.')).toBeVisible({ timeout: 20_000 });
  // The refusal stands in the dialog, so that the choice is not lost.
  await page.keyboard.press('Escape');
  await expect(detail).toBeVisible();
  await expect(detail).not.toContainText('The charge point has started.');

  holder.exec('ROLLBACK');
  await expect(bar).toContainText('saved', { timeout: 20_000 });
  await close();
});
