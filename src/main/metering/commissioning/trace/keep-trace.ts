/**
 * What went over one line lately. Bytes are kept as they came and given a meaning only when somebody asks: a line that nobody
 * looks at costs a copy of its bytes. Both are bounded, and what was forgotten is counted.
 */
import type { LineProtocol } from '../../../../shared/domain/metering/line-protocol.ts';
import type { TraceEntry } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import type { LineClock } from '../../../serial/line-clock.ts';
import type { LineTap } from '../../../serial/trace-source.ts';
import type { ShowRegisters } from './explain-rtu.ts';
import { explainLine, type Meaning, type RawEntry } from './explain-line.ts';

export type LineTrace = LineTap & {
  /** What is spoken from now on, and what registers say where it is known which meters answer. */
  readonly speaks: (protocols: readonly LineProtocol[], show?: ShowRegisters) => void;
  readonly read: (
    afterSequence: number,
    limit: number,
  ) => { readonly entries: readonly TraceEntry[]; readonly droppedBefore: number };
};

export type TraceLimits = { readonly entries: number; readonly bytes: number };

/** Some ten minutes of a busy line; what nobody reads must be soon explained when somebody does, noise too. */
const LIMITS: TraceLimits = { entries: 4_000, bytes: 256_000 };
/** In a trace more than this says nothing more. */
const SHOWN_BYTES = 512;

export function keepTrace(
  protocols: readonly LineProtocol[],
  clock: Pick<LineClock, 'wallMs'>,
  limits: TraceLimits = LIMITS,
): LineTrace {
  let raw: RawEntry[] = [];
  let rawBytes = 0;
  let explained: TraceEntry[] = [];
  let sequence = 0;
  const explain = explainLine(protocols);

  function keep(entry: RawEntry): void {
    raw.push(entry);
    rawBytes += entry.bytes.length;
    if (raw.length <= limits.entries && rawBytes <= limits.bytes) return;
    // A quarter at once, so that a full trace costs no more than an empty one.
    const dropped = raw.slice(0, Math.ceil(raw.length / 4));
    raw = raw.slice(dropped.length);
    rawBytes -= dropped.reduce((sum, { bytes }) => sum + bytes.length, 0);
    explain.skip(dropped);
    sequence += dropped.length;
  }

  function add({ bytes, ...meaning }: Meaning): void {
    sequence += 1;
    const shown = Buffer.from(bytes.subarray(0, SHOWN_BYTES)).toString('hex');
    explained.push({ sequence, ...meaning, bytes: shown, byteCount: bytes.length });
  }

  function catchUp(): void {
    for (const entry of raw) for (const meaning of explain.take(entry)) add(meaning);
    raw = [];
    rawBytes = 0;
    for (const meaning of explain.rest(clock.wallMs())) add(meaning);
    if (explained.length > limits.entries) explained = explained.slice(-limits.entries);
  }

  return {
    // A copy, out of the pool that small buffers share: a typed array of its own costs more than what it holds.
    sent: (bytes) => keep({ atMs: clock.wallMs(), kind: 'sent', bytes: Buffer.from(bytes) }),
    heard: (bytes) => keep({ atMs: clock.wallMs(), kind: 'heard', bytes: Buffer.from(bytes) }),
    note: (text) => keep({ atMs: clock.wallMs(), kind: 'note', bytes: NO_BYTES, text }),
    speaks: (spoken, show = () => undefined) =>
      keep({ atMs: clock.wallMs(), kind: 'speaks', bytes: NO_BYTES, protocols: spoken, show }),
    read: (afterSequence, limit) => {
      catchUp();
      const after = explained.filter((entry) => entry.sequence > afterSequence);
      const entries = after.slice(0, limit);
      const before = entries[0]?.sequence ?? sequence + 1;
      return { entries, droppedBefore: Math.max(0, before - 1 - afterSequence) };
    },
  };
}

const NO_BYTES = new Uint8Array(0);
