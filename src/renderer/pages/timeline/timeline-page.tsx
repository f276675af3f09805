/** The timeline: when each charge point of a depot charges, why, and what a person may want of it instead. */
import './timeline-page.css';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { SitePlan } from '../../../shared/domain/charging/site-plan.ts';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { DecisionCard } from '../../charging/decision-list.tsx';
import { withdrawWish } from '../../charging/give-wish.ts';
import { rowId, Timeline } from '../../charging/timeline/timeline.tsx';
import type { SlotSpan } from '../../charging/timeline/timeline-shape.ts';
import { useNow } from '../../instruments/clock/profile-clock.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { useFeed } from '../../link/use-feed.ts';
import { DepotFrame } from '../depot-frame.tsx';
import { usePageSearch } from '../page-search.ts';
import { useAnswer } from '../use-answer.ts';
import { useVehicleName } from '../use-names.ts';
import { RowPanel } from './row-panel.tsx';
import { parseTimelineSearch } from './timeline-search.ts';

const TICK_MS = 15_000;

export function TimelinePage() {
  const [search, patch] = usePageSearch('/timeline', parseTimelineSearch);
  return (
    <DepotFrame
      name="Timeline"
      className="timeline-page"
      chosenId={search.depot}
      onDepot={(depot) => patch({ depot, vehicle: undefined })}
      waiting="Depots and duties come with the marketplace’s stream; the timeline is shown as soon as there are some."
      renderLead={() => (
        <p className="muted timeline-legend">
          Height: share of what the charge point gives. Shaded: the vehicle is there; bar at its end: departure. Dashes:
          what the plan before wanted. Hatched: fixed by a person, or, above, no room for more.
        </p>
      )}
    >
      {(depot) => <TimelineOf key={depot.id} depot={depot} />}
    </DepotFrame>
  );
}

function TimelineOf({ depot: { id: depotId, timeZone: zone, currency } }: { readonly depot: Depot }) {
  const [search, patch] = usePageSearch('/timeline', parseTimelineSearch);
  const [range, setRange] = useState<SlotSpan>();
  const nameOf = useVehicleName();
  const head = useFeed('charging/sites').records.get(depotId);
  const readiness = useFeed('charging/readiness').records;
  const input = useMemo(() => ({ depotId }), [depotId]);
  const { answer: plan, failure } = useAnswer('charging/plan', input, head?.plannedAtMs);
  const now = useNow(TICK_MS);
  const stateOf = useCallback((vehicleId: string) => readiness.get(vehicleId)?.state, [readiness]);
  const chosen = plan?.rows.find(({ vehicleId }) => vehicleId === search.vehicle);
  const choose = useCallback(
    (vehicle: string, next: SlotSpan | undefined) => {
      setRange(next);
      patch({ vehicle }, { replace: true });
    },
    [patch],
  );
  useTimelineKeys(plan, chosen?.vehicleId, range, choose);
  return (
    <>
      <section className="card" aria-label="Charging timeline">
        {plan === undefined || plan.rows.length === 0 ? (
          <p className="empty">
            <b>Nothing is planned here.</b>
            {failure ??
              head?.notes[0] ??
              (head === undefined
                ? 'This depot is not set up for charging plans: neither its bays nor its price terms are known.'
                : 'No duty of the next day is known for a vehicle of this depot.')}
          </p>
        ) : (
          <div className="scroller" tabIndex={-1}>
            <Timeline
              plan={plan}
              zone={zone}
              nowMs={now}
              nameOf={nameOf}
              stateOf={stateOf}
              chosenId={chosen?.vehicleId}
              range={range}
              onChoose={choose}
            />
          </div>
        )}
      </section>
      <div className="depot-frame-side">
        <section className="card" aria-label="Charge point">
          <header>
            <h2>{chosen === undefined ? 'Charge point' : nameOf(chosen.vehicleId)}</h2>
            <small>{chosen === undefined ? '' : [chosen.bayName, chosen.dutyName].filter(Boolean).join(', ')}</small>
          </header>
          <div className="scroller" tabIndex={0} role="region" aria-label="What is planned, and what may be asked for">
            {chosen === undefined || plan === undefined ? (
              <p className="empty">
                Choose a charge point, and quarter hours of it by dragging or with the arrow keys, to read what is
                planned there and to ask for something else.
              </p>
            ) : (
              <RowPanel
                key={chosen.vehicleId}
                row={chosen}
                plan={plan}
                range={range}
                name={nameOf(chosen.vehicleId)}
                zone={zone}
              />
            )}
          </div>
        </section>
        <DecisionCard depotId={depotId} zone={zone} currency={head?.currency ?? currency} />
      </div>
    </>
  );
}

function useTimelineKeys(
  plan: SitePlan | undefined,
  chosenId: string | undefined,
  range: SlotSpan | undefined,
  choose: (vehicleId: string, range: SlotSpan | undefined) => void,
): void {
  const rows = plan?.rows ?? [];
  const slots = plan?.slots ?? 0;
  const at = rows.findIndex(({ vehicleId }) => vehicleId === chosenId);
  useEffect(() => {
    if (chosenId !== undefined) document.getElementById(rowId(chosenId))?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);
  const toRow = (by: number) => (event: KeyboardEvent) => {
    event.preventDefault();
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined) choose(next.vehicleId, range);
  };
  const toSlot = (by: number, isLonger: boolean) => (event: KeyboardEvent) => {
    event.preventDefault();
    const row = rows[at] ?? rows[0];
    if (row === undefined) return;
    const within = (slot: number) => Math.min(slots - 1, Math.max(0, slot));
    if (range === undefined) choose(row.vehicleId, { from: 0, to: 1 });
    else if (isLonger)
      choose(row.vehicleId, { from: range.from, to: Math.max(range.from, within(range.to - 1 + by)) + 1 });
    else {
      const slot = within((by > 0 ? range.to - 1 : range.from) + by);
      choose(row.vehicleId, { from: slot, to: slot + 1 });
    }
  };
  const newest = rows.flatMap(({ wishes }) => wishes).toSorted((one, other) => other.givenAtMs - one.givenAtMs)[0];
  useShortcuts('Timeline rows', [
    { keys: 'j', does: 'Next charge point', run: toRow(1) },
    { keys: 'k', does: 'Previous charge point', run: toRow(-1) },
    { keys: 'ArrowDown', does: 'Next charge point', run: toRow(1) },
    { keys: 'ArrowUp', does: 'Previous charge point', run: toRow(-1) },
    { keys: 'ArrowRight', does: 'Next quarter hour', run: toSlot(1, false) },
    { keys: 'ArrowLeft', does: 'Previous quarter hour', run: toSlot(-1, false) },
    { keys: 'Shift+ArrowRight', does: 'One quarter hour more', run: toSlot(1, true) },
    { keys: 'Shift+ArrowLeft', does: 'One quarter hour less', run: toSlot(-1, true) },
    {
      keys: 'u',
      does: 'Take back the newest wish of the depot',
      run: () => {
        if (newest !== undefined) void withdrawWish(newest.wishId);
      },
    },
  ]);
}
