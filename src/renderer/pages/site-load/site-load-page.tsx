/** The site load page: what a depot draws and will draw against its limit, what it costs, and what a lower limit would cost. */
import './site-load-page.css';
import { useMemo } from 'react';
import type { SitePlan } from '../../../shared/domain/charging/site-plan.ts';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { kw } from '../../charging/charging-words.ts';
import { DecisionCard } from '../../charging/decision-list.tsx';
import { siteLoadSeries } from '../../charging/site-load-series.ts';
import { TimeChart } from '../../instruments/chart/time-chart.tsx';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { decimals } from '../../instruments/number/format-number.ts';
import { useFeed } from '../../link/use-feed.ts';
import { DepotFrame } from '../depot-frame.tsx';
import { usePageSearch } from '../page-search.ts';
import { useAnswer } from '../use-answer.ts';
import { CapPanel } from './cap-panel.tsx';
import { parseSiteLoadSearch } from './site-load-search.ts';

const CHART_PX = 260;

export function SiteLoadPage() {
  const [search, patch] = usePageSearch('/site-load', parseSiteLoadSearch);
  return (
    <DepotFrame
      name="Site load"
      className="site-load-page"
      chosenId={search.depot}
      onDepot={(depot) => patch({ depot })}
      waiting="Depots come with the marketplace’s stream; their load is shown as soon as there is one."
    >
      {(depot) => <SiteLoadOf key={depot.id} depot={depot} />}
    </DepotFrame>
  );
}

function SiteLoadOf({ depot }: { readonly depot: Depot }) {
  const { id: depotId, timeZone: zone } = depot;
  const head = useFeed('charging/sites').records.get(depotId);
  const input = useMemo(() => ({ depotId }), [depotId]);
  const { answer: plan, failure } = useAnswer('charging/plan', input, head?.plannedAtMs);
  return (
    <>
      <section className="card" aria-label="Planned load">
        {plan === undefined ? (
          <p className="empty">
            <b>Nothing is planned here.</b>
            {failure ??
              head?.notes[0] ??
              'This depot is not set up for charging plans: neither its bays nor its price terms are known.'}
          </p>
        ) : (
          <PlannedLoad plan={plan} zone={zone} />
        )}
      </section>
      <div className="depot-frame-side site-load-side">
        <section className="card" aria-label="Site cap">
          <header>
            <h2>Site cap</h2>
            <small>each with its price</small>
          </header>
          <div className="scroller" tabIndex={0} role="region" aria-label="Cap and its price">
            {head !== undefined && <CapPanel head={head} zone={zone} />}
          </div>
        </section>
        <DecisionCard depotId={depotId} zone={zone} currency={head?.currency ?? depot.currency} />
      </div>
    </>
  );
}

function PlannedLoad({ plan, zone }: { readonly plan: SitePlan; readonly zone: string }) {
  const { head, fromMs, slotMs, slots } = plan;
  const { series, data } = useMemo(() => siteLoadSeries(plan), [plan]);
  return (
    <>
      <p className="site-load-words" role="status">
        <b>
          {kw(head.plannedPeakW)} of {kw(head.siteLimitW)}
        </b>{' '}
        at most are planned; the highest quarter hour that was measured this month is {kw(head.peakSoFarW)}. If every
        charge point falls back, the site takes at most {kw(head.fallbackW)}.
        {head.notes.map((note) => (
          <span key={note} className="muted">
            {' '}
            {note}
          </span>
        ))}
      </p>
      <p className="muted site-load-legend">
        Line: measured import. Area: planned import. Grey line: building. Dashes above: the limit; below: the price, in{' '}
        {head.currency} per kWh at the right.
      </p>
      <TimeChart
        label="Measured and planned import against the limit, with the price; the table below holds the same"
        series={series}
        data={data}
        fromMs={plan.measured[0]?.atMs ?? fromMs}
        toMs={fromMs + slots * slotMs}
        zone={zone}
        height={CHART_PX}
      />
      <div className="scroller" tabIndex={0} role="region" aria-label="The plan by quarter hours">
        <table className="slots">
          <thead>
            <tr>
              <th scope="col">From</th>
              <th scope="col">Building kW</th>
              <th scope="col">Charging kW</th>
              <th scope="col">Vehicles</th>
              <th scope="col">Price {head.currency}/kWh</th>
              <th scope="col">One kWh more costs</th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: slots }, (_, slot) => (
              <tr key={slot}>
                <th scope="row">{formatInZone(fromMs + slot * slotMs, zone, 'minute')}</th>
                <td>{decimals((plan.buildingW[slot] ?? 0) / 1000, 0)}</td>
                <td>{decimals((plan.chargingW[slot] ?? 0) / 1000, 0)}</td>
                <td>{plan.rows.filter(({ powerW }) => (powerW[slot] ?? 0) > 0).length}</td>
                <td>{decimals(plan.price[slot] ?? 0, 4)}</td>
                <td>{decimals(plan.marginalPrice[slot] ?? 0, 4)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
