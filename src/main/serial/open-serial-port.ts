/**
 * Opens a serial port through the operating system, locked for ourselves (the lock is advisory: a program that does not ask
 * for it still gets in, and shows as a foreign master). A port that was unplugged never revives; the next try opens a new
 * one. The port keeps its `error` listener for its whole life: it fails writes long after it was closed, and an error
 * nobody listens to would end the process.
 *
 * The library is loaded at the first use: where its binary does not fit, only the serial ports are missing.
 */
import { access, constants } from 'node:fs/promises';
import type { SerialPort } from 'serialport';
import { accept, refuse, type Refusal } from '../../shared/kernel/result.ts';
import type { ByteSource, OpenByteSource, OpenFailure } from './byte-source.ts';
import { findAdapter, type SerialPortAddress } from './find-adapter.ts';
import type { LineSettings, ListAdapters } from './line-address.ts';
import { createSourceEnd } from './source-end.ts';

/** What the library lists: its own type of this is not exported in a way that can be resolved. */
type SystemPort = { readonly path: string } & Partial<
  Record<'serialNumber' | 'manufacturer' | 'vendorId' | 'productId', string>
>;

export const listSystemAdapters: ListAdapters = async () => {
  const library = await import('serialport');
  const ports = (await library.SerialPort.list()) as readonly SystemPort[];
  return ports.map(({ path, serialNumber, manufacturer, vendorId, productId }) => ({
    path,
    serialNumber: serialNumber === '' ? undefined : serialNumber,
    manufacturer: manufacturer === '' ? undefined : manufacturer,
    product: vendorId === undefined || productId === undefined ? undefined : `USB ${vendorId}:${productId}`,
  }));
};

export function openSerialPort(
  address: SerialPortAddress,
  settings: LineSettings,
  listAdapters: ListAdapters = listSystemAdapters,
): OpenByteSource {
  return async () => {
    const found = await findAdapter(address, listAdapters);
    if (!found.ok) return found;
    const path = found.value;
    const trouble = await mayUse(path);
    if (trouble !== undefined) return trouble;
    try {
      const library = await import('serialport');
      const port = new library.SerialPort({ path, ...settings, lock: true, autoOpen: false });
      const source = sourceOf(port, path);
      const error = await new Promise<Error | null>((resolve) => {
        port.open(resolve);
      });
      return error === null ? accept(source) : sayRefusal(error.message, path);
    } catch (error) {
      // Settings the library knows nothing of, and a library that can not be loaded, are thrown, not told.
      return sayRefusal(error instanceof Error ? error.message : String(error), path);
    }
  };
}

/** The port's own refusals are sentences in the system's language; the file system names its codes. */
async function mayUse(path: string): Promise<Refusal<OpenFailure> | undefined> {
  if (process.platform === 'win32') return undefined;
  try {
    await access(path, constants.R_OK | constants.W_OK);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return sayRefusal(code ?? message, path);
  }
}

function sourceOf(port: SerialPort, path: string): ByteSource {
  const end = createSourceEnd();
  const unplugged = `The adapter at ${path} was unplugged: plug it in again, any socket will do.`;
  port.on('error', (error) => {
    // A write that meets an unplug fails before the port says so, and by then the port is closing itself.
    end.endFor(port.isOpen ? `The serial port ${path} failed: ${error.message}.` : unplugged);
    // Should it be closed already, the answer says just that.
    port.close(() => {});
  });
  port.on('close', (error: Error | null | undefined) => {
    const isUnplugged = error !== null && error !== undefined && 'disconnected' in error;
    end.endFor(isUnplugged ? unplugged : `The serial port ${path} was closed by the system.`);
  });
  return {
    place: path,
    listen: (listener) => {
      end.listen(listener);
      port.on('data', end.bytes);
    },
    write: (bytes) => {
      if (!end.isOver() && port.isOpen) port.write(Buffer.from(bytes));
    },
    setBaudRate: async (baudRate) => {
      if (end.isOver() || !port.isOpen) return;
      await settled((done) => port.drain(done));
      await settled((done) => port.update({ baudRate }, done));
    },
    close: () => {
      end.endQuietly();
      // The callback's error says that it was closed already, which is what is wanted.
      return new Promise((resolve) => port.close(() => resolve()));
    },
  };
}

async function settled(act: (done: (error: Error | null | undefined) => void) => void): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    act((error) => (error === null || error === undefined ? resolve() : reject(error)));
  });
}

function sayRefusal(message: string, path: string): Refusal<OpenFailure> {
  if (/ENOENT|ENXIO|ENODEV|No such|File not found/i.test(message)) {
    return refuse('absent', `There is no serial port ${path}: plug the adapter in, or choose another port.`);
  }
  // Windows says "Access denied" of a port that another program has open.
  if (/Cannot lock port|EBUSY|busy|Access denied/i.test(message)) {
    return refuse('busy', `The serial port ${path} is used by another program: close that program.`);
  }
  if (/EACCES|EPERM|Permission denied/i.test(message)) {
    const remedy =
      process.platform === 'linux'
        ? 'add this user to the group "dialout" and sign in again'
        : 'ask the administrator of this computer for access';
    return refuse('not-permitted', `The serial port ${path} may not be used by this user: ${remedy}.`);
  }
  return refuse('failed', `The serial port ${path} could not be opened: ${message}.`);
}
