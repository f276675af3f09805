/**
 * A paced serial line with Modbus slaves that are not ours: two processes of Debian's Python, a pty for the console's port,
 * and a record of all that was served and all that was done to the line. Times are nanoseconds of the system's monotonic
 * clock, which Python and `process.hrtime` share.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, symlinkSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { ListedAdapter } from '../../../src/main/serial/line-address.ts';

/** Debian's own: another Python first on the PATH does not see Debian's modules. */
const PYTHON = '/usr/bin/python3';

/** For `skipIf`: the slave is a Debian package that needs an administrator to install. */
export function isSlaveAbsent(): boolean {
  return !existsSync(PYTHON) || spawnSync(PYTHON, ['-c', 'import pymodbus.server']).status !== 0;
}

export type AnswerFault =
  | { readonly kind: 'late' | 'split' | 'noise-after' | 'restart'; readonly ms: number }
  | { readonly kind: 'corrupt' | 'noise-before' | 'noise-inside' | 'cut' | 'silent' | 'wrong-unit' | 'exception' };

export type LineCommand =
  /** `share` of the answers, those of `units` alone when given, get one of these faults. */
  | {
      readonly do: 'faults';
      readonly faults: readonly AnswerFault[];
      readonly share: number;
      readonly units?: readonly number[];
    }
  /** Questions as [unit, function, first register, count]; a polite master waits until the line is quiet. */
  | {
      readonly do: 'second-master';
      readonly questions: readonly (readonly [number, number, number, number])[];
      readonly everyMs: number;
      readonly polite: boolean;
    }
  /** Bytes out of nowhere. */
  | { readonly do: 'noise'; readonly everyMs: number }
  | { readonly do: 'calm' };

/** What the slaves answered with; `registers` in hex. */
export type Served = {
  readonly unit: number;
  readonly function: number;
  readonly first: number;
  readonly registers: string;
  readonly atNs: number;
};

/** What happened on the line. `collided`: somebody else talked at the same time. */
export type LineEvent =
  | { readonly event: 'injected'; readonly fault: AnswerFault['kind']; readonly unit: number; readonly atNs: number }
  | {
      readonly event: 'answered';
      readonly fault: AnswerFault['kind'] | null;
      readonly unit: number;
      readonly collided: boolean;
      readonly atNs: number;
    }
  | {
      readonly event: 'asked-by-second-master';
      readonly unit: number;
      readonly collided: boolean;
      readonly atNs: number;
    }
  | { readonly event: 'noise'; readonly bytes: number; readonly collided: boolean; readonly atNs: number }
  | { readonly event: 'unplugged'; readonly atNs: number };

export type SerialLine = Awaited<ReturnType<typeof startSerialLine>>;

export async function startSerialLine(options: {
  /** Where adapters show, as in `/dev`. */
  readonly folder: string;
  readonly number: number;
  readonly units: readonly number[];
  /** What a unit is, by the name of its profile, where it is no SDM630. */
  readonly kinds?: Readonly<Record<number, string>>;
  readonly baudRate: number;
  readonly seed: number;
}) {
  const { folder, number, units, kinds = {}, baudRate, seed } = options;
  const adapterSerialNumber = `FT${String(number).padStart(4, '0')}`;
  const served: Served[] = [];
  const events: LineEvent[] = [];
  let plugged: string | undefined;
  let pluggedIn: ((ptyPath: string) => void) | undefined;

  const line = await startPython('paced-line.py', [JSON.stringify({ baudRate, bitsPerByte: 10, seed })], (said) => {
    if (said['event'] === 'plugged') pluggedIn?.(said['path'] as string);
    else events.push(said as LineEvent);
  });
  const slaves = await startPython(
    'meter-slaves.py',
    [line.ready['slavePath'] as string, JSON.stringify({ line: number, units, kinds, baudRate })],
    (said) => served.push(said as unknown as Served),
  );

  return {
    adapterSerialNumber,
    units,
    settings: { baudRate, dataBits: 8, parity: 'none', stopBits: 1 } as const,
    /** Oldest first, and growing. */
    served,
    events,
    command: (command: LineCommand): void => line.write(command),
    /** As the operating system lists it now, under the name it has this time. */
    listed: (): readonly ListedAdapter[] =>
      plugged === undefined ? [] : [{ path: plugged, serialNumber: adapterSerialNumber }],
    /** Into the computer, as `name`. */
    plug: async (name: string): Promise<void> => {
      const ptyPath = await new Promise<string>((resolve) => {
        pluggedIn = resolve;
        line.write({ do: 'plug' });
      });
      const link = path.join(folder, name);
      symlinkSync(ptyPath, link);
      plugged = link;
    },
    unplug: (): void => {
      if (plugged !== undefined) unlinkSync(plugged);
      plugged = undefined;
      line.write({ do: 'unplug' });
    },
    stop: async (): Promise<void> => {
      if (plugged !== undefined) unlinkSync(plugged);
      plugged = undefined;
      // The line last: slaves whose port hangs up complain.
      await slaves.stop();
      await line.stop();
    },
  };
}

/** Every line of its output is one JSON object; the first says that it is ready. */
async function startPython(file: string, args: readonly string[], heard: (said: Record<string, unknown>) => void) {
  const child = spawn(PYTHON, [path.join(import.meta.dirname, file), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)));
    lines.once('line', (first) => {
      lines.on('line', (text) => heard(JSON.parse(text) as Record<string, unknown>));
      resolve(JSON.parse(first) as Record<string, unknown>);
    });
  });
  return {
    ready,
    write: (command: unknown): void => {
      child.stdin.write(`${JSON.stringify(command)}\n`);
    },
    stop: async (): Promise<void> => endInput(child),
  };
}

/** The end of its input ends the process, also when we are gone ourselves. */
async function endInput(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.stdin?.end();
  await gone;
}
