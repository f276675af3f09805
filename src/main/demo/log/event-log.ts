/**
 * The marketplace's durable log: one append-only file of lines, with the items of the streams and the server's own
 * records between them in the order they happened. Invariant: nothing is visible to a reader, and no promise
 * resolves, before the line is on the disk; so an offset once seen means the same item after any crash.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { readLogFile } from './log-file.ts';
import { DURABLE_STREAMS, type DurableStream, type LogEntry, type LogItem, type LogRecord } from './log-entries.ts';

export type EventLog = {
  readonly logId: string;
  /** True when nothing was found, so the world has yet to be announced. */
  readonly fresh: boolean;
  /** The records found at the start. */
  readonly records: readonly LogRecord[];
  readonly head: (stream: DurableStream) => number;
  readonly read: (stream: DurableStream, from: number, maxItems: number, maxBytes: number) => LogItem[];
  readonly append: (entries: readonly LogEntry[], records?: readonly LogRecord[]) => Promise<void>;
  readonly onDurable: (listener: () => void) => void;
  readonly close: () => Promise<void>;
  /** Lets go at once, as a crash would; what was not yet durable is lost. */
  readonly drop: () => void;
};

type Pending = { text: string; items: [DurableStream, string][]; done: () => void; fail: (error: Error) => void };

export async function openEventLog(directory: string, identity: LogRecord): Promise<EventLog> {
  await mkdir(directory, { recursive: true });
  const file = path.join(directory, 'marketplace-log.jsonl');
  const found = await readLogFile(file, identity);
  if (found.unusable) await rename(file, `${file}.${Date.now()}.aside`);
  const handle = await open(file, 'a');
  if (!found.unusable) await handle.truncate(found.goodBytes);
  const logId = found.logId ?? randomUUID();
  const log = createLog(handle, logId, found.logId === undefined, found.lines, found.records);
  if (found.logId === undefined) await log.append([], [{ ...identity, log_id: logId }]);
  return log;
}

function createLog(
  handle: FileHandle,
  logId: string,
  fresh: boolean,
  lines: Record<DurableStream, string[]>,
  records: readonly LogRecord[],
): EventLog {
  const next = Object.fromEntries(DURABLE_STREAMS.map((stream) => [stream, lines[stream].length])) as Record<
    DurableStream,
    number
  >;
  const listeners: (() => void)[] = [];
  let queue: Pending[] = [];
  let dead = false;
  let working: Promise<void> | null = null;

  const drain = async (): Promise<void> => {
    while (queue.length > 0 && !dead) {
      const batch = queue;
      queue = [];
      try {
        await handle.appendFile(batch.map((pending) => pending.text).join(''));
        await handle.datasync();
      } catch (error) {
        dead = true;
        for (const pending of batch) pending.fail(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (dead) return;
      for (const pending of batch) {
        for (const [stream, text] of pending.items) lines[stream].push(text);
        pending.done();
      }
      for (const listener of listeners) listener();
    }
  };
  const append: EventLog['append'] = (entries, notes = []) =>
    new Promise((done, fail) => {
      if (dead) return;
      let text = '';
      const items: [DurableStream, string][] = [];
      for (const note of notes) text += `{"r":${JSON.stringify(note)}}\n`;
      for (const { stream, at, kind, body } of entries) {
        next[stream] += 1;
        const item = JSON.stringify({ offset: next[stream], at, kind, body });
        items.push([stream, item]);
        text += `{"s":"${stream}","i":${item}}\n`;
      }
      queue.push({ text, items, done, fail });
      working ??= drain().finally(() => {
        working = null;
      });
    });

  return {
    logId,
    fresh,
    records,
    head: (stream) => lines[stream].length,
    read: (stream, from, maxItems, maxBytes) => {
      const items: LogItem[] = [];
      let bytes = 0;
      for (let index = from - 1; index < lines[stream].length && items.length < maxItems; index++) {
        const text = lines[stream][index] ?? 'null';
        bytes += Buffer.byteLength(text) + 1;
        if (bytes > maxBytes && items.length > 0) break;
        items.push(JSON.parse(text) as LogItem);
      }
      return items;
    },
    append,
    onDurable: (listener) => listeners.push(listener),
    close: async () => {
      while (working) await working;
      dead = true;
      await handle.close();
    },
    drop: () => {
      dead = true;
      queue = [];
      void (working ?? Promise.resolve()).then(() => handle.close()).catch(() => undefined);
    },
  };
}
