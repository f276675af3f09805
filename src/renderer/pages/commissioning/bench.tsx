/** The bench itself: left, what a person says (which line, what to try); right, what the line says and where its meters stand. */
import { useNavigate } from '@tanstack/react-router';
import { toast } from 'sonner';
import type { LineRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useFeed } from '../../link/use-feed.ts';
import { isSearching } from '../../metering/commissioning/bench-words.ts';
import { EMPTY_DRAFT, isUntouched } from '../../metering/commissioning/draft/line-draft.ts';
import { ChooseLine } from '../../metering/commissioning/form/choose-line.tsx';
import { TryLine } from '../../metering/commissioning/form/try-line.tsx';
import { FoundMeters } from '../../metering/commissioning/found-meters.tsx';
import type { Metering } from '../../metering/use-metering.ts';
import { useAnswer } from '../use-answer.ts';
import { focusField, useLeavingFields } from './bench-focus.ts';
import { BenchPanel, suggestPanel } from './bench-panel.tsx';
import type { CommissioningSearch, Panel, PatchSearch } from './commissioning-search.ts';
import { JustSaved } from './just-saved.tsx';
import { useOpenLine } from './open-for-change.ts';
import { useBench } from './use-bench.ts';
import { usePlacing } from './use-placing.ts';

type BenchProps = {
  readonly search: CommissioningSearch;
  readonly patch: PatchSearch;
  readonly metering: Metering;
};

export function Bench({ search, patch, metering }: BenchProps) {
  const work = useBench();
  const { draft, bench } = work;
  const place = usePlacing(work, metering, patch);
  const saved = search.saved === undefined ? undefined : metering.lines.get(search.saved);
  const openPanel = (panel: Panel) => {
    patch({ panel }, { replace: true });
    requestAnimationFrame(() => focusField('bench-panel'));
  };
  const selectMeter = (key: string) => {
    place.select(key);
    patch({ panel: 'place' }, { replace: true });
  };
  useLeavingFields();
  useOpenLine(search.line, work, patch);
  useShortcuts('Commissioning', [
    { keys: '3', does: 'To what answered', run: () => focusField('bench-found') },
    { keys: 'p', does: 'To the place of the meter', run: () => openPanel('place') },
    { keys: 't', does: 'To the trace', run: () => openPanel('trace') },
    { keys: 'l', does: 'To the lines set up here', run: () => openPanel('lines') },
    { keys: 'j', does: 'Next meter that answered', run: () => place.move(1) },
    { keys: 'k', does: 'Previous meter that answered', run: () => place.move(-1) },
    { keys: '$mod+s', does: 'Save the line, also from a field', run: () => void place.save() },
  ]);
  return (
    <div className="commissioning">
      <LineAndSearch work={work} patch={patch} metering={metering} />
      <div className="bench-right">
        {saved === undefined ? (
          <FoundMeters
            bench={bench}
            found={work.found}
            how={draft.how}
            meters={draft.meters}
            modelOf={place.modelOf}
            selectedKey={place.selected?.key}
            onSelect={selectMeter}
            onKeep={place.keep}
          />
        ) : (
          <SavedOnBench line={saved} metering={metering} patch={patch} />
        )}
        <BenchPanel
          panel={search.panel ?? suggestPanel(draft.meters.length > 0, isSearching(bench))}
          work={work}
          place={place}
          metering={metering}
          patch={patch}
        />
      </div>
    </div>
  );
}

type LineAndSearchProps = {
  readonly work: ReturnType<typeof useBench>;
  readonly patch: PatchSearch;
  readonly metering: Metering;
};

const NOTHING = {};
/** An adapter that is plugged in or pulled shows by itself. */
const LOOK_AGAIN_MS = 2000;

function LineAndSearch({ work, patch, metering }: LineAndSearchProps) {
  const { draft, onDraft, bench } = work;
  const adapters = useAnswer('metering/adapters', NOTHING, useWallNow(LOOK_AGAIN_MS));
  const changed = draft.lineId === undefined ? undefined : metering.lines.get(draft.lineId);
  const searchNow = () => {
    patch({ saved: undefined, panel: undefined }, { replace: true });
    void work.search(changed?.id);
  };
  const startAfresh = () => {
    onDraft(() => EMPTY_DRAFT);
    work.close();
    patch({ saved: undefined, line: undefined, panel: undefined });
    toast('The bench is empty again', {
      duration: 20_000,
      action: { label: 'Undo', onClick: () => onDraft(() => draft) },
    });
  };
  useShortcuts('Commissioning', [
    { keys: '1', does: 'To the line', run: () => focusField('bench-where') },
    { keys: '2', does: 'To what is tried', run: () => focusField('bench-how') },
    {
      keys: 's',
      does: 'Search the line, or stop searching',
      run: () => (isSearching(bench) ? work.stop() : searchNow()),
    },
    { keys: '$mod+Enter', does: 'Search the line, also from a field', run: searchNow },
    { keys: 'r', does: 'List the adapters again', run: adapters.askAgain },
  ]);
  return (
    <form
      className="bench-left"
      aria-label="Line and search"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSearching(bench)) searchNow();
      }}
    >
      <ChooseLine
        where={draft.where}
        onWhere={(where) => onDraft((before) => ({ ...before, where }))}
        problems={work.scanProblems.where}
        adapters={adapters.answer?.adapters}
        failure={adapters.failure}
        onListAgain={adapters.askAgain}
        onStartAfresh={isUntouched(draft) ? undefined : startAfresh}
        changes={draft.lineId === undefined ? undefined : (changed?.name ?? draft.name)}
      />
      <TryLine
        how={draft.how}
        onHow={(how) => onDraft((before) => ({ ...before, how }))}
        problems={work.scanProblems.how}
        bench={bench}
        isPending={work.isPending}
        isInService={changed !== undefined}
        isDeviceServer={draft.where.kind === 'device-server'}
        onStop={work.stop}
        onClose={work.close}
      />
    </form>
  );
}

type SavedOnBenchProps = { readonly line: LineRecord; readonly metering: Metering; readonly patch: PatchSearch };

function SavedOnBench({ line, metering, patch }: SavedOnBenchProps) {
  const navigate = useNavigate();
  const depots = useFeed('fleet/depots').records;
  return (
    <JustSaved
      line={line}
      meters={metering.metersOf(line.id)}
      zone={depots.get(line.depotId)?.timeZone ?? 'UTC'}
      onMeter={(meter) => void navigate({ to: '/meters', search: { meter } } as never)}
      onAnother={() => {
        patch({ saved: undefined, panel: undefined });
        requestAnimationFrame(() => focusField('bench-where'));
      }}
    />
  );
}
