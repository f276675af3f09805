/** The scripted faults, seen in the window: at each moment it says what is true and never more. */
import { rmSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { dataFolder, launchConsole, type RunningConsole } from '../support/launch-console.ts';
import { expectLiving, openPluggedVehicle, startChargingByKeyboard, startFault } from '../support/living-page.ts';
import { lookAt, takePicture, watch, type Sight } from '../support/watch-window.ts';

// A demo of its own for each: what one test starts, the next would find charging.
let data: string;
let running: RunningConsole;

test.describe.configure({ timeout: 150_000 });
test.beforeEach(async () => {
  data = dataFolder();
  running = await launchConsole({ data, args: ['--demo', '--route=#/live'] });
  await expectLiving(running.page);
});
test.afterEach(async () => {
  expect(running.errors).toEqual([]);
  await running.close();
  rmSync(data, { recursive: true, force: true });
});

/** True at every moment, whatever the fault: an old reading never stands as the present. */
function neverStaleAsFresh(sight: Sight): void {
  for (const { name, readingAgeS, isPowerStale } of sight.depots)
    if ((readingAgeS ?? 0) > 11)
      expect(isPowerStale, `${name}: a reading of ${readingAgeS} s stands as fresh`).toBe(true);
}

test('a lost link is said, with what still works, and heals by itself; the meters do not need it', async () => {
  const { page } = running;
  const bar = page.getByLabel('Links and store');
  // The console has just come to life: a meter that sends by itself may not have been heard yet.
  await watch(page, neverStaleAsFresh, ({ depots }) => depots.length === 2 && depots.every((one) => !one.isPowerStale));
  await startFault(page, 'Link lost', '30 s');
  await expect(bar.locator('[data-state=lost]')).toBeVisible();
  await expect(bar.locator('.still-works')).not.toBeEmpty();
  const sights = await watch(
    page,
    (sight) => {
      neverStaleAsFresh(sight);
      if (sight.link === 'lost') expect(sight.depots.map(({ isPowerStale }) => isPowerStale)).toEqual([false, false]);
      if (sight.reporting === 0) expect(sight.staleTiles).toEqual(expect.arrayContaining(['Driving', 'Charging now']));
    },
    (sight) => sight.link === 'live' && sight.reporting > 150,
  );
  expect(sights.some((sight) => sight.link === 'lost' && sight.reporting === 0)).toBe(true);
  await takePicture(page, 'link-lost-after');
});

test('vehicles that fall silent are counted out, hatched and aged, while the link stays live', async () => {
  const { page } = running;
  await startFault(page, 'Telematics silent', '30 s');
  const sights = await watch(
    page,
    (sight) => {
      neverStaleAsFresh(sight);
      expect(sight.link).toBe('live');
      if (sight.reporting === 0) expect(sight.staleTiles).toEqual(expect.arrayContaining(['Driving', 'Charging now']));
    },
    (sight) => sight.reporting < 60,
  );
  await takePicture(page, 'telematics-silent');
  expect(sights.at(-1)?.statusBar).toContain('Demo fault telematics silent');
  await watch(page, neverStaleAsFresh, (sight) => sight.reporting > 150);
});

test('an unplugged meter line: the last power stays, hatched and aged, until the line is back', async () => {
  const { page } = running;
  await watch(page, neverStaleAsFresh, ({ depots }) => depots.length === 2 && depots.every((one) => !one.isPowerStale));
  await startFault(page, 'Meter line unplugged', '15 s');
  // Berlin's site is measured on a line of its own, which the fault leaves alone.
  await watch(page, neverStaleAsFresh, ({ depots }) => depots.some(({ note }) => note.startsWith('Line lost')));
  const last = (await lookAt(page)).depots.map(({ powerKw }) => powerKw);
  await takePicture(page, 'meter-unplugged');
  const lost = await watch(
    page,
    (sight) => {
      neverStaleAsFresh(sight);
      for (const [at, depot] of sight.depots.entries()) {
        if (!depot.note.startsWith('Line lost')) continue;
        expect(depot.isPowerStale, 'nothing is measured while the line is away').toBe(true);
        expect(depot.powerKw).toBe(last[at]);
      }
    },
    ({ depots }) => depots.every(({ note, isPowerStale }) => !note.startsWith('Line lost') && !isPowerStale),
  );
  expect(lost.some(({ lines }) => /lost/u.test(lines))).toBe(true);
  expect(lost.every(({ link }) => link === 'live')).toBe(true);
});

for (const [fault, kind] of [
  ['Meter answers late', 'meter-late'],
  ['Meter line noisy', 'meter-noisy'],
] as const)
  test(`“${fault}”: what is missed is said, what is shown is measured, and it heals by itself`, async () => {
    const { page } = running;
    await watch(
      page,
      neverStaleAsFresh,
      ({ depots }) => depots.length === 2 && depots.every((one) => !one.isPowerStale),
    );
    const calm = (await lookAt(page)).depots.map(({ powerKw }) => kilowatts(powerKw));
    await startFault(page, fault, '30 s');
    const sights = await watch(
      page,
      (sight) => {
        neverStaleAsFresh(sight);
        // A site's load moves by a vehicle at a time: a figure that jumps by half was misread.
        for (const [at, { powerKw }] of sight.depots.entries())
          expect(Math.abs(kilowatts(powerKw) / (calm[at] ?? 0) - 1), `${powerKw} kW after ${calm[at]}`).toBeLessThan(
            0.5,
          );
      },
      ({ statusBar }) => !statusBar.includes('Demo fault'),
    );
    await takePicture(page, kind);
    const notes = sights.flatMap(({ depots }) => depots.map(({ note }) => note));
    expect(notes.some((note) => /missed|without a valid answer|last fault/u.test(note))).toBe(true);
    await watch(page, neverStaleAsFresh, ({ depots }) => depots.every(({ isPowerStale }) => !isPowerStale));
  });

function kilowatts(figure: string): number {
  return Number(figure.replaceAll(',', ''));
}

test('a command that is answered late is waited for', async () => {
  const { page } = running;
  await startFault(page, 'Answers late', '30 s');
  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('Sent to the marketplace; no answer yet.');
  await expect.poll(async () => (await lookAt(page)).queue).toBe(1);
  await expect(detail).toContainText('The charge point has started.', { timeout: 50_000 });
  await expect.poll(async () => (await lookAt(page)).queue).toBe(0);
});

test('a command whose result never comes is taken, not done, until it is told', async () => {
  const { page } = running;
  await startFault(page, 'Results missing', '15 s');
  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('The marketplace took it; waiting for the charge point to start.');
  await takePicture(page, 'results-missing');
  await expect(detail).toContainText('The charge point has started.', { timeout: 60_000 });
});

test('a refused command says so and why', async () => {
  const { page } = running;
  await startFault(page, 'Commands refused', '1 min');
  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('Not started:');
});

test('a command whose answer is lost is not called failed, and its outcome is found out', async () => {
  const { page } = running;
  await startFault(page, 'Answers missing', '30 s');
  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('Sent to the marketplace; no answer yet.');
  await expect(detail.getByRole('list', { name: 'Last command' })).not.toContainText('Not started', { timeout: 1000 });
  await expect(detail).toContainText('The charge point has started.', { timeout: 50_000 });
});
