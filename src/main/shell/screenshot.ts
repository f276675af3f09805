/** Waits until the window is alive, lets it settle, and writes a PNG. */
import { writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';

const LIVING_WITHIN_MS = 90_000;
/** The Live page says so itself, once positions are drawn; any other page lives when its link does. */
const IS_LIVING = `document.documentElement.dataset.living === 'true' ||
  (!location.hash.startsWith('#/live') && document.querySelector('[data-state=live]') !== null)`;
const SETTLE_MS = 4000;

export async function takeScreenshot(window: BrowserWindow, file: string): Promise<void> {
  const until = Date.now() + LIVING_WITHIN_MS;
  for (;;) {
    const living = (await window.webContents.executeJavaScript(IS_LIVING).catch(() => false)) as boolean;
    if (living) break;
    if (Date.now() > until) throw new Error('The window did not come to life within 90 s.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  const picture = await window.webContents.capturePage();
  await writeFile(file, picture.toPNG());
}
