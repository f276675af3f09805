/** The performance: operators, then the sites of one, then the charge points of a site, over one window of time. */
import { useCallback, useMemo, useRef, type ReactNode } from 'react';
import { useNavigate } from '@tanstack/react-router';
import type { PerformanceRow } from '../../../shared/domain/marketplace/performance.ts';
import type { GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { useFeed } from '../../link/use-feed.ts';
import type { PerformanceLevel } from '../../marketplace/network/performance-columns.ts';
import { PerformanceGrid } from '../../marketplace/network/performance-grid.tsx';
import { TextFilter } from '../text-filter.tsx';
import { useAnswer } from '../use-answer.ts';
import { usePartyName } from '../use-names.ts';
import type { NetworkSearch, PatchNetworkSearch } from './network-search.ts';
import { useTimeWindow, type TimeWindow } from './use-time-window.ts';
import { nextWindow, USUAL_WINDOW, WINDOW_WORDS, WindowChoice } from './window-choice.tsx';

type PerformanceTabProps = {
  readonly tabs: ReactNode;
  readonly zone: string;
  readonly search: NetworkSearch;
  readonly patch: PatchNetworkSearch;
};

const AGAIN_MS = 30_000;

export function PerformanceTab({ tabs, zone, search, patch }: PerformanceTabProps) {
  const navigate = useNavigate();
  const length = search.window ?? USUAL_WINDOW;
  const window = useTimeWindow(length, AGAIN_MS);
  const { cpo, site } = search;
  const level: PerformanceLevel = site !== undefined ? 'evse' : cpo !== undefined ? 'site' : 'cpo';
  const toLevel = (next: Pick<Partial<NetworkSearch>, 'cpo' | 'site'>) =>
    patch({ cpo: undefined, site: undefined, ...next, text: undefined, sort: undefined });
  const up = () => {
    if (search.text !== undefined) patch({ text: undefined });
    else if (site !== undefined) toLevel(cpo === undefined ? {} : { cpo });
    else if (cpo !== undefined) toLevel({});
  };
  const open = ({ key }: PerformanceRow) => {
    if (level === 'cpo') toLevel({ cpo: key });
    else if (level === 'site') toLevel({ ...(cpo === undefined ? {} : { cpo }), site: key });
    else void navigate({ to: '/charge', search: { place: site } } as never);
  };
  useShortcuts('Performance', [
    { keys: 'w', does: 'Next window of time', run: () => patch({ window: nextWindow(length) }, { replace: true }) },
    { keys: 'Escape', does: 'One level back: the filter, then to what is above', run: up },
  ]);
  return (
    <div className="network-page">
      <section className="card" aria-label="Performance">
        <header>
          <h2>Network</h2>
          {tabs}
          <span className="end">
            <WindowChoice chosen={length} onChoose={(next) => patch({ window: next }, { replace: true })} />
          </span>
        </header>
        <PerformanceList
          // Its answers are those of one level: another one's rows are never shown in its place.
          key={`${level} ${site ?? cpo ?? ''}`}
          {...{ level, zone, search, patch, window, open }}
          parentKey={site ?? cpo}
          words={`in the last ${WINDOW_WORDS[length]}`}
          path={<LevelPath cpo={cpo} site={site} onLevel={toLevel} />}
        />
      </section>
    </div>
  );
}

type PerformanceListProps = Pick<PerformanceTabProps, 'zone' | 'search' | 'patch'> & {
  readonly level: PerformanceLevel;
  readonly parentKey: string | undefined;
  readonly window: TimeWindow;
  readonly words: string;
  readonly path: ReactNode;
  readonly open: (row: PerformanceRow) => void;
};

function PerformanceList({ level, parentKey, window, words, zone, search, patch, path, open }: PerformanceListProps) {
  const grid = useRef<GridHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const input = useMemo(
    () => ({ ...window, level, ...(parentKey === undefined ? {} : { parentKey }) }),
    [window, level, parentKey],
  );
  const { answer, failure } = useAnswer('marketplace/performance', input);
  const sought = search.text?.toLowerCase();
  const isShown = useCallback(
    ({ name, key }: PerformanceRow) => sought === undefined || `${name} ${key}`.toLowerCase().includes(sought),
    [sought],
  );
  const shown = useMemo(() => answer?.filter(isShown).length, [answer, isShown]);
  useShortcuts('Performance', [
    { keys: 'j', does: 'Next row; Enter goes into it', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous row', run: () => grid.current?.move(-1) },
    { keys: '/', does: 'Filter by name', run: () => field.current?.focus() },
  ]);
  return (
    <>
      <div className="network-bar">
        <TextFilter
          label="Name or id"
          text={search.text ?? ''}
          onText={(text) => patch({ text: text === '' ? undefined : text }, { replace: true })}
          onLeaveToList={() => grid.current?.focus()}
          input={field}
        />
        {path}
        <span className="filter-result" role="status">
          {answer === undefined ? '…' : `${grouped(shown ?? 0)} of ${grouped(answer.length)}`} {words}
        </span>
      </div>
      {failure !== undefined && (
        <p className="empty" role="status">
          <b>How the networks performed could not be read.</b>
          {failure}
        </p>
      )}
      {answer?.length === 0 ? (
        <p className="empty" role="status">
          <b>
            {level === 'cpo' ? 'The marketplace has not told of any charge point yet.' : 'Nothing is known below this.'}
          </b>
          {level === 'cpo'
            ? 'Operators appear here once their places are known.'
            : 'The link names an operator or a site that has no charge point now. Esc goes one level back.'}
        </p>
      ) : (
        <PerformanceGrid
          rows={answer ?? []}
          level={level}
          zone={zone}
          isShown={isShown}
          onOpen={open}
          sort={search.sort}
          onSort={(sort) => patch({ sort }, { replace: true })}
          handle={grid}
        />
      )}
    </>
  );
}

type LevelPathProps = {
  readonly cpo: string | undefined;
  readonly site: string | undefined;
  readonly onLevel: (level: Pick<Partial<NetworkSearch>, 'cpo' | 'site'>) => void;
};

/** Where in the network the list is, and the way back up. */
function LevelPath({ cpo, site, onLevel }: LevelPathProps) {
  const partyName = usePartyName();
  const places = useFeed('marketplace/places');
  if (cpo === undefined && site === undefined) return <b>All operators</b>;
  return (
    <nav className="level-path" aria-label="Level">
      <button type="button" className="btn" onClick={() => onLevel({})}>
        All operators
      </button>
      {cpo !== undefined && site !== undefined && (
        <button type="button" className="btn" onClick={() => onLevel({ cpo })}>
          {partyName(cpo)}
        </button>
      )}
      <b>{site === undefined ? partyName(cpo ?? '') : (places.records.get(site)?.name ?? site)}</b>
    </nav>
  );
}
