/** A line's bytes as they go, with what they mean: for whoever stands at the cabinet and wants to see that it lives. */
import { useMemo, useState } from 'react';
import type { TraceEntry } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import { copyText } from '../../../instruments/clipboard/copy-text.ts';
import { saveText } from '../../../instruments/clipboard/save-text.ts';
import { computerZone, zoneName } from '../../../instruments/clock/zone-time.ts';
import { grouped } from '../../../instruments/number/format-number.ts';
import { useShortcuts } from '../../../instruments/keyboard/shortcuts.ts';
import {
  filterEntries,
  MOST_ENTRIES,
  spacedBytes,
  traceFileName,
  traceText,
  TRACE_KINDS,
  type TraceFilter,
  type TraceKind,
} from './trace-words.ts';
import { TraceRows } from './trace-rows.tsx';
import { useTrace, type Trace } from './use-trace.ts';
import '../form/form.css';
import './trace.css';

type LineTraceProps = {
  /** Id of the declared line, or `bench`. */
  readonly line: string;
  readonly lineName: string;
};

export function LineTrace({ line, lineName }: LineTraceProps) {
  const live = useTrace(line);
  const [paused, setPaused] = useState<Trace>();
  const [filter, setFilter] = useState<TraceFilter>({ kind: 'all', text: '' });
  const trace = paused ?? live;
  const shown = useMemo(() => filterEntries(trace.entries, filter), [trace.entries, filter]);
  const [said, setSaid] = useState('');
  const [chosen, setChosen] = useState<TraceEntry>();
  useShortcuts('Trace', [
    { keys: 'f', does: 'Hold the trace still, or let it run', run: () => togglePause() },
    { keys: 'e', does: 'Save the trace as a file', run: () => saveFile() },
  ]);
  const togglePause = () => setPaused(paused === undefined ? live : undefined);
  const text = () => traceText(shown, { line: lineName, filter });
  const saveFile = () => {
    saveText(traceFileName(lineName, Date.now()), text());
    setSaid(`${grouped(shown.length)} entries handed over for saving.`);
  };
  const copy = async () =>
    setSaid((await copyText(text())) ? `${grouped(shown.length)} entries copied.` : 'Not copied: save them as a file.');

  return (
    <section className="line-trace" aria-label={`Trace of ${lineName}`}>
      <div className="trace-tools">
        <select
          className="form-control"
          aria-label="Shown"
          value={filter.kind}
          onChange={(event) =>
            setFilter({ ...filter, kind: TRACE_KINDS.find((kind) => kind === event.target.value) ?? 'all' })
          }
        >
          <option value="all">Everything</option>
          {TRACE_KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {KIND_WORDS[kind]} only
            </option>
          ))}
        </select>
        <input
          className="form-control"
          type="search"
          aria-label="Filter the trace"
          placeholder="Filter: words or bytes, such as unit 1 or 04 00"
          value={filter.text}
          onChange={(event) => setFilter({ ...filter, text: event.target.value })}
        />
        <button type="button" className="btn" aria-pressed={paused !== undefined} onClick={togglePause} title="F">
          {paused === undefined ? 'Hold still' : 'Let it run'}
        </button>
        <button type="button" className="btn" onClick={() => void copy()}>
          Copy
        </button>
        <button type="button" className="btn" onClick={saveFile} title="Save what is shown as a text file (E)">
          Save as…
        </button>
      </div>
      <TraceRows
        entries={shown}
        isHeld={paused !== undefined}
        hasAny={trace.entries.length > 0}
        chosen={chosen?.sequence}
        onChoose={setChosen}
      />
      {chosen !== undefined && <ChosenEntry entry={chosen} onClose={() => setChosen(undefined)} />}
      <p className="trace-foot muted">
        <span role="status">
          {said === '' ? sayHeld(trace, shown, paused === undefined ? 0 : newer(paused, live)) : said}
        </span>
        <span>times in {zoneName(computerZone(), shown.at(-1)?.atMs ?? 0)}</span>
      </p>
    </section>
  );
}

const KIND_WORDS: Readonly<Record<TraceKind, string>> = {
  sent: 'Sent',
  heard: 'Heard',
  discarded: 'Discarded',
  note: 'Notes',
};

function ChosenEntry({ entry, onClose }: { readonly entry: TraceEntry; readonly onClose: () => void }) {
  return (
    <section className="trace-chosen" aria-label="The chosen entry" tabIndex={0}>
      <p>
        <b>{entry.meaning}</b>{' '}
        <span className="muted">
          {entry.byteCount === 1 ? '1 byte' : `${grouped(entry.byteCount)} bytes`}
          {entry.byteCount > 512 && ', the first 512 are kept'}
        </span>
      </p>
      <code>{spacedBytes(entry.bytes)}</code>
      <button type="button" className="btn quiet" aria-label="Close the entry" onClick={onClose}>
        ✕
      </button>
    </section>
  );
}

function newer(paused: Trace, live: Trace): number {
  return (live.entries.at(-1)?.sequence ?? 0) - (paused.entries.at(-1)?.sequence ?? 0);
}

function sayHeld(trace: Trace, shown: readonly TraceEntry[], waiting: number): string {
  if (trace.failure !== undefined) return `${trace.failure} It is read again by itself.`;
  const held =
    shown.length === trace.entries.length
      ? `${grouped(shown.length)} entries`
      : `${grouped(shown.length)} of ${grouped(trace.entries.length)} entries`;
  const full = trace.entries.length >= MOST_ENTRIES ? `, the newest ${grouped(MOST_ENTRIES)} are kept` : '';
  const missed = trace.missed > 0 ? `; ${grouped(trace.missed)} older ones are gone` : '';
  return `${held}${full}${missed}${waiting > 0 ? `; ${grouped(waiting)} more since it is held` : ''}.`;
}
