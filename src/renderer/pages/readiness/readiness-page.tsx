/** The readiness page: who will miss the departure, by how much and why, and the ways out with their prices. */
import './readiness-page.css';
import { useMemo, useRef } from 'react';
import { toast } from 'sonner';
import type { Readiness, SitePlanHead } from '../../../shared/domain/charging/site-plan.ts';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { countStates, kw, STATE_WORDS } from '../../charging/charging-words.ts';
import { DecisionCard } from '../../charging/decision-list.tsx';
import { withdrawWish } from '../../charging/give-wish.ts';
import { DEFAULT_SORT, readinessColumns } from '../../charging/readiness-columns.ts';
import { RecordGrid, type GridHandle } from '../../instruments/grid/record-grid.tsx';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { grouped, money } from '../../instruments/number/format-number.ts';
import { sendCommand } from '../../link/send-command.ts';
import { useFeed } from '../../link/use-feed.ts';
import { DepotFrame } from '../depot-frame.tsx';
import { usePageSearch } from '../page-search.ts';
import { useVehicleName } from '../use-names.ts';
import { parseReadinessSearch } from './readiness-search.ts';
import { VehiclePanel } from './vehicle-panel.tsx';

export function ReadinessPage() {
  const [search, patch] = usePageSearch('/readiness', parseReadinessSearch);
  const heads = useFeed('charging/sites').records;
  return (
    <DepotFrame
      name="Readiness"
      className="readiness-page"
      chosenId={search.depot}
      onDepot={(depot) => patch({ depot, vehicle: undefined })}
      waiting="Depots and duties come with the marketplace’s stream; readiness is shown as soon as there are some."
      renderEnd={({ id }) => {
        const head = heads.get(id);
        return head !== undefined && <Steering head={head} />;
      }}
      renderLead={({ id }) => <PlanLine head={heads.get(id)} depotId={id} />}
    >
      {(depot) => <ReadinessOf depot={depot} />}
    </DepotFrame>
  );
}

function ReadinessOf({ depot }: { readonly depot: Depot }) {
  const [search, patch] = usePageSearch('/readiness', parseReadinessSearch);
  const grid = useRef<GridHandle>(null);
  const side = useRef<HTMLDivElement>(null);
  const nameOf = useVehicleName();
  const { timeZone: zone } = depot;
  const head = useFeed('charging/sites').records.get(depot.id);
  const all = useReadinessOf(depot.id);
  const columns = useMemo(() => readinessColumns(zone, nameOf), [zone, nameOf]);
  const chosen = all.find(({ vehicleId }) => vehicleId === search.vehicle);
  const choose = ({ vehicleId }: Readiness) => patch({ vehicle: vehicleId }, { replace: true });
  const newestWish = all.flatMap(({ wishes }) => wishes).toSorted((one, other) => other.givenAtMs - one.givenAtMs)[0];
  useShortcuts('Departures', [
    { keys: 'j', does: 'Next vehicle', run: () => grid.current?.move(1) },
    { keys: 'k', does: 'Previous vehicle', run: () => grid.current?.move(-1) },
    {
      keys: 'u',
      does: 'Take back the newest wish of the depot',
      run: () => {
        if (newestWish !== undefined) void withdrawWish(newestWish.wishId);
      },
    },
  ]);
  return (
    <>
      <section className="card readiness-list" aria-label="Departures">
        {all.length === 0 ? (
          <p className="empty">
            <b>Nobody is planned here.</b>
            {head === undefined
              ? 'This depot is not set up for charging plans: neither its bays nor its price terms are known.'
              : (head.notes[0] ?? 'No duty of the next day is known for a vehicle of this depot.')}
          </p>
        ) : (
          <RecordGrid
            columns={columns}
            records={all}
            keyOf={keyOf}
            isShown={isShown}
            sortSource={nameOf}
            selectedKey={chosen?.vehicleId}
            onCursor={choose}
            onChoose={choose}
            onOpen={(readiness) => {
              choose(readiness);
              side.current?.querySelector<HTMLElement>('.remedy')?.focus();
            }}
            sort={search.sort ?? DEFAULT_SORT}
            onSort={(next) =>
              patch({ sort: next === DEFAULT_SORT || next === '' ? undefined : next }, { replace: true })
            }
            onOrderTaken={ignore}
            layout="readiness"
            handle={grid}
          />
        )}
      </section>
      <div className="depot-frame-side" ref={side}>
        <section className="card" aria-label="Vehicle">
          <header>
            <h2>{chosen === undefined ? 'Vehicle' : nameOf(chosen.vehicleId)}</h2>
            <small>{chosen === undefined ? '' : [chosen.bayName, chosen.dutyName].filter(Boolean).join(', ')}</small>
          </header>
          <div className="scroller" tabIndex={0} role="region" aria-label="Reasons and ways out">
            {chosen === undefined ? (
              <p className="empty">Choose a vehicle to read why it is as it is and what would help it.</p>
            ) : (
              <VehiclePanel
                key={chosen.vehicleId}
                readiness={chosen}
                name={nameOf(chosen.vehicleId)}
                zone={zone}
                currency={head?.currency ?? depot.currency}
                decisionNumber={head?.decisionNumber ?? 0}
                onDone={() => grid.current?.focus()}
              />
            )}
          </div>
        </section>
        <DecisionCard depotId={depot.id} zone={zone} currency={head?.currency ?? depot.currency} />
      </div>
    </>
  );
}

