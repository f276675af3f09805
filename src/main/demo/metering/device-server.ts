/**
 * A serial device server: a TCP port that is a bridge to a serial line, bytes and nothing else. Invariant: one client at a
 * time; a second one is turned away, as the real ones do. Unplugged, nobody listens at the port; plugged in again, it is
 * the same port.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type DeviceServer = {
  readonly host: string;
  readonly port: number;
  readonly sendToClient: (bytes: Uint8Array) => void;
  readonly isClientConnected: () => boolean;
  readonly unplug: () => void;
  readonly plugIn: () => void;
  readonly stop: () => void;
};

export type DeviceServerOptions = {
  /** Where to begin to look for a free port. */
  readonly wishedPort: number;
  readonly onBytes: (bytes: Uint8Array) => void;
};

const HOST = '127.0.0.1';
const PORTS_TRIED = 50;
const TRY_AGAIN_MS = 500;

export async function startDeviceServer(options: DeviceServerOptions): Promise<DeviceServer> {
  let client: Socket | undefined;
  let isPluggedIn = true;

  const serve = (socket: Socket): void => {
    if (client || !isPluggedIn) {
      socket.resetAndDestroy();
      return;
    }
    client = socket;
    socket.setNoDelay(true);
    socket.on('data', options.onBytes);
    // A client that breaks off is gone all the same; `close` follows and says so.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (client === socket) client = undefined;
    });
  };

  let server: Server | undefined = await listenNear(options.wishedPort, serve);
  const { port } = server.address() as AddressInfo;
  let trying: Promise<void> | undefined;

  const hangUp = (): void => {
    isPluggedIn = false;
    server?.close();
    server = undefined;
    client?.destroy();
    client = undefined;
  };
  /** Somebody else may have taken the port meanwhile; then it is tried until it is free. */
  const listenAgain = async (): Promise<void> => {
    while (isPluggedIn && !server) {
      const again = await listen(port, serve).catch(() => undefined);
      if (!again) await pause(TRY_AGAIN_MS, undefined, { ref: false });
      else if (isPluggedIn) server = again;
      else again.close();
    }
  };
  return {
    host: HOST,
    port,
    sendToClient: (bytes) => void client?.write(bytes),
    isClientConnected: () => client !== undefined,
    unplug: hangUp,
    plugIn: () => {
      isPluggedIn = true;
      trying ??= listenAgain().finally(() => {
        trying = undefined;
      });
    },
    stop: hangUp,
  };
}

/** The wished port or one of those after it, and any free one when all are taken. */
async function listenNear(wishedPort: number, serve: (socket: Socket) => void): Promise<Server> {
  for (let port = wishedPort; port < wishedPort + PORTS_TRIED; port++) {
    const server = await listen(port, serve).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') return undefined;
      throw error;
    });
    if (server) return server;
  }
  return listen(0, serve);
}

function listen(port: number, serve: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(serve);
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server));
  });
}
