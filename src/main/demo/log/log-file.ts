/**
 * Reads the marketplace's log back after a restart. A crash can leave half a line at the end: it was never
 * acknowledged, so it is cut off. Anything else that does not fit makes the file unusable, and a new log begins.
 */
import { open } from 'node:fs/promises';
import { DURABLE_STREAMS, type DurableStream, type LogRecord } from './log-entries.ts';

export type FoundLog = {
  readonly lines: Record<DurableStream, string[]>;
  readonly records: LogRecord[];
  readonly goodBytes: number;
  readonly logId: string | undefined;
  readonly unusable: boolean;
};

const CHUNK_BYTES = 4_194_304;

export async function readLogFile(file: string, identity: LogRecord): Promise<FoundLog> {
  const lines = noLines();
  const records: LogRecord[] = [];
  let goodBytes = 0;
  let damaged = false;
  await eachLine(file, (line, endBytes) => {
    if (damaged) return;
    try {
      takeLine(line, lines, records);
      goodBytes = endBytes;
    } catch {
      damaged = true;
    }
  });
  const first = records[0];
  const same = first !== undefined && Object.entries(identity).every(([key, value]) => first[key] === value);
  const logId = same && typeof first['log_id'] === 'string' && !damaged ? first['log_id'] : undefined;
  if (logId !== undefined) return { lines, records, goodBytes, logId, unusable: false };
  return { lines: noLines(), records: [], goodBytes: 0, logId: undefined, unusable: first !== undefined || damaged };
}

function noLines(): FoundLog['lines'] {
  return Object.fromEntries(DURABLE_STREAMS.map((stream) => [stream, [] as string[]])) as FoundLog['lines'];
}

function takeLine(line: string, lines: FoundLog['lines'], records: LogRecord[]): void {
  const parsed = JSON.parse(line) as { s?: DurableStream; i?: { offset: number }; r?: LogRecord };
  if (parsed.r) {
    // Of the many notes about clock and offsets only the last counts.
    if (parsed.r.kind === 'ceiling' && records.at(-1)?.kind === 'ceiling') records.pop();
    records.push(parsed.r);
    return;
  }
  const stream = parsed.s;
  if (!stream || !parsed.i || lines[stream] === undefined) throw new Error('A line of no known form.');
  if (parsed.i.offset !== lines[stream].length + 1) throw new Error('The offsets have a hole.');
  lines[stream].push(line.slice(line.indexOf('"i":') + 4, -1));
}

/** Calls back for every line that ends in a newline, with the bytes up to and with it. */
async function eachLine(file: string, visit: (line: string, endBytes: number) => void): Promise<void> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!handle) return;
  try {
    let rest = Buffer.alloc(0);
    let restAt = 0;
    for (;;) {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, restAt + rest.length);
      if (bytesRead === 0) return;
      const data = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      let begin = 0;
      for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, begin)) {
        visit(data.toString('utf8', begin, end), restAt + end + 1);
        begin = end + 1;
      }
      rest = data.subarray(begin);
      restAt += begin;
    }
  } finally {
    await handle.close();
  }
}
