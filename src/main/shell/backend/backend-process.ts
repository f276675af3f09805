/**
 * Entry of the backend's own process (Electron `utilityProcess`): starts the backend, hands window ports to it, stops it
 * when told to. What nobody expected ends the process; the shell restarts it, and nothing accepted is lost because
 * accepted means committed.
 */
import { inspect } from 'node:util';
import type { MessagePortMain } from 'electron';
import { StoreFailure } from '../../database/store-failure.ts';
import type { WindowPort } from '../../ipc/window-port.ts';
import { createLog } from '../log.ts';
import type { BackendStartOptions, FromBackend, ToBackend } from './process-messages.ts';
import { startBackend } from './start-backend.ts';

const log = createLog('backend');
const parent = process.parentPort;
const tell = (message: FromBackend) => parent.postMessage(message);

function adapt(port: MessagePortMain): WindowPort {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
  };
}

try {
  const options = JSON.parse(process.argv.at(-1) ?? '{}') as BackendStartOptions;
  const backend = await startBackend({ ...options, log });
  parent.on('message', (event) => {
    const message = event.data as ToBackend;
    if (message.type === 'window' && event.ports[0] !== undefined) backend.serveWindow(adapt(event.ports[0]));
    if (message.type === 'stop') {
      backend.stop();
      process.exit(0);
    }
  });
  tell({ type: 'started' });
} catch (error) {
  log('The backend could not start.', error);
  const known = error instanceof StoreFailure ? error : undefined;
  tell({
    type: 'failed',
    code: known?.code ?? 'backend-failed',
    message: known?.message ?? (error instanceof Error ? error.message : String(error)),
    path: known?.path,
    // With its causes: what SQLite itself said is in there, for whoever is sent the details.
    detail: inspect(error),
  });
}
