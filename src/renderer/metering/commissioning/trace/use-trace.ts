/**
 * What goes over a line, read a few times a second while somebody looks. The window holds a bounded number of entries;
 * what it missed is counted and said, never passed over.
 */
import { useEffect, useState } from 'react';
import type { TraceEntry } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import { ops } from '../../../link/ops-client.ts';
import { addEntries } from './trace-words.ts';

const EVERY_MS = 400;
const AGAIN_MS = 2000;
const MOST_AT_ONCE = 1000;

export type Trace = {
  readonly entries: readonly TraceEntry[];
  /** Entries that were gone before they could be read. */
  readonly missed: number;
  readonly failure: string | undefined;
};

const NOTHING: Trace = { entries: [], missed: 0, failure: undefined };

export function useTrace(line: string): Trace {
  const [held, setHeld] = useState<{ readonly line: string; readonly trace: Trace }>({ line, trace: NOTHING });
  useEffect(() => {
    let isGone = false;
    let timer: number | undefined;
    let afterSequence = 0;
    const read = async () => {
      let wait = EVERY_MS;
      try {
        const answer = await ops.query('metering/trace', { line, afterSequence, limit: MOST_AT_ONCE });
        if (isGone) return;
        const last = answer.entries.at(-1)?.sequence;
        // Numbers that begin again are another life of the backend: what is shown stays, what comes is new.
        if (last !== undefined) afterSequence = last;
        setHeld((before) => ({ line, trace: take(before.line === line ? before.trace : NOTHING, answer) }));
        if (answer.entries.length === MOST_AT_ONCE) wait = 0;
      } catch (cause) {
        if (isGone) return;
        const failure = cause instanceof Error ? cause.message : String(cause);
        afterSequence = 0;
        setHeld((before) => ({ line, trace: { ...(before.line === line ? before.trace : NOTHING), failure } }));
        wait = AGAIN_MS;
      }
      timer = window.setTimeout(() => void read(), wait);
    };
    void read();
    return () => {
      isGone = true;
      window.clearTimeout(timer);
    };
  }, [line]);
  return held.line === line ? held.trace : NOTHING;
}

type TraceAnswer = { readonly entries: readonly TraceEntry[]; readonly droppedBefore: number };

function take(before: Trace, { entries, droppedBefore }: TraceAnswer): Trace {
  const last = before.entries.at(-1);
  const first = entries[0];
  const beganAgain =
    last !== undefined && first !== undefined && first.atMs > last.atMs && first.sequence <= last.sequence;
  const held = addEntries(beganAgain ? [] : before.entries, entries);
  if (held === before.entries && before.failure === undefined) return before;
  return { entries: held, missed: before.missed + droppedBefore, failure: undefined };
}
