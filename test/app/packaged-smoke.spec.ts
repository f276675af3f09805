/** What `npm run package` made, as a user gets it: it lives, it takes a command, and nobody turns it into something else. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from 'playwright/test';
import { openStore } from '../../src/main/database/open-store.ts';
import { putLines } from '../../src/main/metering/lines/line-table.ts';
import { launchPackaged, packagedExecutable, startPackaged } from '../support/launch-packaged.ts';
import { expectLiving, openPluggedVehicle, startChargingByKeyboard } from '../support/living-page.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'switchyard-packaged-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the packaged application lives, and carries a command there and back', async () => {
  const { page, errors, process: main, stop } = await launchPackaged(path.join(folder, 'data'));
  await page.getByLabel('Your name').fill('Night shift');
  await page.getByRole('button', { name: 'Try the demo' }).click();
  await expectLiving(page);
  const map = page.getByRole('region', { name: 'Map' });
  const before = await map.screenshot();
  await expect(async () => expect((await map.screenshot()).equals(before)).toBe(false)).toPass({ timeout: 10_000 });

  const detail = await openPluggedVehicle(page);
  await startChargingByKeyboard(page);
  await expect(detail).toContainText('The charge point has started.', { timeout: 20_000 });

  expectUnpacked(main.pid ?? 0, 'better_sqlite3');
  expect(errors).toEqual([]);
  await stop();
});

test('it looks for a serial adapter with the serial library that came with it', async () => {
  const data = path.join(folder, 'data');
  const marketplace = { name: 'Depot', url: 'http://127.0.0.1:9' };
  declareSerialLine(data, { id: 'flo-depot-00000001', kind: 'marketplace', ...marketplace });
  const { page, process: main, stop } = await launchPackaged(data);
  const form = page.getByRole('region', { name: 'Connect' });
  await page.getByLabel('Your name').fill('Night shift');
  await form.getByLabel('Name').fill(marketplace.name);
  await form.getByLabel('Address').fill(marketplace.url);
  await form.getByLabel('Token').fill('a-token-for-nobody');
  await form.getByRole('button', { name: 'Connect' }).click();
  await page.getByRole('link', { name: 'Links' }).click();
  // The second is the library's own word where there is no udev to ask, as in a container.
  const answer = page.getByText(/Adapter SMOKE-TEST is not plugged in|spawn udevadm ENOENT/u).first();
  await expect(answer).toBeVisible({ timeout: 20_000 });
  expectUnpacked(main.pid ?? 0, '@serialport');
  await stop();
});

test('its fuses are as promised', async () => {
  const wire = await getCurrentFuseWire(packagedExecutable());
  const states = (options: readonly FuseV1Options[]) => options.map((option) => wire[option]);
  expect(
    states([
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
    ]),
  ).toEqual([FuseState.DISABLE, FuseState.DISABLE, FuseState.DISABLE]);
  expect(
    states([
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ]),
  ).toEqual([FuseState.ENABLE, FuseState.ENABLE, FuseState.ENABLE]);
});

test('it runs nobody’s script: not as Node, not by NODE_OPTIONS, not through an inspector', async () => {
  const proof = path.join(folder, 'ran');
  const script = path.join(folder, 'script.cjs');
  writeFileSync(script, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, 'ran')`);
  const data = path.join(folder, 'data');
  const { said, stop } = startPackaged([script, `--data=${data}`, '--inspect=0'], {
    ELECTRON_RUN_AS_NODE: '1',
    NODE_OPTIONS: `--require=${script}`,
  });
  await expectStarted(data);
  expect(existsSync(proof)).toBe(false);
  expect(said()).not.toContain('Debugger listening');
  await stop();
});

test('the place where profiles live is never debugged, not even under its own name', async () => {
  const profiles = path.join(folder, 'Switchyard');
  for (const more of [[], [`--data=${profiles}`]]) {
    const { said, stop } = startPackaged(['--remote-debugging-port=0', ...more], { XDG_CONFIG_HOME: folder });
    await expectStarted(profiles);
    // An open door is announced in the same breath; a second is plenty for it to be heard.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(said()).not.toContain('DevTools listening');
    expect(existsSync(path.join(profiles, 'DevToolsActivePort'))).toBe(false);
    await stop();
    rmSync(path.join(profiles, 'Local Storage'), { recursive: true });
  }
});

test('in a copy of the profiles, which may be debugged, no kept token is opened', async () => {
  const data = path.join(folder, 'data');
  const profile = { id: 'flo-depot-00000001', kind: 'marketplace', name: 'Depot', url: 'http://127.0.0.1:9' };
  mkdirSync(data);
  writeFileSync(
    path.join(data, 'settings.json'),
    JSON.stringify({ operator: 'Night shift', profiles: [{ ...profile, sealedToken: 'c2VhbGVk' }] }),
  );
  const { page, stop } = await launchPackaged(data);
  await page.getByRole('region', { name: 'Profiles on this computer' }).getByRole('button', { name: /Depot/u }).click();
  await expect(page.getByText('Kept tokens are not opened while a debugger may look on.')).toBeVisible();
  await stop();
});

/** A profile of an earlier run, whose meters are read over a USB adapter that is nowhere. */
function declareSerialLine(
  data: string,
  profile: { readonly id: string; readonly kind: string; readonly name: string; readonly url: string },
): void {
  const file = path.join(data, 'profiles', profile.id, 'switchyard.sqlite');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(path.join(data, 'settings.json'), JSON.stringify({ profiles: [profile] }));
  const store = openStore({ path: file });
  const address = { kind: 'serial-port', adapterSerialNumber: 'SMOKE-TEST', path: undefined } as const;
  const settings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 } as const;
  store.write((tx) =>
    putLines(
      tx,
      'operator',
      [
        {
          id: 'LINE-1',
          origin: 'operator',
          protocol: 'modbus-rtu',
          name: 'Line 1',
          depotId: 'DEPOT-1',
          address,
          settings,
          meters: [],
        },
      ],
      0,
    ),
  );
  store.close();
}

/** The native module is mapped into memory, and so is nothing that did not come with the package. */
function expectUnpacked(pid: number, name: string): void {
  if (process.platform !== 'linux') return;
  const loaded = nativeModulesOf(pid);
  const unpacked = path.join(path.dirname(packagedExecutable()), 'resources', 'app.asar.unpacked');
  expect(loaded.filter((file) => !file.startsWith(unpacked))).toEqual([]);
  expect(loaded.filter((file) => file.includes(name))).toHaveLength(1);
}

/** Its page keeps storage of its own, which is there when the page was loaded: the main module ran long before. */
async function expectStarted(data: string): Promise<void> {
  await expect.poll(() => existsSync(path.join(data, 'Local Storage')), { timeout: 20_000 }).toBe(true);
}

/** Every native module that the process and its children have mapped into memory. */
function nativeModulesOf(pid: number): string[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/u.test(entry))) {
    const parent = /^PPid:\s*(\d+)/mu.exec(readIfThere(`/proc/${name}/status`))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const descends = (child: number): boolean =>
    child === pid || (parents.has(child) && descends(parents.get(child) ?? 0));
  const family = [...parents.keys()].filter(descends);
  const mapped = family.flatMap((member) => readIfThere(`/proc/${member}/maps`).match(/\/\S+\.node$/gmu) ?? []);
  return [...new Set(mapped)];
}

/** Processes come and go while one looks. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
