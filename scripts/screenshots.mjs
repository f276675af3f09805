// Makes the README's pictures from the demo's seed, each page in both themes, from a fresh data folder a theme so that they show
// what a new user sees.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..');
const folder = path.join(repository, 'resources', 'screenshots');
mkdirSync(folder, { recursive: true });

const PAGES = {
  live: '#/live',
  charge: '#/charge?vehicle=BER-0002',
  records: '#/records?verdict=differs',
  'one-line': '#/one-line',
  balance: '#/balance?depot=DEPOT-BER&node=MTR-BER-4&per=week&date=2026-06-03',
};

for (const theme of ['dark', 'light']) {
  const data = mkdtempSync(path.join(tmpdir(), 'switchyard-screenshot-'));
  for (const [page, route] of Object.entries(PAGES)) {
    const picture = path.join(folder, `${page}-${theme}.png`);
    const args = [
      '--screenshot',
      picture,
      `--theme=${theme}`,
      '--size=1920x1080',
      `--data=${data}`,
      `--route=${route}`,
    ];
    const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, 'start.mjs'), ...args], {
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(status ?? 1);
  }
  rmSync(data, { recursive: true, force: true });
}
