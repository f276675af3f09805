/**
 * Runs a script under the recorder and answers what it did to the files of one folder, in order. The script tells what it
 * was promised by writing lines of JSON into `witness.jsonl` there, so each promise stands at its moment between the
 * writes. It ends by killing itself, so that nothing is tidied up, and may be run again over what that left.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** Files are numbered as they are made: one that is removed and made again under the same name is another one. */
export type DiskEvent =
  | { readonly type: 'made'; readonly file: number; readonly name: string }
  | { readonly type: 'written'; readonly file: number; readonly offset: number; readonly bytes: Buffer }
  | { readonly type: 'resized'; readonly file: number; readonly size: number }
  | { readonly type: 'synced'; readonly file: number }
  | { readonly type: 'folder-synced' }
  | { readonly type: 'renamed'; readonly file: number; readonly from: string; readonly to: string }
  | { readonly type: 'removed'; readonly name: string }
  | { readonly type: 'witnessed'; readonly line: unknown };

const WITNESS = 'witness.jsonl';
const HEAD_BYTES = 17;

/** Why nothing can be recorded on this machine, or undefined. */
export function whyNotRecordable(): string | undefined {
  if (process.platform !== 'linux') return 'system calls are recorded on Linux only';
  return spawnSync('cc', ['--version']).status === 0 ? undefined : 'there is no C compiler (cc) to build the recorder';
}

export async function recordWrites(options: {
  /** Must not exist yet: all that is in it is to be seen being made. */
  readonly folder: string;
  readonly script: string;
  readonly argument: Readonly<Record<string, unknown>>;
  readonly runs?: number;
}): Promise<readonly DiskEvent[]> {
  mkdirSync(options.folder, { recursive: true });
  const folder = realpathSync(options.folder);
  const [library, recordFile] = [`${folder}.so`, `${folder}.record`];
  const built = spawnSync(
    'cc',
    ['-shared', '-fPIC', '-O1', '-o', library, path.join(import.meta.dirname, 'record-writes.c'), '-ldl'],
    { encoding: 'utf8' },
  );
  if (built.status !== 0) throw new Error(`The recorder could not be built: ${built.stderr}`);
  for (let run = 0; run < (options.runs ?? 1); run++) {
    const child = spawn(process.execPath, [options.script, JSON.stringify({ ...options.argument, folder, run })], {
      env: { ...process.env, LD_PRELOAD: library, RECORD_FOLDER: folder, RECORD_FILE: recordFile },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    if (signal !== 'SIGKILL')
      throw new Error(`The recorded process ended with ${code ?? signal}, not by its own kill.`);
  }
  return readRecord(readFileSync(recordFile), folder);
}

export function witnessPath(folder: string): string {
  return path.join(folder, WITNESS);
}

function readRecord(record: Buffer, folder: string): readonly DiskEvent[] {
  const events: DiskEvent[] = [];
  const fileOf = new Map<number, number | 'folder' | 'witness'>();
  const names = new Map<string, number>();
  let made = 0;
  let untold = '';
  let renamedFrom = '';

  function open(fd: number, name: string, truncated: boolean): void {
    if (name === '') return void fileOf.set(fd, 'folder');
    if (name === WITNESS) return void fileOf.set(fd, 'witness');
    const known = names.get(name);
    const file = known ?? made++;
    names.set(name, file);
    fileOf.set(fd, file);
    if (known === undefined) events.push({ type: 'made', file, name });
    else if (truncated) events.push({ type: 'resized', file, size: 0 });
  }

  function rename(from: string, to: string): void {
    const file = names.get(from);
    if (file === undefined) throw new Error(`The record renames ${from}, which was never made.`);
    names.delete(from);
    names.set(to, file);
    events.push({ type: 'renamed', file, from, to });
  }

  function hear(bytes: Buffer): void {
    const lines = (untold + bytes.toString('utf8')).split('\n');
    untold = lines.pop() ?? '';
    for (const line of lines) events.push({ type: 'witnessed', line: JSON.parse(line) as unknown });
  }

  for (let at = 0; at < record.length;) {
    const kind = String.fromCharCode(record.readUInt8(at));
    const fd = record.readInt32LE(at + 1);
    const offset = Number(record.readBigInt64LE(at + 5));
    const end = at + HEAD_BYTES + record.readUInt32LE(at + 13);
    const bytes = record.subarray(at + HEAD_BYTES, end);
    at = end;
    const nameOf = (): string => path.relative(folder, bytes.toString('utf8'));
    const file = fileOf.get(fd);
    if (kind === 'f') renamedFrom = nameOf();
    else if (kind === 'r') rename(renamedFrom, nameOf());
    else if (kind === 'o') open(fd, nameOf(), offset === 1);
    else if (kind === 'u') {
      names.delete(nameOf());
      events.push({ type: 'removed', name: nameOf() });
    } else if (file === 'witness') hear(bytes);
    else if (file === 'folder') events.push({ type: 'folder-synced' });
    else if (file === undefined) throw new Error(`The record names the descriptor ${fd}, which was never opened.`);
    else if (kind === 'w') events.push({ type: 'written', file, offset, bytes });
    else if (kind === 't') events.push({ type: 'resized', file, size: offset });
    else events.push({ type: 'synced', file });
  }
  return events;
}
