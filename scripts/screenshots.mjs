// Makes the README's pictures from the demo's seed, one a theme, each from a fresh data folder so that they show what a
// new user sees.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..');
const folder = path.join(repository, 'resources', 'screenshots');
mkdirSync(folder, { recursive: true });

for (const theme of ['dark', 'light']) {
  const data = mkdtempSync(path.join(tmpdir(), 'switchyard-screenshot-'));
  const args = [
    '--screenshot',
    path.join(folder, `live-${theme}.png`),
    `--theme=${theme}`,
    '--size=1920x1080',
    `--data=${data}`,
  ];
  const { status } = spawnSync(process.execPath, [path.join(import.meta.dirname, 'start.mjs'), ...args], {
    stdio: 'inherit',
  });
  rmSync(data, { recursive: true, force: true });
  if (status !== 0) process.exit(status ?? 1);
}
