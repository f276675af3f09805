/** The one filter of the page. It stands over map and list alike, because it narrows both. */
import { useEffect, useRef, useState, type Ref } from 'react';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { FleetCensus } from './fleet-census.ts';
import { HEADINGS, isFiltering, type FleetFilter, type Heading } from './fleet-filter.ts';
import { HEADING_LOOKS } from './heading-look.ts';
import { HeadingMark } from './heading-mark.tsx';
import { grouped } from '../../instruments/number/format-number.ts';
import '../fleet.css';

type FilterBarProps = {
  readonly filter: FleetFilter;
  readonly onFilter: (filter: FleetFilter, options?: { readonly replace?: boolean }) => void;
  readonly onClear: () => void;
  /** From the text field into the list. */
  readonly onLeaveToList: () => void;
  readonly census: FleetCensus;
  readonly depots: ReadonlyMap<string, Depot>;
  readonly input: Ref<HTMLInputElement>;
};

export function FilterBar(props: FilterBarProps) {
  const { filter, onFilter, census } = props;
  const toggle = (heading: Heading) => {
    const headings = filter.headings.includes(heading)
      ? filter.headings.filter((other) => other !== heading)
      : [...filter.headings, heading];
    onFilter({ ...filter, headings });
  };
  return (
    <div className="filter-bar" role="search" aria-label="Filter vehicles on map and list">
      <FilterText {...props} />
      <select
        className="field"
        aria-label="Depot"
        value={filter.depotId ?? ''}
        onChange={(event) => onFilter({ ...filter, depotId: event.target.value || undefined })}
      >
        <option value="">All depots</option>
        {[...props.depots.values()].map((depot) => (
          <option key={depot.id} value={depot.id}>
            {depot.name}
          </option>
        ))}
      </select>
      <div className="chips" role="group" aria-label="Activity">
        {HEADINGS.map((heading) => (
          <button
            key={heading}
            type="button"
            className="chip"
            aria-pressed={filter.headings.includes(heading)}
            onClick={() => toggle(heading)}
            title={
              heading === 'stale'
                ? 'Not reporting now. These also stand under what they last reported.'
                : 'By the last report, also where that is stale'
            }
          >
            <HeadingMark heading={heading} />
            {HEADING_LOOKS[heading].word}
            <b>{grouped(census.inScope[heading])}</b>
          </button>
        ))}
      </div>
      <span className="filter-result" role="status">
        {grouped(census.shown)} of {grouped(census.total)}
        <span className="filter-result-unit"> vehicles</span>
      </span>
      <button type="button" className="btn" onClick={props.onClear} disabled={!isFiltering(filter)}>
        Clear <kbd>Esc</kbd>
      </button>
    </div>
  );
}

/** Typing shows at once and goes to the link behind it: a field that waited for the router would drop letters. */
function FilterText({ filter, onFilter, onLeaveToList, input }: FilterBarProps) {
  const [text, setText] = useState(filter.text);
  const pushed = useRef(filter.text);
  useEffect(() => {
    if (filter.text === pushed.current) return;
    pushed.current = filter.text;
    setText(filter.text);
  }, [filter.text]);
  const push = (next: string) => {
    setText(next);
    pushed.current = next;
    onFilter({ ...filter, text: next }, { replace: true });
  };
  return (
    <label className="filter-text">
      <input
        ref={input}
        className="field"
        type="text"
        spellCheck={false}
        maxLength={200}
        aria-label="Registration or model"
        placeholder="Registration or model…"
        value={text}
        onChange={(event) => push(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            onLeaveToList();
          }
          if (event.key === 'Escape') {
            event.preventDefault();
            if (text === '') event.currentTarget.blur();
            else push('');
          }
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}
