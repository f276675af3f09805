/** The Records page: every charge detail record with what the console makes of it, and the keys that meters sign with. */
import './records-page.css';
import { useMemo, useRef } from 'react';
import type { Party } from '../../../shared/domain/marketplace/party.ts';
import { useDepotsInOrder } from '../../fleet/depot-tabs.tsx';
import { saveText } from '../../instruments/clipboard/save-text.ts';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { computerZone } from '../../instruments/clock/zone-time.ts';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { toastRefusal } from '../../link/send-command.ts';
import { ChargeRecordGrid } from '../../marketplace/record/charge-record-grid.tsx';
import { recordCsv, recordCsvName } from '../../marketplace/record/record-csv.ts';
import { VERDICT_WORDS, VERDICTS } from '../../marketplace/record/record-words.ts';
import { localPeriod, PERIOD_KINDS, type LocalPeriod } from '../../metering/intervals/local-period.ts';
import { PeriodBar } from '../../metering/intervals/period-bar.tsx';
import { readFailure } from '../use-answer.ts';
import { useOperators, useVehicleName } from '../use-names.ts';
import { useSettledCursor } from '../live/use-settled-cursor.ts';
import { KeyRegister } from './key-register.tsx';
import { NoRecords } from './no-records.tsx';
import { OpenRecord } from './open-record.tsx';
import { RecordFilterBar } from './record-filter-bar.tsx';
import { useRecordsSearch, type PatchRecordsSearch, type RecordsSearch } from './records-search.ts';
import { readAllRecords, useChargeRecords, type RecordFilter } from './use-charge-records.ts';

const NO_FILTER: Partial<RecordsSearch> = {
  verdict: undefined,
  breach: undefined,
  party: undefined,
  vehicle: undefined,
  text: undefined,
};

export function RecordsPage() {
  const [search, patch] = useRecordsSearch();
  const [first] = useDepotsInOrder();
  const zone = first?.timeZone ?? computerZone();
  const isKeys = search.view === 'keys';
  useShortcuts('Records', [
    { keys: '1', does: 'The list of records', run: () => patch({ view: undefined }) },
    { keys: '2', does: 'The keys that meters sign with', run: () => patch({ view: 'keys' }) },
  ]);
  if (!isKeys) return <RecordList zone={zone} search={search} patch={patch} />;
  return (
    <div className="records-page">
      <section className="card key-register" aria-label="Meter keys">
        <header>
          <h2>Records</h2>
          <Views search={search} patch={patch} />
          <small>Keys stay with the charge point where they were first seen; pinning one is a person’s decision.</small>
        </header>
        <KeyRegister
          chosen={search.key}
          zone={zone}
          onRecord={(record) => patch({ view: undefined, key: undefined, record })}
        />
      </section>
    </div>
  );
}

type RecordListProps = {
  readonly zone: string;
  readonly search: RecordsSearch;
  readonly patch: PatchRecordsSearch;
};

