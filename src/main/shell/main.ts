/**
 * Entry of the Electron main process: life cycle, windows, the door to them, and which profile is open. It holds no data
 * of its own beyond the settings file; everything else lives in the backend's process.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, nativeTheme } from 'electron';
import { declareAppProtocol, serveAppProtocol } from './app-protocol.ts';
import { readLaunchOptions } from './launch-options.ts';
import { setApplicationMenu } from './application-menu.ts';
import { dropDebuggingOfProfiles } from './debugging-switches.ts';
import { createLog } from './log.ts';
import { openProfiles } from './open-profiles.ts';
import { takeScreenshot } from './screenshot.ts';
import { openSettingsFile } from './settings-file.ts';
import { openShellGate } from './shell-gate.ts';
import { createWindowMemory } from './windows/window-memory.ts';
import { createWindows } from './windows/windows.ts';

const log = createLog('shell');
const mainFolder = path.dirname(fileURLToPath(import.meta.url));
const options = readOptionsOrLeave();

dropDebuggingOfProfiles(options.dataDirectory);
if (options.dataDirectory !== undefined) app.setPath('userData', path.resolve(options.dataDirectory));
if (options.theme !== undefined) nativeTheme.themeSource = options.theme;
declareAppProtocol();

// Electron holds `ready` back until this module is through, so nothing here may wait for it.
if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(run).catch(giveUp);
} else {
  log('Switchyard is already open on this data folder; its window was brought to the front.');
  app.exit(0);
}

function readOptionsOrLeave() {
  try {
    return readLaunchOptions(process.argv);
  } catch (error) {
    log(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

/** Without a window nobody would see a process that failed to start; it must say so and go. */
function giveUp(error: unknown): void {
  log('Switchyard could not start.', error);
  // A picture is taken by a script: nobody is there to close a dialog.
  if (options.screenshotFile === undefined)
    dialog.showErrorBox('Switchyard could not start', error instanceof Error ? error.message : String(error));
  app.exit(1);
}

function run(): void {
  setApplicationMenu();
  const dataFolder = app.getPath('userData');
  const settings = openSettingsFile(path.join(dataFolder, 'settings.json'), log);
  const memory = createWindowMemory(
    () => settings.change({ windows: windows.places() }),
    // A picture is taken of the demo in a size of its own; that says nothing about where a person had the windows.
    { enabled: options.screenshotFile === undefined, log },
  );
  const windows = createWindows({
    mainFolder,
    size: options.size,
    background: nativeTheme.shouldUseDarkColors ? '#1F2226' : '#DADDE0',
    onChange: memory.soon,
    onLastClose: memory.now,
    log,
  });
  const profiles = openProfiles({ settings, dataFolder, mainFolder, launch: options, log, onState: windows.tellState });

  serveAppProtocol(path.join(mainFolder, '../renderer'), () => settings.read().baseMapFile);
  const baseMap = () => {
    const file = settings.read().baseMapFile;
    return file === undefined ? undefined : { fileName: path.basename(file), url: '/base-map.pmtiles' };
  };
  openShellGate(
    {
      'shell/state': profiles.state,
      'shell/open-profile': ({ profileId }) => profiles.openProfile(profileId),
      'shell/try-demo': ({ operator }) => profiles.tryDemo(operator),
      'shell/connect': profiles.connect,
      'shell/retry': profiles.retry,
      'shell/leave-profile': profiles.leave,
      'shell/show-database': profiles.showDatabase,
      'shell/start-demo-afresh': profiles.startDemoAfresh,
      'shell/open-window': ({ hash }) => {
        windows.open({ hash });
        memory.soon();
        return undefined;
      },
      'shell/choose-base-map': async () => {
        const choice = await dialog.showOpenDialog({
          title: 'Choose a base map',
          filters: [{ name: 'Protomaps archive', extensions: ['pmtiles'] }],
          properties: ['openFile'],
        });
        const file = choice.filePaths[0];
        if (file === undefined) return undefined;
        settings.change({ baseMapFile: file });
        return baseMap();
      },
      'shell/base-map': baseMap,
      'shell/request-port': (_input, sender) => {
        profiles.connectWindow(sender);
        return undefined;
      },
    },
    log,
  );

  const places = options.screenshotFile === undefined ? settings.read().windows : [];
  const first = windows.open({ ...places[0], ...(options.route === undefined ? {} : { hash: options.route }) });
  for (const place of places.slice(1)) windows.open(place);
  void profiles.openAtStart();
  if (options.screenshotFile !== undefined)
    void takeScreenshot(first, options.screenshotFile).then(
      () => app.quit(),
      (error: unknown) => {
        log('The picture could not be taken.', error);
        app.exit(1);
      },
    );

  app.on('second-instance', windows.focus);
  app.on('window-all-closed', () => app.quit());
  app.on('before-quit', () => {
    if (windows.places().length > 0) memory.now();
    // While quitting the windows close one by one; what is remembered is how they all stood.
    memory.stop();
  });
  app.on('will-quit', (event) => {
    // Quitting again from here would be ignored while this quit is under way; everything worth keeping is on disk.
    event.preventDefault();
    void profiles.close().finally(() => app.exit(0));
  });
}
