/** The entries as rows: only those in sight are elements, and it follows the newest while it stands at the end, as a terminal does. */
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { TraceEntry } from '../../../../shared/ipc/metering/commissioning-contract.ts';
import { computerZone } from '../../../instruments/clock/zone-time.ts';
import { spacedBytes, traceTime } from './trace-words.ts';

type TraceRowsProps = {
  readonly entries: readonly TraceEntry[];
  readonly isHeld: boolean;
  /** Entries that the filter hides count too. */
  readonly hasAny: boolean;
  /** By its sequence. */
  readonly chosen: number | undefined;
  readonly onChoose: (entry: TraceEntry) => void;
};

const ROW_PX = 22;
/** Rows beside those in sight, so that a turn of the wheel meets no gap. */
const SPARE_ROWS = 12;

export function TraceRows({ entries, isHeld, hasAny, chosen, onChoose }: TraceRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const [seen, setSeen] = useState({ top: 0, height: 400 });
  const look = () => {
    const element = scroller.current;
    if (element === null) return;
    follows.current = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_PX;
    setSeen({ top: element.scrollTop, height: element.clientHeight });
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element !== null && follows.current && !isHeld) element.scrollTop = element.scrollHeight;
  }, [entries, isHeld]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);

  const choose = (place: number) => {
    const entry = entries[Math.max(0, Math.min(entries.length - 1, place))];
    const element = scroller.current;
    if (entry === undefined || element === null) return;
    const top = entries.indexOf(entry) * ROW_PX;
    // Who reads an entry does not want it to run away.
    follows.current = false;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = top + ROW_PX - element.clientHeight;
    onChoose(entry);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = entries.findIndex(({ sequence }) => sequence === chosen);
    const next = { ArrowDown: at + 1, ArrowUp: at < 0 ? entries.length - 1 : at - 1, Home: 0, End: entries.length - 1 }[
      event.key
    ];
    if (next === undefined) return;
    event.preventDefault();
    choose(next);
  };
  const from = Math.max(0, Math.floor(seen.top / ROW_PX) - SPARE_ROWS);
  const to = Math.min(entries.length, Math.ceil((seen.top + seen.height) / ROW_PX) + SPARE_ROWS);
  const inSight = entries.slice(from, to);
  return (
    <div
      ref={scroller}
      className="trace-rows"
      tabIndex={0}
      role="listbox"
      aria-label="Bytes on the line"
      aria-activedescendant={inSight.some(({ sequence }) => sequence === chosen) ? `trace-${chosen}` : undefined}
      onScroll={look}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-place]') : null;
        if (row !== null) choose(Number(row.dataset['place']));
      }}
    >
      {entries.length === 0 && (
        <p className="empty">
          <b>{hasAny ? 'Nothing fits the filter' : 'No byte yet'}</b>
          {hasAny ? 'Other entries are there: clear the filter.' : 'What is sent and heard on the line appears here.'}
        </p>
      )}
      <div role="presentation" className="trace-length" style={{ height: `${entries.length * ROW_PX}px` }}>
        {inSight.map((entry, place) => (
          <TraceRow key={entry.sequence} entry={entry} place={from + place} isChosen={entry.sequence === chosen} />
        ))}
      </div>
    </div>
  );
}

type TraceRowProps = { readonly entry: TraceEntry; readonly place: number; readonly isChosen: boolean };

function TraceRow({ entry, place, isChosen }: TraceRowProps) {
  return (
    <div
      id={`trace-${entry.sequence}`}
      role="option"
      aria-selected={isChosen}
      className="trace-row"
      data-kind={entry.kind}
      data-place={place}
      style={{ top: `${place * ROW_PX}px` }}
    >
      <time dateTime={new Date(entry.atMs).toISOString()}>{traceTime(entry.atMs, computerZone())}</time>
      <span className="trace-kind">{entry.kind}</span>
      <span className="trace-meaning">{entry.meaning}</span>
      {entry.byteCount > 0 && <code className="trace-bytes">{spacedBytes(entry.bytes)}</code>}
    </div>
  );
}
