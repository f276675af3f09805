/** What dies comes back: the backend, a page; what was stored is still there, and meanwhile nobody is told it is live. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication } from 'playwright';
import { expect, test } from 'playwright/test';
import { dataFolder, launchConsole } from '../support/launch-console.ts';
import { expectLiving, openPluggedVehicle, startChargingByKeyboard } from '../support/living-page.ts';

async function backendPids(app: ElectronApplication): Promise<number[]> {
  return app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .filter(({ name, serviceName }) => name === 'Switchyard backend' || serviceName === 'Switchyard backend')
      .map(({ pid }) => pid),
  );
}

test('a backend that dies is named at once, comes back, and has what was stored', async () => {
  const data = dataFolder();
  const { app, page, close } = await launchConsole({ data, args: ['--demo', '--route=#/live'] });
  await expectLiving(page);
  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('The charge point has started.', { timeout: 20_000 });

  const [pid = 0] = await backendPids(app);
  expect(pid).toBeGreaterThan(0);
  process.kill(pid, 'SIGKILL');
  await expect(page.getByLabel('Links and store')).toContainText('restarting its backend', { timeout: 2000 });
  await expectLiving(page);
  await expect(detail).toContainText('The charge point has started.');
  const pids = await backendPids(app);
  expect(pids).toHaveLength(1);
  expect(pids).not.toContain(pid);
  await close();
  rmSync(data, { recursive: true, force: true });
});

test('a backend that dies again and again is given up with a sentence, and can be tried again', async () => {
  const data = dataFolder();
  const { app, page, close } = await launchConsole({ data, args: ['--demo'] });
  await expectLiving(page);
  const failure = page.locator('[data-failure=backend-failed]');
  await expect(async () => {
    for (const pid of await backendPids(app)) process.kill(pid, 'SIGKILL');
    await expect(failure).toBeVisible({ timeout: 100 });
  }).toPass({ timeout: 40_000, intervals: [100] });
  await expect(failure).toContainText('again and again');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expectLiving(page);
  await close();
  rmSync(data, { recursive: true, force: true });
});

test('a page that crashes is loaded again and comes to life', async () => {
  const data = dataFolder();
  const { app, page, close } = await launchConsole({ data, args: ['--demo'] });
  await expectLiving(page);
  const livesAgain = app.evaluate(
    async ({ BrowserWindow }) =>
      new Promise<boolean>((resolve) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('did-finish-load', () => {
          // Playwright does not come back to a page that crashed, so the page is asked from the main process.
          const look = setInterval(() => {
            void (async () => {
              const living: unknown = await contents.executeJavaScript('document.documentElement.dataset.living');
              if (living !== 'true') return;
              clearInterval(look);
              resolve(true);
            })();
          }, 200);
        });
        contents?.forcefullyCrashRenderer();
      }),
  );
  expect(await livesAgain).toBe(true);
  await close();
  rmSync(data, { recursive: true, force: true });
});

test('two requests to open the demo come to one backend', async () => {
  const data = dataFolder();
  const { app, page, close } = await launchConsole({ data });
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();
  await page.evaluate(async () => {
    const ask = async (operator: string) => window.switchyard.ask('shell/try-demo', { operator });
    await Promise.all([ask('A'), ask('B'), window.switchyard.ask('shell/leave-profile', {}), ask('C'), ask('D')]);
  });
  await expectLiving(page);
  expect(await backendPids(app)).toHaveLength(1);
  await close();
  rmSync(data, { recursive: true, force: true });
});

test('a window that is moved and closed comes back where it stood', async () => {
  const data = dataFolder();
  const settings = () =>
    JSON.parse(readFileSync(path.join(data, 'settings.json'), 'utf8')) as {
      windows: { x: number; y: number; width: number; height: number }[];
    };
  const { app } = await launchConsole({ data });
  const bounds = { x: 40, y: 30, width: 1100, height: 700 };
  await app.evaluate(async ({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
  }, bounds);
  await expect(() => expect(settings().windows[0]).toMatchObject(bounds)).toPass({ timeout: 5000 });
  const moved = { ...bounds, x: 90, width: 1200 };
  const exited = app.waitForEvent('close');
  // Closed at once, before a pause after the last move is over: it must be written down while the window is still there.
  await app.evaluate(async ({ BrowserWindow }, wanted) => {
    const window = BrowserWindow.getAllWindows()[0];
    window?.once('resize', () => setImmediate(() => window.close()));
    window?.setBounds(wanted);
  }, moved);
  await exited;
  expect(settings().windows).toHaveLength(1);
  expect(settings().windows[0]).toMatchObject(moved);

  const again = await launchConsole({ data });
  const place = await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  // Every windowed test asks for a size of its own, so only the corner can be compared here.
  expect(place).toMatchObject({ x: moved.x, y: moved.y });
  await again.close();
  rmSync(data, { recursive: true, force: true });
});

test('settings that cannot be read end the start with a code, not with a process nobody sees', () => {
  const data = dataFolder();
  mkdirSync(path.join(data, 'settings.json'));
  const repository = path.resolve(import.meta.dirname, '../..');
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const ended = spawnSync(
    process.env['SWITCHYARD_ELECTRON'] ?? '',
    [...root, repository, `--data=${data}`, `--screenshot=${path.join(data, 'none.png')}`],
    { timeout: 20_000, encoding: 'utf8' },
  );
  expect(ended.stderr).toContain('Switchyard could not start.');
  expect(ended.status).toBe(1);
  rmSync(data, { recursive: true, force: true });
});

test('an address that is none is not found, and no menu offers developer tools', async () => {
  const data = dataFolder();
  const { app, page, close } = await launchConsole({ data });
  await expect(page.getByRole('button', { name: 'Try the demo' })).toBeVisible();
  expect(await page.evaluate(async () => (await fetch('/%zz')).status)).toBe(404);
  expect(await page.evaluate(async () => window.switchyard.ask('shell/open-window', { hash: '?/live' }))).toMatchObject(
    { ok: false, error: { code: 'bad-input' } },
  );
  expect(await app.evaluate(({ Menu }) => Menu.getApplicationMenu())).toBe(null);
  await close();
  rmSync(data, { recursive: true, force: true });
});
