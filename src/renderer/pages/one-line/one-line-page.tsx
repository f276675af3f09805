/** The one-line page: a depot's meters as the tree they measure, with the power of this moment. */
import './one-line-page.css';
import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { DepotTabs, neighbourDepot, useDepotsInOrder } from '../../fleet/depot-tabs.tsx';
import { useNow, useWallNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { meterFreshnessNow } from '../../metering/meter-freshness-now.ts';
import { judgeMeter } from '../../metering/meter/meter-standing.ts';
import { OneLineDiagram } from '../../metering/one-line/one-line-diagram.tsx';
import { useMetering, type Metering } from '../../metering/use-metering.ts';
import { NoMeters } from '../meters/no-meters.tsx';
import { useOneLineSearch } from './one-line-search.ts';
import { useBayStates } from './use-bay-states.ts';

export function OneLinePage() {
  const navigate = useNavigate();
  const [search, patch] = useOneLineSearch();
  const metering = useMetering();
  const depots = useDepotsInOrder();
  const bayOf = useBayStates();
  const depot = depots.find(({ id }) => id === search.depot) ?? depots[0];
  const own = [...metering.meters.values()].filter((meter) => meter.depotId === depot?.id);
  const chooseDepot = (depotId: string | undefined) =>
    depotId !== undefined && patch({ depot: depotId, node: undefined });
  useShortcuts('One-line diagram', [
    { keys: 'd', does: 'Next depot', run: () => chooseDepot(neighbourDepot(depots, depot?.id, 1)) },
    { keys: ']', does: 'Next depot', run: () => chooseDepot(neighbourDepot(depots, depot?.id, 1)) },
    { keys: '[', does: 'Previous depot', run: () => chooseDepot(neighbourDepot(depots, depot?.id, -1)) },
    {
      keys: 'b',
      does: 'The depot’s energy balance',
      run: () => depot !== undefined && void navigate({ to: '/balance', search: { depot: depot.id } } as never),
    },
  ]);
  useEffect(() => {
    // A depot that the link names and nobody knows leaves it, so that the link says what is seen.
    if (search.depot !== undefined && depots.length > 0 && search.depot !== depot?.id)
      patch({ depot: undefined, node: undefined }, { replace: true });
  }, [search.depot, depots, depot, patch]);

  if (metering.meters.size === 0 && metering.phase === 'ready' && metering.lines.size === 0) return <NoMeters />;
  return (
    <div className="one-line-page">
      <section className="card" aria-label={depot === undefined ? 'One-line diagram' : `One-line, ${depot.name}`}>
        <header>
          <h2>One-line</h2>
          <DepotTabs depots={depots} chosenId={depot?.id} onChoose={chooseDepot} label="Depot" />
          <Census own={own} metering={metering} />
          <span className="end">
            <kbd>J</kbd>
            <kbd>K</kbd>
            <kbd>Enter</kbd>
            <kbd>D</kbd>
          </span>
        </header>
        {depot !== undefined && own.length > 0 && (
          <OneLineDiagram
            key={depot.id}
            depot={depot}
            metering={metering}
            cursorId={search.node}
            onCursor={(node) => search.node !== node && patch({ node }, { replace: true })}
            onOpenMeter={(meter) => void navigate({ to: '/meters', search: { meter } } as never)}
            onOpenBalance={(node) => void navigate({ to: '/balance', search: { depot: depot.id, node } } as never)}
            bayOf={bayOf}
          />
        )}
        {depot !== undefined && own.length === 0 && metering.phase === 'ready' && (
          <p className="empty">
            <b>No meter is set up in {depot.name}.</b>
            Its power is not measured here. Meters are set up on the Meters page; charge points tell only of sessions.
          </p>
        )}
      </section>
    </div>
  );
}

/** How many of the depot's values may stand as the present: said in words, since grey is all one sees of it. */
function Census({ own, metering }: { readonly own: readonly MeterRecord[]; readonly metering: Metering }) {
  const now = useNow();
  const wallNowMs = useWallNow();
  const current = own.filter(
    (meter) =>
      judgeMeter({
        meter,
        line: metering.lines.get(meter.lineId),
        freshness: meterFreshnessNow(meter.latest?.atMs, now),
        wallNowMs,
      }).isCurrent,
  ).length;
  const isAll = current === own.length;
  return (
    <small role="status">
      {!isAll && (
        <span className="mark" data-priority="3" aria-hidden="true">
          3
        </span>
      )}{' '}
      {own.length} {own.length === 1 ? 'meter' : 'meters'}, {isAll ? 'all current' : `${current} current`} · lines as
      thick as their share of the site limit
    </small>
  );
}
