/** A database that cannot be used has a screen that says what, why and what next; the file stays as it was. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving } from '../support/living-page.ts';

function databaseIn(data: string): string {
  const folder = path.join(data, 'profiles', 'demo');
  mkdirSync(folder, { recursive: true });
  return path.join(folder, readdirSync(folder).find((name) => name.endsWith('.sqlite')) ?? 'demo-7-200.sqlite');
}

const spoilers: readonly (readonly [string, (file: string) => void])[] = [
  ['database-corrupt', (file) => writeFileSync(file, 'this is no database, and never was one '.repeat(500))],
  [
    'database-from-the-future',
    (file) => {
      const database = new Database(file);
      database.pragma('user_version = 4000');
      database.close();
    },
  ],
];

for (const [failure, spoil] of spoilers)
  test(`${failure} is named, explained and leaves the file alone; trying again works once it is mended`, async () => {
    const data = dataFolder();
    const file = databaseIn(data);
    spoil(file);
    const before = readFileSync(file);
    const { page, close } = await launchConsole({ data, args: ['--demo'] });
    const screen = page.getByRole('alert').and(page.locator(`[data-failure=${failure}]`));
    await expect(screen).toBeVisible({ timeout: 30_000 });
    await expect(screen).toContainText(file);
    expect(readFileSync(file).equals(before)).toBe(true);

    rmSync(file);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectLiving(page);
    await close();
    rmSync(data, { recursive: true, force: true });
  });
