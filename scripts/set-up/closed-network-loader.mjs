// The application inside the closed-network runtime: opens the application folder named on the command line, as plain
// Electron does by itself. Electron holds back its `ready` event until this module is through, so the application can
// still do what must be done before (registering its protocol, for one): hence the awaited import.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const folder = path.resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');

try {
  const description = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  // What plain Electron calls here is not in its published types.
  const host = /** @type {any} */ (app);
  Object.defineProperty(process, 'defaultApp', { value: true });
  host.setAppPath(folder);
  app.setName(description.productName ?? description.name);
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  if (description.version) host.setVersion(description.version);
  await import(pathToFileURL(path.join(folder, description.main ?? 'index.js')).href);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  app.exit(1);
}
