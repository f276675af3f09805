/**
 * The windows: sandboxed, isolated, unable to navigate, open others or ask for permissions; each remembers its place and
 * its page, so that a restart brings all of them back where they stood.
 */
import path from 'node:path';
import { BrowserWindow, screen, session } from 'electron';
import type { ShellState } from '../../../shared/ipc/shell-contract.ts';
import { APP_ORIGIN } from '../app-protocol.ts';
import type { Log } from '../log.ts';
import type { WindowPlace } from '../settings-file.ts';
import { recoverWindow } from './window-recovery.ts';

export type Windows = {
  readonly open: (place?: Partial<WindowPlace>) => BrowserWindow;
  readonly tellState: (state: ShellState) => void;
  /** Brings a window to the front; opens one when there is none. */
  readonly focus: () => void;
  readonly places: () => WindowPlace[];
};

export type WindowsOptions = {
  readonly mainFolder: string;
  readonly size: { readonly width: number; readonly height: number } | undefined;
  readonly background: string;
  /** Called when a window moved, changed its page or closed. */
  readonly onChange: () => void;
  /** Called while the last window can still be asked for its place. */
  readonly onLastClose: () => void;
  readonly log: Log;
};

const DEFAULT_SIZE = { width: 1600, height: 940 };

export function createWindows(options: WindowsOptions): Windows {
  const open = new Set<BrowserWindow>();
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.defaultSession.setPermissionCheckHandler(() => false);

  function openWindow(place: Partial<WindowPlace> = {}): BrowserWindow {
    const window = new BrowserWindow({
      ...DEFAULT_SIZE,
      ...visiblePlace(place),
      ...options.size,
      minWidth: 1024,
      minHeight: 640,
      show: false,
      title: 'Switchyard',
      autoHideMenuBar: true,
      backgroundColor: options.background,
      webPreferences: {
        preload: path.join(options.mainFolder, '../preload/preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // A control room's second screen is often not in front; its values must not go stale for that.
        backgroundThrottling: false,
      },
    });
    open.add(window);
    window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    window.webContents.on('will-navigate', (event) => event.preventDefault());
    window.webContents.on('will-attach-webview', (event) => event.preventDefault());
    window.webContents.on('did-navigate-in-page', options.onChange);
    // `resized` and `moved`, which come once at the end, are not sent on Linux.
    window.on('resize', options.onChange);
    window.on('move', options.onChange);
    window.on('maximize', options.onChange);
    window.on('unmaximize', options.onChange);
    recoverWindow(window, options.log);
    window.once('ready-to-show', () => {
      if (place.maximized === true && options.size === undefined) window.maximize();
      window.show();
    });
    window.once('closed', () => {
      open.delete(window);
      // The last window's place is kept: closing it is leaving, not tidying up.
      if (open.size > 0) options.onChange();
    });
    window.on('close', () => {
      if (open.size === 1) options.onLastClose();
    });
    void window.loadURL(`${APP_ORIGIN}/main.html${place.hash ?? ''}`);
    return window;
  }

  return {
    open: openWindow,
    tellState: (state) => {
      for (const window of open)
        if (!window.isDestroyed() && !window.webContents.isCrashed())
          window.webContents.send('switchyard-state', state);
    },
    focus: () => {
      const window = [...open].find((candidate) => !candidate.isDestroyed());
      if (window === undefined) {
        openWindow();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    places: () =>
      [...open]
        .filter((window) => !window.isDestroyed())
        .map((window) => ({
          ...window.getNormalBounds(),
          maximized: window.isMaximized(),
          hash: new URL(window.webContents.getURL() || APP_ORIGIN).hash,
        })),
  };
}

/** A place on a screen that is no longer there is forgotten: the window opens where it can be seen. */
function visiblePlace(place: Partial<WindowPlace>): { x?: number; y?: number; width?: number; height?: number } {
  const { x, y, width, height } = place;
  if (width === undefined || height === undefined) return {};
  if (x === undefined || y === undefined) return { width, height };
  const seen = screen
    .getAllDisplays()
    .some(
      ({ workArea: area }) =>
        x < area.x + area.width - 80 && x + width > area.x + 80 && y >= area.y - 20 && y < area.y + area.height - 80,
    );
  return seen ? { x, y, width, height } : { width, height };
}
