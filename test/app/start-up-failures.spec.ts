/**
 * A database that cannot be used has a screen that says what, why and what next, in a real window over a real trouble; every
 * byte beside it stays as it was, and once the trouble is mended trying again works.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import Database from 'better-sqlite3';
import { expect, test } from 'playwright/test';
import { openStore } from '../../src/main/database/open-store.ts';
import { folderBytes } from '../support/folder-bytes.ts';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving } from '../support/living-page.ts';
import { canMount, makeReadOnly, mountSmallDisk } from '../support/small-disk.ts';

type Trouble = {
  readonly name: string;
  readonly failure: string;
  readonly title: string;
  readonly needsMount?: true;
  /** Makes the trouble in the folder of the demo's profile; answers how to mend it. */
  readonly make: (
    file: string,
    afterwards: (cleanUp: () => unknown) => void,
  ) => Promise<() => unknown> | (() => unknown);
  /** Where the data lie while the trouble lasts, when that is not their folder. */
  readonly keptIn?: (file: string) => string;
};

const TROUBLES: readonly Trouble[] = [
  {
    name: 'a file that is no database',
    failure: 'database-corrupt',
    title: 'The database is damaged',
    make: (file) => {
      writeFileSync(file, 'this is no database, and never was one '.repeat(500));
      return () => rmSync(file);
    },
  },
  {
    name: 'a database from the future',
    failure: 'database-from-the-future',
    title: 'The database is from a newer Switchyard',
    make: (file) => {
      setUserVersion(file, 4000);
      return () => rmSync(file);
    },
  },
  {
    name: 'a database that another process holds',
    failure: 'database-locked',
    title: 'Another program holds the database',
    make: async (file, afterwards) => {
      openStore({ path: file }).close();
      const hold = `const database = new (require('better-sqlite3'))(${JSON.stringify(file)});
        database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; UPDATE store_opening SET count = 9');
        process.stdout.write('held'); setInterval(() => {}, 1000);`;
      const holder = spawn(process.execPath, ['--eval', hold], { stdio: ['ignore', 'pipe', 'inherit'] });
      afterwards(() => holder.kill('SIGKILL'));
      await once(holder.stdout, 'data');
      return async () => {
        const gone = once(holder, 'exit');
        holder.kill('SIGKILL');
        await gone;
      };
    },
  },
  {
    name: 'a read-only folder',
    failure: 'database-read-only',
    title: 'The database cannot be written',
    needsMount: true,
    make: (file, afterwards) => {
      openStore({ path: file }).close();
      let release: (() => void) | undefined = makeReadOnly(path.dirname(file));
      const mend = () => {
        release?.();
        release = undefined;
      };
      afterwards(mend);
      return mend;
    },
  },
  {
    name: 'a file in the place of the folder',
    failure: 'database-unreachable',
    title: 'The database’s place is not there',
    keptIn: (file) => `${path.dirname(file)}.elsewhere`,
    make: (file) => {
      openStore({ path: file }).close();
      const folder = path.dirname(file);
      renameSync(folder, `${folder}.elsewhere`);
      writeFileSync(folder, '');
      return () => {
        rmSync(folder);
        renameSync(`${folder}.elsewhere`, folder);
      };
    },
  },
  {
    name: 'a full disk',
    failure: 'disk-full',
    title: 'The disk is full',
    needsMount: true,
    make: (file, afterwards) => {
      const disk = mountSmallDisk(path.dirname(file), 192);
      afterwards(disk.unmount);
      openStore({ path: file }).close();
      disk.fill();
      return disk.free;
    },
  },
];

function setUserVersion(file: string, version: number): void {
  openStore({ path: file }).close();
  const database = new Database(file);
  database.pragma(`user_version = ${version}`);
  database.close();
}

function demoDatabase(data: string): string {
  const folder = path.join(data, 'profiles', 'demo');
  mkdirSync(folder, { recursive: true });
  return path.join(folder, 'demo-7-200.sqlite');
}

const mended: (() => unknown)[] = [];
test.afterEach(async () => {
  for (const mend of mended.splice(0)) await mend();
});

for (const trouble of TROUBLES)
  test(`${trouble.name} has its screen and keeps every byte; trying again works once it is mended`, async () => {
    test.skip(trouble.needsMount === true && !canMount, 'This machine does not let tests mount a disk.');
    const data = dataFolder();
    mended.push(() => rmSync(data, { recursive: true, force: true }));
    const file = demoDatabase(data);
    const mend = await trouble.make(file, (cleanUp) => mended.unshift(cleanUp));
    const kept = trouble.keptIn?.(file) ?? path.dirname(file);
    const before = folderBytes(kept);

    const { page, close } = await launchConsole({ data, args: ['--demo'] });
    const screen = page.locator(`[data-failure=${trouble.failure}]`);
    await expect(screen).toBeVisible({ timeout: 30_000 });
    await expect(screen.getByRole('heading')).toContainText(trouble.title);
    for (const word of ['What:', 'Why:', 'Next:', 'Your data are untouched', file])
      await expect(screen).toContainText(word);
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await screen.evaluate((element) => element.setAttribute('data-seen', ''));
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await expect(screen.and(page.locator(':not([data-seen])'))).toBeVisible({ timeout: 30_000 });
    expect(folderBytes(kept)).toEqual(before);

    await mend();
    await page.getByRole('button', { name: 'Try again' }).press('Enter');
    await expectLiving(page);
    await close();
  });

test('every way on is reached by keyboard, in the order of its harmlessness', async () => {
  const data = dataFolder();
  mended.push(() => rmSync(data, { recursive: true, force: true }));
  const file = demoDatabase(data);
  writeFileSync(file, 'this is no database, and never was one '.repeat(500));
  const { app, page, close } = await launchConsole({ data, args: ['--demo'] });
  await expect(page.getByRole('button', { name: 'Try again' })).toBeFocused({ timeout: 30_000 });
  // The system's file manager would be a window of somebody else.
  await app.evaluate(({ shell }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    shell.openPath = async (folder) => (shown.push(folder), '');
  });
  const names: string[] = ['Try again'];
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press('Tab');
    names.push(await page.evaluate(() => document.activeElement?.textContent ?? ''));
    if (names.at(-1) === 'Show the folder') await page.keyboard.press('Enter');
  }
  expect(names).toEqual([
    'Try again',
    'Show the folder',
    'Copy details',
    'Choose another profile',
    'Start the demo afresh',
  ]);
  expect(await app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)).toEqual([path.dirname(file)]);
  await page.getByRole('button', { name: 'Choose another profile' }).press('Enter');
  await expect(page.getByRole('button', { name: /^Try the demo/u })).toBeVisible();
  await close();
});

test('a damaged demo is started afresh, and its database is kept whole beside the new one', async () => {
  const data = dataFolder();
  mended.push(() => rmSync(data, { recursive: true, force: true }));
  const file = demoDatabase(data);
  writeFileSync(file, 'this is no database, and never was one '.repeat(500));
  const before = folderBytes(path.dirname(file));
  const { page, close } = await launchConsole({ data, args: ['--demo'] });
  await page.getByRole('button', { name: 'Start the demo afresh' }).press('Enter', { timeout: 30_000 });
  await expectLiving(page);
  const aside = readdirSync(path.dirname(file)).find((name) => name.includes('.set-aside-')) ?? '';
  expect(folderBytes(path.join(path.dirname(file), aside))).toEqual(before);
  await close();
});
