// The whole set-up in its order. Each step is a no-op when it was done before, so all of it runs before every command.

import { ensureBuild } from './application-build.mjs';
import { ensureDependencies } from './npm-dependencies.mjs';

/**
 * What plain Node work needs: the packages.
 * @param {import('./talk.mjs').Talk} talk
 */
export async function preparePackages(talk) {
  await talk.step('Packages', ensureDependencies);
}

/**
 * What a window needs: an Electron, what it takes from the system, and SQLite for it.
 * @param {import('./talk.mjs').Talk} talk
 */
export async function prepareRuntime(talk) {
  await preparePackages(talk);
  const { nameOf, resolveElectronRuntime } = await import('./electron-runtime.mjs');
  const { ensureSystemLibraries } = await import('./system-libraries.mjs');
  const { ensureSqliteBinding } = await import('./sqlite-binding.mjs');
  const runtime = await talk.step('Electron runtime', resolveElectronRuntime, nameOf);
  await talk.step('System libraries', (doing) => ensureSystemLibraries(runtime.electron, doing));
  const binding = await talk.step('SQLite', (doing) => ensureSqliteBinding(runtime.version, doing));
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, SWITCHYARD_ELECTRON: runtime.electron, SWITCHYARD_RUNTIME: nameOf(runtime) };
  // Left over from an outer shell, it would name a binding for another runtime.
  delete env['SWITCHYARD_SQLITE_BINDING'];
  if (binding) env['SWITCHYARD_SQLITE_BINDING'] = binding;
  return { runtime, binding, env };
}

/**
 * What the fault tests need besides: a Modbus slave and a reader that are not ours.
 * @param {import('./talk.mjs').Talk} talk
 */
export async function prepareSerialPeers(talk) {
  const { ensureSerialPeers } = await import('./serial-peers.mjs');
  await talk.step('Modbus peers', ensureSerialPeers);
}

/**
 * What the flow tests need besides: a reader of SML that is not ours.
 * @param {import('./talk.mjs').Talk} talk
 */
export async function prepareSmlPeer(talk) {
  const { ensureSmlPeer } = await import('./serial-peers.mjs');
  await talk.step('SML peer', ensureSmlPeer);
}

/** @param {import('./talk.mjs').Talk} talk */
export async function prepareBuild(talk) {
  await talk.step('Application', ensureBuild, () => 'built');
}
