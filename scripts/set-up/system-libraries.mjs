// What Electron takes from the system on Linux: shared libraries, a font, and Xvfb where there is no display.

import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { capture, findOnPath } from './child-process.mjs';
import { needsVirtualDisplay } from './display.mjs';
import { installPackages } from './system-packages.mjs';

/**
 * Shared library (as it begins) to Debian package, newest name first. GTK brings most of what Electron needs with it.
 * @type {[string, string[]][]}
 */
const packageOfLibrary = [
  ['libgtk-3', ['libgtk-3-0t64', 'libgtk-3-0']],
  ['libgdk-3', ['libgtk-3-0t64', 'libgtk-3-0']],
  ['libglib-', ['libglib2.0-0t64', 'libglib2.0-0']],
  ['libgobject-', ['libglib2.0-0t64', 'libglib2.0-0']],
  ['libgio-', ['libglib2.0-0t64', 'libglib2.0-0']],
  ['libatk-1', ['libatk1.0-0t64', 'libatk1.0-0']],
  ['libatk-bridge', ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0']],
  ['libatspi', ['libatspi2.0-0t64', 'libatspi2.0-0']],
  ['libasound', ['libasound2t64', 'libasound2']],
  ['libcups', ['libcups2t64', 'libcups2']],
  ['libnss', ['libnss3']],
  ['libsmime', ['libnss3']],
  ['libnspr', ['libnspr4']],
  ['libgbm', ['libgbm1']],
  ['libdrm', ['libdrm2']],
  ['libdbus', ['libdbus-1-3']],
  ['libexpat', ['libexpat1']],
  ['libxkbcommon', ['libxkbcommon0']],
  ['libpango', ['libpango-1.0-0']],
  ['libcairo', ['libcairo2']],
  ['libudev', ['libudev1']],
  ['libX11', ['libx11-6']],
  ['libxcb', ['libxcb1']],
  ['libXcomposite', ['libxcomposite1']],
  ['libXdamage', ['libxdamage1']],
  ['libXext', ['libxext6']],
  ['libXfixes', ['libxfixes3']],
  ['libXrandr', ['libxrandr2']],
  ['libXss', ['libxss1']],
  ['libXtst', ['libxtst6']],
  ['libxshmfence', ['libxshmfence1']],
];

/**
 * @param {string} electron
 * @param {import('./talk.mjs').Doing} doing
 */
export async function ensureSystemLibraries(electron, doing) {
  if (process.platform !== 'linux') return;
  const { output } = await capture('ldd', [electron]);
  const missing = [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
  const wanted = new Map(missing.map(packageOf).map((names) => [names.join(), names]));
  if (needsVirtualDisplay() && !findOnPath('Xvfb')) wanted.set('xvfb', ['xvfb']);
  if (!(await hasAnyFont())) wanted.set('font', ['fonts-dejavu-core']);
  if (wanted.size > 0) await installPackages([...wanted.values()], 'What Electron needs from the system', doing);
}

/** @param {string} library */
function packageOf(library) {
  const known = packageOfLibrary.find(([start]) => library.startsWith(start));
  return known?.[1] ?? [library.replace(/\.so.*/, '').toLowerCase()];
}

/** Without a single font a window shows boxes instead of letters, and Electron brings none. */
async function hasAnyFont() {
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    path.join(homedir(), '.fonts'),
    path.join(homedir(), '.local/share/fonts'),
  ];
  for (const folder of folders.filter((name) => existsSync(name))) {
    const files = await readdir(folder, { recursive: true });
    if (files.some((file) => /\.(ttf|otf|ttc|pfb|woff2?)$/i.test(file))) return true;
  }
  return false;
}
