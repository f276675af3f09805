/** A page that crashed or hangs is loaded again, with growing pauses; after five times in a minute a person is asked. */
import { dialog, type BrowserWindow } from 'electron';
import type { Log } from '../log.ts';
import { createRestartPolicy } from '../processes/restart-policy.ts';

const HANGS_FOR_MS = 15_000;

export function recoverWindow(window: BrowserWindow, log: Log): void {
  let reloads = createRestartPolicy();
  let hanging: NodeJS.Timeout | undefined;
  let pending: NodeJS.Timeout | undefined;
  const { webContents } = window;

  function reload(): void {
    if (!webContents.isDestroyed()) webContents.reload();
  }

  async function askPerson(): Promise<void> {
    const choice = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'This window’s page crashed again and again.',
      detail: 'Nothing stored is lost; the other windows and the backend go on.',
      buttons: ['Load it again', 'Close the window'],
      defaultId: 0,
      cancelId: 1,
    });
    if (window.isDestroyed()) return;
    if (choice.response === 1) {
      window.destroy();
      return;
    }
    reloads = createRestartPolicy();
    reload();
  }

  webContents.on('did-finish-load', () => reloads.started());
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    clearTimeout(hanging);
    const pauseMs = reloads.died();
    if (pauseMs === undefined) {
      log(`A window’s page ended (${reason}, code ${exitCode}) too often; it is not loaded again by itself.`);
      void askPerson();
      return;
    }
    log(`A window’s page ended (${reason}, code ${exitCode}); it is loaded again in ${pauseMs} ms.`);
    clearTimeout(pending);
    pending = setTimeout(reload, pauseMs);
  });
  window.on('unresponsive', () => {
    log('A window’s page does not answer.');
    clearTimeout(hanging);
    hanging = setTimeout(() => {
      if (!webContents.isDestroyed()) webContents.forcefullyCrashRenderer();
    }, HANGS_FOR_MS);
  });
  window.on('responsive', () => {
    log('The window’s page answers again.');
    clearTimeout(hanging);
  });
  window.once('closed', () => {
    clearTimeout(hanging);
    clearTimeout(pending);
  });
}
