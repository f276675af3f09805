/**
 * The last telemetry offset given out, noted at every beat without waiting for the disk. When only the process dies the
 * system still writes the note out, and the next one goes on exactly there: no offset is skipped, so no console counts
 * items as lost that never were. Invariant: a note that may be older than what was seen, as after a power cut, is not
 * believed; then all that was set aside ahead is skipped instead.
 */
import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type HeadNote = {
  /** The offset to go on from. */
  readonly startHead: number;
  readonly write: (head: number) => void;
  readonly close: () => void;
};

export type HeadNoteOptions = {
  readonly directory: string;
  readonly logId: string;
  /** What the log has set aside. */
  readonly ceiling: number;
  /** When this computer was started; known to about a second. */
  readonly bootMs?: number;
};

/** The same for every note, so that each one covers the one before. */
const NOTE_BYTES = 160;
const SAME_BOOT_MS = 2000;

export function openHeadNote(options: HeadNoteOptions): HeadNote {
  const { directory, logId, ceiling, bootMs = Date.now() - os.uptime() * 1000 } = options;
  const file = path.join(directory, 'telemetry-head.json');
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT);
  const found = readNote(handle);
  const isBelievable =
    found !== undefined &&
    found.logId === logId &&
    Math.abs(found.bootMs - bootMs) < SAME_BOOT_MS &&
    Number.isInteger(found.head) &&
    found.head <= ceiling;
  let isOpen = true;
  return {
    startHead: isBelievable ? found.head : ceiling,
    write: (head) => {
      const note = JSON.stringify({ head, bootMs: Math.round(bootMs), logId }).padEnd(NOTE_BYTES);
      if (isOpen) writeSync(handle, note, 0);
    },
    close: () => {
      if (isOpen) closeSync(handle);
      isOpen = false;
    },
  };
}

function readNote(handle: number): { head: number; bootMs: number; logId: string } | undefined {
  const bytes = Buffer.alloc(NOTE_BYTES);
  const count = readSync(handle, bytes, 0, NOTE_BYTES, 0);
  try {
    return JSON.parse(bytes.toString('utf8', 0, count)) as { head: number; bootMs: number; logId: string };
  } catch {
    return undefined;
  }
}
