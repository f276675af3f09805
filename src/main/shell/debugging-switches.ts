/**
 * Chromium's remote debugging opens every page to whoever reaches its port: they could give commands as the operator. The
 * fuses close Node's inspector and not this. As Chrome does since 136 for its own profiles, an installed Switchyard never
 * debugs the default place of its profiles: it drops the switches unless another data folder was named, and even there, since
 * it may be somebody's real one, no sealed token is opened. What is left is the demo, which the smoke test drives.
 */
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';

const SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe'];

/** Called before `ready`, when Chromium has not looked at its switches yet, and before the data folder is set. */
export function dropDebuggingOfProfiles(dataDirectory: string | undefined): void {
  if (!app.isPackaged) return;
  const isThrowaway = dataDirectory !== undefined && realPlace(dataDirectory) !== realPlace(app.getPath('userData'));
  if (isThrowaway) return;
  for (const name of SWITCHES) app.commandLine.removeSwitch(name);
}

/** Somebody may be attached to the pages of an installed Switchyard. */
export function isOpenToDebuggers(): boolean {
  return app.isPackaged && SWITCHES.some((name) => app.commandLine.hasSwitch(name));
}

function realPlace(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    // What is not there yet cannot be the folder of somebody's profiles under another name.
    return path.resolve(folder);
  }
}
