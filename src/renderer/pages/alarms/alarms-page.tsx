/** The Alarms page: what asks for somebody, the shelf, the journal; and beside the list the chosen alarm, whole. */
import './alarms-page.css';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { Alarm } from '../../../shared/domain/alarm/alarm.ts';
import { AlarmDetail } from '../../alarm/alarm-detail.tsx';
import { AlarmGrid } from '../../alarm/alarm-grid.tsx';
import { AlarmJournal } from '../../alarm/alarm-journal.tsx';
import { listAlarms, tallyAlarms } from '../../alarm/list-alarms.ts';
import { acknowledge, shelve, unshelve } from '../../alarm/operate-alarms.ts';
import { useAlarms } from '../../alarm/pending-deeds.ts';
import { ShelveDialog } from '../../alarm/shelve-dialog.tsx';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useFeed, useOnlyRecord } from '../../link/use-feed.ts';
import { useSettledCursor } from '../live/use-settled-cursor.ts';
import { useAnswer } from '../use-answer.ts';
import { AlarmFilterBar } from './alarm-filter-bar.tsx';
import { useAlarmsSearch, type AlarmsSearch } from './alarms-search.ts';
import { FloodBanner } from './flood-banner.tsx';
import { NoAlarms } from './no-alarms.tsx';
import { useAlarmKeys } from './use-alarm-keys.ts';

const NO_FILTER: Partial<AlarmsSearch> = { depot: undefined, priority: undefined, explained: undefined };

export function AlarmsPage() {
  const [search, patch] = useAlarmsSearch();
  const { alarms } = useAlarms();
  const depots = useFeed('fleet/depots').records;
  const flood = useOnlyRecord('alarm/flood');
  const navigate = useNavigate();
  const grid = useRef<GridHandle>(null);
  const cursor = useRef<string>(undefined);
  useEffect(() => {
    cursor.current = search.alarm;
  }, [search.alarm]);
  const depotName = useCallback(
    (depotId: string | undefined) => (depotId === undefined ? '' : (depots.get(depotId)?.name ?? depotId)),
    [depots],
  );
  const isFlood = flood?.sinceMs !== undefined;
  const list = useMemo(
    () =>
      listAlarms(alarms.values(), {
        isShelf: search.view === 'shelved',
        depotId: search.depot,
        priority: search.priority,
        withExplained: search.explained === true,
        isFlood,
      }),
    [alarms, search, isFlood],
  );
  const tallies = useMemo(() => tallyAlarms(alarms.values()), [alarms]);
  const choose = (id: string) => patch({ alarm: id }, { replace: true });
  const settle = useSettledCursor(search.alarm ?? '', choose);
  const open = ({ link }: Alarm) => link !== undefined && void navigate({ href: link } as never);
  const keys = useAlarmKeys({
    listed: useMemo(() => new Map(list.listed.map(({ id, alarm }) => [id, alarm] as const)), [list]),
    chosenId: () => cursor.current,
    grid,
    onView: (view) => patch({ view, alarm: undefined }),
    onBack: () => patch(NO_FILTER),
  });
  const chosen = search.alarm === undefined ? undefined : alarms.get(search.alarm);
  const isFiltered = search.depot !== undefined || search.priority !== undefined;
  return (
    <div className="alarms-page">
      <section className="card alarm-list" aria-label="Alarms">
        <header>
          <h2>Alarms</h2>
          <Views search={search} {...tallies} onView={(view) => patch({ view, alarm: undefined })} />
          {search.view !== 'journal' && (
            <AlarmFilterBar search={search} onFilter={patch} depots={depots} explained={list.explained} />
          )}
          <span className="end">
            {keys.marked.size > 0 && <small role="status">{keys.marked.size} marked</small>}
            <kbd>J</kbd>
            <kbd>K</kbd>
            <kbd>Space</kbd>
            <kbd>A</kbd>
            <kbd>S</kbd>
          </span>
        </header>
        {isFlood && search.view === undefined && (
          <FloodBanner flood={flood} heldBack={list.heldBack} onShowAll={() => patch({ priority: 'all' })} />
        )}
        {search.view === 'journal' ? (
          <WholeJournal />
        ) : list.listed.length === 0 ? (
          <NoAlarms
            view={search.view ?? 'standing'}
            isFiltered={isFiltered && (search.view === 'shelved' ? tallies.shelved : tallies.standing) > 0}
            onClear={() => patch(NO_FILTER)}
          />
        ) : (
          <AlarmGrid
            // A cursor of its own: a row that went to the shelf is come upon there anew.
            key={search.view ?? 'standing'}
            listed={list.listed}
            marked={keys.marked}
            depotName={depotName}
            selectedId={search.alarm}
            onCursor={(row) => {
              cursor.current = row.id;
              settle(row);
            }}
            onChoose={(row) => choose(row.id)}
            onOpen={(row) => open(row.alarm)}
            sort={search.sort}
            onSort={(sort) => patch({ sort })}
            handle={grid}
          />
        )}
      </section>
      {search.view !== 'journal' && (
        <ChosenAlarm
          id={search.alarm}
          alarm={chosen}
          alarms={alarms}
          depotName={depotName}
          onShelve={keys.shelve}
          onOpen={open}
        />
      )}
      {keys.shelving !== undefined && (
        <ShelveDialog
          alarms={keys.shelving}
          onClose={keys.endShelving}
          onShelve={(minutes, reason) => {
            void shelve(keys.shelving ?? [], minutes, reason);
            keys.clearMarks();
            keys.endShelving();
          }}
        />
      )}
    </div>
  );
}

