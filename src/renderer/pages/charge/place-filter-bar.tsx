/** The one filter of the page. It stands over map and list alike, because it narrows both. */
import { useEffect, useMemo, useRef, useState, type Ref } from 'react';
import { grouped } from '../../instruments/number/format-number.ts';
import { compareKeys } from '../../instruments/grid/frozen-order.ts';
import { standardName } from '../../marketplace/charge-point/charge-point-words.ts';
import { isFilteringPlaces, type PlaceFilter } from '../../marketplace/place/place-filter.ts';
import type { PlaceRow } from '../../marketplace/place/place-row.ts';

type PlaceFilterBarProps = {
  readonly filter: PlaceFilter;
  readonly onFilter: (filter: PlaceFilter, options?: { readonly replace?: boolean }) => void;
  readonly onClear: () => void;
  readonly onLeaveToList: () => void;
  readonly rows: readonly PlaceRow[];
  readonly shownCount: number;
  /** Prices, arrival and fit are known for a vehicle only. */
  readonly hasVehicle: boolean;
  readonly input: Ref<HTMLInputElement>;
};

const POWERS_KW = [22, 50, 100, 150, 300] as const;
const ARRIVALS_PERCENT = [5, 10, 20, 30] as const;

export function PlaceFilterBar(props: PlaceFilterBarProps) {
  const { filter, onFilter, rows, hasVehicle } = props;
  const offers = useMemo(() => offersOf(rows), [rows]);
  const set = (changes: Partial<PlaceFilter>) => onFilter({ ...filter, ...changes });
  return (
    <div className="filter-bar" role="search" aria-label="Filter places on map and list">
      <FilterText {...props} />
      <Toggle word="Free now" isOn={filter.isFreeNow} onToggle={(isFreeNow) => set({ isFreeNow })} />
      <Choice
        label="Current"
        all="AC, DC"
        value={filter.current}
        options={['AC', 'DC']}
        onChoose={(current) => set({ current: current as PlaceFilter['current'] })}
      />
      <Choice
        label="Power at least"
        all="Any kW"
        value={filter.leastKw}
        options={POWERS_KW}
        wordOf={(kw) => `≥ ${kw} kW`}
        onChoose={(kw) => set({ leastKw: toNumber(kw) })}
      />
      <Choice
        label="Connector"
        all="Any plug"
        value={filter.standard}
        options={offers.standards}
        wordOf={standardName}
        onChoose={(standard) => set({ standard })}
      />
      <Choice
        label="Operator"
        all="All operators"
        value={filter.operator}
        options={offers.operators}
        onChoose={(operator) => set({ operator })}
      />
      <Choice
        label="Charge on arrival at least"
        all="Any arrival"
        value={filter.leastArrivalPercent}
        options={ARRIVALS_PERCENT}
        wordOf={(percent) => `arrives ≥ ${percent} %`}
        isOff={!hasVehicle}
        onChoose={(percent) => set({ leastArrivalPercent: toNumber(percent) })}
      />
      <PriceField filter={filter} onFilter={onFilter} isOff={!hasVehicle} />
      <Toggle
        word="Fits"
        tip="Hides what is known not to fit the vehicle, by its plug, size or type"
        isOn={filter.isFitOnly}
        isOff={!hasVehicle}
        onToggle={(isFitOnly) => set({ isFitOnly })}
      />
      <Toggle
        word="Offline hidden"
        tip="Hides the places of operators that cannot be asked now"
        isOn={filter.hidesAway}
        onToggle={(hidesAway) => set({ hidesAway })}
      />
      <span className="filter-result" role="status">
        {grouped(props.shownCount)} of {grouped(rows.length)}
        <span className="filter-result-unit"> places</span>
      </span>
      <button type="button" className="btn" onClick={props.onClear} disabled={!isFilteringPlaces(filter)}>
        Clear <kbd>Esc</kbd>
      </button>
    </div>
  );
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

/** What there is to choose from, in people’s order. */
function offersOf(rows: readonly PlaceRow[]): {
  readonly standards: readonly string[];
  readonly operators: readonly string[];
} {
  const standards = new Set<string>();
  const operators = new Set<string>();
  for (const { place } of rows) {
    operators.add(place.operatorName);
    for (const { standard } of place.groups) standards.add(standard);
  }
  return { standards: inOrder(standards), operators: inOrder(operators) };
}

function inOrder(texts: Iterable<string>): readonly string[] {
  return [...texts].toSorted((one, other) => compareKeys(one, other, false));
}

type ToggleProps = {
  readonly word: string;
  readonly tip?: string;
  readonly isOn: boolean;
  readonly isOff?: boolean;
  readonly onToggle: (isOn: boolean) => void;
};

const NEEDS_VEHICLE = 'Choose a vehicle first: this is about it';

function Toggle({ word, tip, isOn, isOff = false, onToggle }: ToggleProps) {
  return (
    <button
      type="button"
      className="chip"
      aria-pressed={isOn}
      disabled={isOff}
      title={isOff ? NEEDS_VEHICLE : tip}
      onClick={() => onToggle(!isOn)}
    >
      {word}
    </button>
  );
}

type ChoiceProps<T extends string | number> = {
  readonly label: string;
  readonly all: string;
  readonly value: T | undefined;
  readonly options: readonly T[];
  readonly wordOf?: (option: T) => string;
  readonly isOff?: boolean;
  readonly onChoose: (value: string | undefined) => void;
};

function Choice<T extends string | number>(props: ChoiceProps<T>) {
  const { value, options, isOff = false, wordOf = String } = props;
  // A link may name what is not there now; it stays chosen and said.
  const offered = value === undefined || options.includes(value) ? options : [...options, value];
  return (
    <select
      className="field"
      aria-label={props.label}
      data-chosen={value !== undefined}
      disabled={isOff}
      title={isOff ? NEEDS_VEHICLE : undefined}
      value={value ?? ''}
      onChange={(event) => props.onChoose(event.target.value || undefined)}
    >
      <option value="">{props.all}</option>
      {offered.map((option) => (
        <option key={option} value={option}>
          {wordOf(option)}
        </option>
      ))}
    </select>
  );
}

type PriceFieldProps = Pick<PlaceFilterBarProps, 'filter' | 'onFilter'> & { readonly isOff: boolean };

function PriceField({ filter, onFilter, isOff }: PriceFieldProps) {
  const [typed, setTyped] = useState<string>();
  const take = (text: string) => {
    setTyped(text);
    const most = Number(text.replace(',', '.'));
    if (Number.isFinite(most) && most >= 0)
      onFilter({ ...filter, mostPerKwh: text === '' ? undefined : most }, { replace: true });
  };
  return (
    <input
      className="field price-field"
      type="text"
      inputMode="decimal"
      aria-label="Net price a kWh at most"
      title={isOff ? NEEDS_VEHICLE : 'Net price a kWh at most'}
      placeholder="≤ a kWh"
      maxLength={8}
      disabled={isOff}
      value={typed ?? filter.mostPerKwh ?? ''}
      onChange={(event) => take(event.target.value)}
      onBlur={() => setTyped(undefined)}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
  );
}

/** Typing shows at once and goes to the link behind it: a field that waited for the router would drop letters. */
function FilterText({ filter, onFilter, onLeaveToList, input }: PlaceFilterBarProps) {
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
        aria-label="Place, operator, street or connector"
        placeholder="Place, operator, street…"
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