function RecordList({ zone, search, patch }: RecordListProps) {
  const grid = useRef<GridHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const vehicleName = useVehicleName();
  const parties = useOperators();
  const period = localPeriod(zone, search.per ?? 'month', search.date, nowMs());
  const filter = useFilter(search, period);
  const { rows, counts, more, failure, readOlder } = useChargeRecords(filter);
  const open = (record: string, options?: { readonly replace?: boolean }) => patch({ record }, options);
  const settle = useSettledCursor(search.record, open);
  const close = () => {
    patch({ record: undefined });
    grid.current?.focus();
  };
  const toDate = (date: string | undefined) => patch({ date }, { replace: true });
  const isFiltered = Object.keys(NO_FILTER).some((key) => search[key as keyof RecordsSearch] !== undefined);
  const exportSeen = () => void saveRecords(filter, zone, filterWords(search, parties, vehicleName));
  useShortcuts('Records', [
    { keys: 'j', does: 'Next record; Enter opens it', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous record', run: () => grid.current?.move(-1) },
    { keys: '/', does: 'Filter by text', run: () => field.current?.focus() },
    { keys: 'v', does: 'Next verdict', run: () => patch({ verdict: nextVerdict(search.verdict) }, { replace: true }) },
    {
      keys: 'b',
      does: 'Only records with a breach',
      run: () => patch({ breach: search.breach ? undefined : true }, { replace: true }),
    },
    { keys: '[', does: 'Period before', run: () => toDate(period.before) },
    { keys: ']', does: 'Period after', run: () => period.after !== undefined && toDate(period.after) },
    { keys: 't', does: 'Back to now', run: () => toDate(undefined) },
    { keys: 'o', does: 'Read older records', run: () => more && readOlder() },
    { keys: 'e', does: 'Export what is seen as a file', run: exportSeen },
    {
      keys: 'Escape',
      does: 'One level back: close the record, then the filter',
      run: () => (search.record === undefined ? patch(NO_FILTER) : close()),
    },
  ]);
  const isEmpty = rows?.length === 0;
  return (
    <div className="records-page" data-open={search.record !== undefined}>
      <section className="card record-list" aria-label="Records">
        <header>
          <h2>Records</h2>
          <Views search={search} patch={patch} />
          <span className="end">
            <PeriodBar
              kinds={PERIOD_KINDS}
              period={period}
              zone={zone}
              onKind={(per) => patch({ per: per === 'month' ? undefined : per }, { replace: true })}
              onDate={toDate}
            />
          </span>
        </header>
        <div className="records-bar">
          <RecordFilterBar
            search={search}
            onFilter={(changes) => patch(changes, { replace: true })}
            parties={parties}
            counts={counts}
            vehicleName={search.vehicle === undefined ? undefined : vehicleName(search.vehicle)}
            onLeaveToList={() => grid.current?.focus()}
            input={field}
          />
        </div>
        {failure !== undefined && (
          <p className="empty" role="status">
            <b>The records could not be read.</b>
            {failure}
          </p>
        )}
        {isEmpty ? (
          <NoRecords
            periodLabel={period.label}
            isFiltered={isFiltered}
            onClear={() => patch(NO_FILTER)}
            onBefore={() => toDate(period.before)}
          />
        ) : (
          <ChargeRecordGrid
            rows={rows ?? []}
            vehicleName={vehicleName}
            selectedKey={search.record}
            onCursor={(row) => settle({ id: row.key })}
            onOpen={(row) => open(row.key)}
            sort={search.sort}
            onSort={(sort) => patch({ sort }, { replace: true })}
            handle={grid}
          />
        )}
        <footer className="records-foot">
          <span role="status">
            {rows === undefined ? '…' : `${grouped(rows.length)} ${rows.length === 1 ? 'record' : 'records'}`}
            {more && ', the newest'}
          </span>
          {more && (
            <button type="button" className="btn" onClick={readOlder}>
              Read older <kbd>O</kbd>
            </button>
          )}
          <span className="end">
            <button type="button" className="btn" disabled={rows === undefined || isEmpty} onClick={exportSeen}>
              Export CSV <kbd>E</kbd>
            </button>
          </span>
        </footer>
      </section>
      {search.record !== undefined && (
        <OpenRecord
          // Its questions are those of one record: another one's answer is never shown in its place.
          key={search.record}
          recordKey={search.record}
          vehicleName={vehicleName}
          patch={patch}
          onClose={close}
        />
      )}
    </div>
  );
}

function Views({ search, patch }: { readonly search: RecordsSearch; readonly patch: PatchRecordsSearch }) {
  const views = [
    { view: undefined, name: 'Records', digit: 1 },
    { view: 'keys', name: 'Keys', digit: 2 },
  ] as const;
  return (
    <div className="tabs" role="tablist" aria-label="Records or keys">
      {views.map(({ view, name, digit }) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={search.view === view}
          onClick={() => patch({ view, key: undefined })}
        >
          {name} <kbd>{digit}</kbd>
        </button>
      ))}
    </div>
  );
}

function nextVerdict(verdict: RecordsSearch['verdict']): RecordsSearch['verdict'] {
  return verdict === undefined ? VERDICTS[0] : VERDICTS[VERDICTS.indexOf(verdict) + 1];
}

function useFilter(
  { verdict, breach, party, vehicle, text }: RecordsSearch,
  { fromMs, toMs }: LocalPeriod,
): RecordFilter {
  return useMemo(
    () => ({
      fromMs,
      toMs,
      ...(verdict === undefined ? {} : { verdict }),
      ...(breach === undefined ? {} : { isBreach: breach }),
      ...(party === undefined ? {} : { party }),
      ...(vehicle === undefined ? {} : { vehicleId: vehicle }),
      ...(text === undefined ? {} : { text }),
    }),
    [fromMs, toMs, verdict, breach, party, vehicle, text],
  );
}

function filterWords(
  { verdict, breach, party, vehicle, text }: RecordsSearch,
  parties: readonly Party[],
  vehicleName: (vehicleId: string) => string,
): string {
  const said = [
    verdict === undefined ? undefined : `verdict ${VERDICT_WORDS[verdict]}`,
    breach === undefined ? undefined : 'with a breach',
    party === undefined ? undefined : `operator ${parties.find(({ key }) => key === party)?.name ?? party}`,
    vehicle === undefined ? undefined : `vehicle ${vehicleName(vehicle)}`,
    text === undefined ? undefined : `text “${text}”`,
  ].filter((part) => part !== undefined);
  return said.length === 0 ? 'none' : said.join(', ');
}

async function saveRecords(filter: RecordFilter, zone: string, words: string): Promise<void> {
  const { fromMs, toMs } = filter;
  try {
    const rows = await readAllRecords(filter);
    saveText(
      recordCsvName(fromMs, toMs, zone),
      recordCsv({ rows, fromMs, toMs, zone, filter: words, exportedAtMs: Date.now() }),
    );
  } catch (cause) {
    toastRefusal('The records were not exported', readFailure(cause), { filter });
  }
}