function useReadinessOf(depotId: string): readonly Readiness[] {
  const view = useFeed('charging/readiness');
  return useMemo(() => [...view.records.values()].filter((each) => each.depotId === depotId), [view, depotId]);
}

function PlanLine({ head, depotId }: { readonly head: SitePlanHead | undefined; readonly depotId: string }) {
  const all = useReadinessOf(depotId);
  if (head === undefined) return null;
  const { currency, cost, bound, unmanagedCost } = head;
  return (
    <div className="plan-line">
      <p role="status">
        {countStates(all).map(([state, count]) => (
          <span key={state} data-state={state}>
            <b>{grouped(count)}</b> {STATE_WORDS[state].toLowerCase()}
          </span>
        ))}
        {head.decisionNumber > 0 && (
          <span className="muted">
            The plan costs {money(cost, currency)}; none costs less than {money(bound, currency)}; charging at once
            would cost {money(unmanagedCost, currency)}. Highest import {kw(head.plannedPeakW)} of {kw(head.siteLimitW)}
            .
          </span>
        )}
      </p>
      {head.notes.map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
    </div>
  );
}

function Steering({ head: { depotId, steering } }: { readonly head: SitePlanHead }) {
  const choose = async (to: SitePlanHead['steering']) => {
    if (!(await sendCommand('charging/steer', { depotId, steering: to }, 'The change'))) return;
    toast(to === 'steer' ? 'The plan now steers the charge points' : 'The plan now only advises', {
      description:
        to === 'steer'
          ? 'Each gets its limits an hour ahead, and falls back by itself when it hears nothing.'
          : 'Charge points fall back by themselves when what they were told is over.',
      action: { label: 'Undo', onClick: () => void choose(to === 'steer' ? 'advise' : 'steer') },
    });
  };
  return (
    <>
      <span className="muted">{steering === 'steer' ? 'Steers the charge points' : 'Only advises'}</span>{' '}
      <button type="button" className="btn" onClick={() => void choose(steering === 'steer' ? 'advise' : 'steer')}>
        {steering === 'steer' ? 'Only advise' : 'Let it steer'}
      </button>
    </>
  );
}

function keyOf({ vehicleId }: Readiness): string {
  return vehicleId;
}

function isShown(): boolean {
  return true;
}

/** No column is restless. */
function ignore(): void {}
