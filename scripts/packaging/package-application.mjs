// npm run package: an installable folder in dist/, made of the built application and the Electron in use, offline. What is
// the same for every machine stands under "build" in package.json; here is what depends on the runtime.

import path from 'node:path';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { inRoot, root } from '../set-up/places.mjs';
import { prepareBuild, prepareRuntime } from '../set-up/prepare.mjs';
import { Refusal } from '../set-up/talk.mjs';

/**
 * @param {import('../set-up/talk.mjs').Talk} talk
 * @returns {Promise<string>} what a person starts
 */
export async function packageApplication(talk) {
  const { runtime, binding } = await prepareRuntime(talk);
  await prepareBuild(talk);
  const { build, Platform } = await import('electron-builder');
  const { build: shared } = createRequire(import.meta.url)('../../package.json');
  await talk.step('Package', async (doing) => {
    doing(`electron-builder with Electron ${runtime.version}`);
    await rm(inRoot('dist'), { recursive: true, force: true });
    await build({
      projectDir: root,
      targets: Platform.current().createTarget('dir'),
      publish: 'never',
      config: {
        ...shared,
        electronDist: runtime.dist,
        electronVersion: runtime.version,
        files: [...shared.files, ...bindingFiles(binding), serialPortsOfOthers()],
        afterPack: removeLoader,
      },
    });
    await checkFuses(packagedExecutable());
  });
  return packagedExecutable();
}

/**
 * better-sqlite3 looks into its own build folder first, so a binding built for this runtime goes there, and the published
 * ones, which this runtime cannot load, stay out.
 * @param {string | undefined} binding
 */
function bindingFiles(binding) {
  if (!binding) return [];
  const to = 'node_modules/better-sqlite3/build/Release';
  return ['!**/better-sqlite3/prebuilds', { from: path.dirname(binding), to, filter: [path.basename(binding)] }];
}

/** serialport brings its binding for every system there is; one of them is of use here. */
const serialPortsOfOthers = () => `!**/@serialport/bindings-cpp/prebuilds/!(${process.platform}-*)/**`;

/**
 * The closed-network runtime carries the loader that opens a folder in development: a product opens only itself.
 * @param {{ appOutDir: string }} context
 */
async function removeLoader({ appOutDir }) {
  await rm(path.join(appOutDir, 'resources', 'app'), { recursive: true, force: true });
}

/** Where electron-builder puts what a person starts. */
function packagedExecutable() {
  const product = createRequire(import.meta.url)('../../package.json');
  const { productName } = product;
  const places = {
    darwin: [`mac${process.arch === 'arm64' ? '-arm64' : ''}`, `${productName}.app`, 'Contents', 'MacOS', productName],
    win32: ['win-unpacked', `${productName}.exe`],
  };
  const linux = [`linux${process.arch === 'arm64' ? '-arm64' : ''}-unpacked`, product.name];
  return inRoot('dist', ...(/** @type {Record<string, string[]>} */ (places)[process.platform] ?? linux));
}

/**
 * A product whose fuses are open could be turned into a plain Node by anyone who may set an environment variable.
 * @param {string} executable
 */
async function checkFuses(executable) {
  const { FuseState, FuseV1Options: fuse, getCurrentFuseWire } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(executable);
  const mustBeOff = [fuse.RunAsNode, fuse.EnableNodeOptionsEnvironmentVariable, fuse.EnableNodeCliInspectArguments];
  const mustBeOn = [fuse.EnableCookieEncryption, fuse.EnableEmbeddedAsarIntegrityValidation, fuse.OnlyLoadAppFromAsar];
  const right =
    mustBeOff.every((option) => wire[option] === FuseState.DISABLE) &&
    mustBeOn.every((option) => wire[option] === FuseState.ENABLE);
  if (!right) throw new Refusal('The packaged application does not have its fuses set.', 'npm run package');
}
