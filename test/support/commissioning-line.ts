/**
 * An adapter with a line behind it that nobody has set up yet, for tests of commissioning, in a window or without one.
 *
 *   const line = await startCommissioningLine({ folder, baudRate: 19_200, meters: [{ unit: 17, kind: 'eastron', serialNumber: 90017 }] });
 *   launch the console with the environment line.environment   (SWITCHYARD_ADAPTERS = line.adaptersFile)
 *   or hand line.listAdapters to the code under test
 *   line.path               where the adapter is now, `<folder>/ttyUSB0`; line.adapterSerialNumber, `FT90XY17`
 *   await line.unplug();    the port hangs up and the adapter is listed no more
 *   await line.plug('ttyUSB3');   the same adapter, in another socket
 *   await line.stop();
 *
 * The adapter is plugged in as `ttyUSB0` when this returns. Its meters are Debian's pymodbus, none of ours: `eastron` is an
 * SDM630, `schneider` an iEM3155; 230 V, 16 A and 50 Hz, 11 040 W, 5 000 kWh and growing. They may have their words the
 * wrong way round (`wordOrder`) or their registers one aside (`shift`). A meter that talks by itself is `telegram` instead,
 * and one that is signed on to is `readOut`.
 *
 * A console that chose another baud rate hears garbage and is not understood. Parity is not told by a pty: the meters answer
 * whatever the console chose. For `skipIf`, see `isSlaveAbsent` in serial-line/serial-line.ts.
 */
import { spawn } from 'node:child_process';
import { symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ListedAdapter } from '../../src/main/serial/line-address.ts';

/** Debian's own: another Python first on the PATH does not see Debian's modules. */
const PYTHON = '/usr/bin/python3';

export type MeterOnLine = {
  readonly unit: number;
  readonly kind: 'eastron' | 'schneider';
  readonly serialNumber: number;
  readonly wordOrder?: 'low-first';
  readonly shift?: -1 | 1;
  readonly powerW?: number;
  readonly importKwh?: number;
  readonly voltageV?: number;
};

export async function startCommissioningLine(options: {
  /** Of the test's own: the adapters' file and the ports' names stand there. */
  readonly folder: string;
  readonly baudRate: number;
  readonly meters?: readonly MeterOnLine[];
  /** Sent over and over, by a meter that is not asked. */
  readonly telegram?: { readonly bytes: Uint8Array; readonly everyMs: number };
  /** Sent after a sign-on (IEC 62056-21, mode C), at the line's own speed. */
  readonly readOut?: { readonly identification: Uint8Array; readonly data: Uint8Array };
  readonly adapterSerialNumber?: string;
}) {
  const { folder, baudRate, meters = [], telegram, readOut, adapterSerialNumber = 'FT90XY17' } = options;
  const adaptersFile = path.join(folder, 'adapters.json');
  const script = path.join(import.meta.dirname, 'commissioning', 'line-with-meters.py');
  const pushed = telegram === undefined ? {} : { telegram: toHex(telegram.bytes), everyMs: telegram.everyMs };
  const signedOn =
    readOut === undefined
      ? {}
      : { readOut: { identification: toHex(readOut.identification), data: toHex(readOut.data) } };
  const child = spawn(PYTHON, [script, JSON.stringify({ baudRate, meters, ...pushed, ...signedOn })], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said = createInterface({ input: child.stdout });
  const hear = (): Promise<Record<string, string>> =>
    new Promise((resolve, reject) => {
      void gone.then(() => reject(new Error('the line ended by itself')));
      said.once('line', (text) => resolve(JSON.parse(text) as Record<string, string>));
    });
  let link: string | undefined;

  function list(): readonly ListedAdapter[] {
    if (link === undefined) return [];
    return [{ path: link, serialNumber: adapterSerialNumber, manufacturer: 'FTDI', product: 'USB serial 0403:6001' }];
  }

  /** The file of SWITCHYARD_ADAPTERS, as the console reads it at its next look. */
  function writeAdapters(): void {
    writeFileSync(adaptersFile, JSON.stringify(list()));
  }

  async function tellLine(what: 'plug' | 'unplug'): Promise<Record<string, string>> {
    const answer = hear();
    child.stdin.write(`${JSON.stringify({ do: what })}\n`);
    return answer;
  }

  async function plug(name: string): Promise<void> {
    const { path: ptyPath = '' } = await tellLine('plug');
    link = path.join(folder, name);
    symlinkSync(ptyPath, link);
    writeAdapters();
  }

  async function unplug(): Promise<void> {
    if (link !== undefined) unlinkSync(link);
    link = undefined;
    writeAdapters();
    await tellLine('unplug');
  }

  const ready = await hear();
  if (ready['event'] !== 'ready') throw new Error(`the line said ${JSON.stringify(ready)}`);
  await plug('ttyUSB0');

  return {
    adapterSerialNumber,
    adaptersFile,
    environment: { SWITCHYARD_ADAPTERS: adaptersFile },
    get path(): string | undefined {
      return link;
    },
    listAdapters: async () => list(),
    plug,
    unplug,
    stop: async (): Promise<void> => {
      child.stdin.end();
      await gone;
      if (link !== undefined) unlinkSync(link);
    },
  };
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