type ViewsProps = {
  readonly search: AlarmsSearch;
  readonly standing: number;
  readonly shelved: number;
  readonly onView: (view: AlarmsSearch['view']) => void;
};

function Views({ search, standing, shelved, onView }: ViewsProps) {
  const views = [
    { view: undefined, name: `Standing ${standing}` },
    { view: 'shelved', name: `Shelved ${shelved}` },
    { view: 'journal', name: 'Journal' },
  ] as const;
  return (
    <div className="tabs" role="tablist" aria-label="Which alarms">
      {views.map(({ view, name }) => (
        <button key={name} type="button" role="tab" aria-selected={search.view === view} onClick={() => onView(view)}>
          {name}
        </button>
      ))}
    </div>
  );
}

type ChosenAlarmProps = {
  readonly id: string | undefined;
  readonly alarm: Alarm | undefined;
  readonly alarms: ReadonlyMap<string, Alarm>;
  readonly depotName: (depotId: string | undefined) => string;
  readonly onShelve: () => void;
  readonly onOpen: (alarm: Alarm) => void;
};

function ChosenAlarm({ id, alarm, alarms, depotName, onShelve, onOpen }: ChosenAlarmProps) {
  if (alarm === undefined)
    return (
      <section className="card alarm-detail" aria-label="Chosen alarm">
        <div className="empty">
          {id === undefined ? (
            <>
              <b>No alarm is chosen.</b>
              J and K go through the list; what to do, and why, is then told here.
            </>
          ) : (
            <>
              <b>This alarm is over.</b>
              It cleared and was acknowledged, so it left the list. What was done is in its journal.
            </>
          )}
        </div>
        {id !== undefined && <JournalOf alarmId={id} />}
      </section>
    );
  return (
    <AlarmDetail
      alarm={alarm}
      depotName={depotName(alarm.depotId)}
      effects={[...alarms.values()].filter(({ suppressedBy }) => suppressedBy === alarm.id)}
      journal={<JournalOf alarmId={alarm.id} />}
      onAcknowledge={() => void acknowledge([alarm])}
      onShelve={onShelve}
      onUnshelve={() => void unshelve([alarm])}
      onOpen={() => onOpen(alarm)}
    />
  );
}

/** Asked again so often: an entry is written with what it tells of, and a journal that lags by a breath misleads nobody. */
const JOURNAL_EVERY_MS = 1_000;
const OF_ONE = 50;
const OF_ALL = 500;

function JournalOf({ alarmId }: { readonly alarmId: string }) {
  const input = useMemo(() => ({ alarmId, limit: OF_ONE }), [alarmId]);
  const { answer, failure } = useAnswer('alarm/journal', input, useWallNow(JOURNAL_EVERY_MS));
  return <AlarmJournal entries={answer?.entries} failure={failure} isOfOne />;
}

const ALL_ENTRIES = { limit: OF_ALL };

function WholeJournal() {
  const { answer, failure } = useAnswer('alarm/journal', ALL_ENTRIES, useWallNow(JOURNAL_EVERY_MS));
  return (
    <div className="scroller" tabIndex={0} role="region" aria-label="Journal">
      <AlarmJournal entries={answer?.entries} failure={failure} isOfOne={false} />
    </div>
  );
}
