/**
 * The whole console killed with `kill -9`: main process, backend, demo and page at once. The next start is back on the same
 * page with the same filters, and has all that was accepted.
 */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'playwright/test';
import { dataFolder, launchConsole, type RunningConsole } from '../support/launch-console.ts';
import { expectLiving, openPluggedVehicle, startChargingByKeyboard } from '../support/living-page.ts';
import { printFigures } from '../support/print-figures.ts';
import { createPromises, judgeStore } from '../support/promises.ts';
import { chooseSeed, seededRandom } from '../support/seeded-random.ts';

/** Playwright starts the application as the head of a process group of its own. */
async function killWhole({ app }: RunningConsole, data: string): Promise<void> {
  const { pid } = app.process();
  expect(pid).toBeGreaterThan(0);
  const gone = app.waitForEvent('close');
  process.kill(-(pid ?? 0), 'SIGKILL');
  await gone;
  await expect.poll(() => processesOn(data)).toEqual([]);
}

/** What still runs with this data folder, by its command line: whoever survives the kill would go on writing. */
function processesOn(data: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid)
    .map((pid) => readOr(`/proc/${pid}/cmdline`, '').replaceAll('\0', ' '))
    .filter((commandLine) => commandLine.includes(data));
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // A process that ended between the two looks.
    return otherwise;
  }
}

/** Judges a copy, as the next start must find what the kill left. @returns how many actions it holds */
function judgeCopy(data: string): number {
  const profile = path.join(data, 'profiles', 'demo');
  const name = readdirSync(profile).find((file) => file.endsWith('.sqlite')) ?? '';
  const folder = path.join(data, 'judged');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const end of ['', '-wal'])
    if (existsSync(path.join(profile, name + end)))
      copyFileSync(path.join(profile, name + end), path.join(folder, name + end));
  expect(judgeStore(path.join(folder, name), createPromises())).toEqual([]);
  const database = new Database(path.join(folder, name), { readonly: true });
  // The demo's files of energies are imported as somebody's actions, too.
  const found = database
    .prepare<[], { count: number }>(`SELECT count(*) AS count FROM action_log WHERE kind LIKE '%_SESSION'`)
    .get();
  database.close();
  return found?.count ?? 0;
}

test('a console that is killed three times is back where it was, with all that was accepted', async () => {
  test.skip(process.platform !== 'linux', 'survivors of a kill are looked for in /proc');
  test.setTimeout(180_000);
  const seed = chooseSeed();
  const random = seededRandom(seed);
  const livingAgainMs: number[] = [];
  const data = dataFolder();
  const settings = path.join(data, 'settings.json');
  let running = await launchConsole({ data, args: ['--demo', '--route=#/live'] });
  await expectLiving(running.page);
  let detail = await openPluggedVehicle(running.page);
  const outcomes = ['The charge point has started.', 'The charge point has stopped.', 'The charge point has started.'];
  for (const [kill, outcome] of outcomes.entries()) {
    const { page } = running;
    if (outcome.includes('started')) await startChargingByKeyboard(page);
    else await detail.getByRole('button', { name: 'Stop charging' }).click();
    await expect(detail).toContainText(outcome, { timeout: 20_000 });
    const url = page.url();
    expect(url).toContain('plugged');
    // Where a window stands is written down a moment after it changed.
    await expect.poll(() => readFileSync(settings, 'utf8')).toContain(new URL(url).hash);
    await page.waitForTimeout(random() * 1000);

    await killWhole(running, data);
    expect(judgeCopy(data)).toBe(kill + 1);
    const killedAtMs = performance.now();
    running = await launchConsole({ data });
    await expectLiving(running.page);
    livingAgainMs.push(Math.round(performance.now() - killedAtMs));
    expect(running.page.url()).toBe(url);
    detail = running.page.getByRole('region', { name: /^Vehicle \S/u });
    await expect(detail).toContainText(outcome);
  }
  printFigures('window kills', { seed, livingAgainMs });
  expect(running.errors).toEqual([]);
  await running.close();
  rmSync(data, { recursive: true, force: true });
});
