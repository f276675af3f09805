/** The cost page: what a depot's month costs so far and will cost, against charging at once and the least possible, and the prices behind it. */
import './cost-page.css';
import { useMemo } from 'react';
import type { SiteTerms } from '../../../shared/domain/charging/site-terms.ts';
import type { SiteSettings } from '../../../shared/domain/charging/site-settings.ts';
import type { CostDay, CostParts, SiteCost } from '../../../shared/domain/charging/site-plan.ts';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import { kw, sayDifference } from '../../charging/charging-words.ts';
import { PricesForm } from '../../charging/site-setup/prices-form.tsx';
import { WiringForm } from '../../charging/site-setup/wiring-form.tsx';
import { printTimes } from '../../charging/site-setup/times-text.ts';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { useShortcuts } from '../../instruments/keyboard/shortcuts.ts';
import { decimals, grouped, money } from '../../instruments/number/format-number.ts';
import { useFeed } from '../../link/use-feed.ts';
import { DepotFrame } from '../depot-frame.tsx';
import { usePageSearch } from '../page-search.ts';
import { useAnswer } from '../use-answer.ts';
import { parseCostSearch, type CostSearch } from './cost-search.ts';

export function CostPage() {
  const [search, patch] = usePageSearch('/cost', parseCostSearch);
  return (
    <DepotFrame
      name="Cost"
      className="cost-page"
      chosenId={search.depot}
      onDepot={(depot) => patch({ depot, enter: undefined })}
      waiting="Depots come with the marketplace’s stream; their cost is shown as soon as there is one."
    >
      {(depot) => <CostOf key={depot.id} depot={depot} enter={search.enter} onEnter={(enter) => patch({ enter })} />}
    </DepotFrame>
  );
}

type CostOfProps = {
  readonly depot: Depot;
  readonly enter: CostSearch['enter'];
  readonly onEnter: (enter: CostSearch['enter']) => void;
};

function CostOf({ depot, enter, onEnter }: CostOfProps) {
  const { id: depotId, timeZone: zone } = depot;
  const head = useFeed('charging/sites').records.get(depotId);
  const input = useMemo(() => ({ depotId }), [depotId]);
  const { answer: cost, failure } = useAnswer('charging/cost', input, head?.plannedAtMs);
  const { answer: terms, askAgain: readTermsAgain } = useAnswer('charging/site-terms', input, head?.plannedAtMs);
  const { answer: settings, askAgain: readSettingsAgain } = useAnswer(
    'charging/site-settings',
    input,
    head?.plannedAtMs,
  );
  const present = terms?.filter(({ validFromMs }) => validFromMs <= nowMs()).at(-1) ?? terms?.at(-1);
  // The key is not also typed into the field that takes the focus.
  const enterBy = (what: CostSearch['enter']) => (event: KeyboardEvent) => {
    event.preventDefault();
    onEnter(what);
  };
  useShortcuts('Prices and wiring', [
    { keys: 'p', does: 'Enter other prices', run: enterBy('prices') },
    { keys: 'w', does: 'Change the wiring', run: enterBy('wiring') },
    { keys: 'Escape', does: 'Back to the month', run: () => onEnter(undefined) },
  ]);
  const back = () => {
    onEnter(undefined);
    readTermsAgain();
    readSettingsAgain();
  };
  return (
    <>
      <section className="card" aria-label={enter === undefined ? 'Month' : 'Entry'}>
        {enter === 'prices' && terms !== undefined && (
          <div className="scroller">
            <PricesForm depot={depot} present={present} today={localDate(nowMs(), zone)} onDone={back} />
          </div>
        )}
        {enter === 'wiring' && (
          <div className="scroller">
            <WiringForm key={String(settings === undefined)} depotId={depotId} present={settings} onDone={back} />
          </div>
        )}
        {enter === undefined &&
          (cost === undefined ? (
            <p className="empty">
              <b>No cost is known here.</b>
              {failure ??
                head?.notes[0] ??
                'This depot is not set up for charging plans. Enter its prices and its wiring on the right.'}
            </p>
          ) : (
            <Month cost={cost} zone={zone} />
          ))}
      </section>
      <div className="depot-frame-side">
        <section className="card" aria-label="Prices">
          <header>
            <h2>Prices</h2>
            <span className="end">
              <button type="button" className="btn" onClick={() => onEnter('prices')}>
                <kbd>P</kbd> Enter others
              </button>
            </span>
          </header>
          <div className="scroller" tabIndex={0} role="region" aria-label="Prices in force">
            <Prices terms={terms ?? []} present={present} zone={zone} />
          </div>
        </section>
        <section className="card" aria-label="Wiring">
          <header>
            <h2>Wiring</h2>
            <span className="end">
              <button type="button" className="btn" onClick={() => onEnter('wiring')}>
                <kbd>W</kbd> Change
              </button>
            </span>
          </header>
          <div className="scroller" tabIndex={0} role="region" aria-label="How the depot is wired">
            <Wiring settings={settings} limitW={depot.siteLimitW} />
          </div>
        </section>
      </div>
    </>
  );
}

function Month({ cost, zone }: { readonly cost: SiteCost; readonly zone: string }) {
  const { currency, soFar, forecast, unmanaged, bound, monthFromMs, notes, days } = cost;
  const amount = (value: number) => money(value, currency);
  const rows: readonly (readonly [string, (parts: CostParts) => string])[] = [
    ['Energy', ({ energyCost }) => amount(energyCost)],
    ['Demand charge', ({ demandCost }) => amount(demandCost)],
    ['Together', ({ total }) => amount(total)],
    ['Import kWh', ({ energyWh }) => grouped(Math.round(energyWh / 1000))],
    ['Highest quarter hour', ({ peakW }) => kw(peakW)],
  ];
  return (
    <>
      <div className="cost-sum">
        <h3>Since {formatInZone(monthFromMs, zone, 'day')}</h3>
        <p role="status">
          Against charging each vehicle at once the plan, until its end,{' '}
          {sayDifference(forecast.total - unmanaged.total, currency)}; no plan could bring the month below{' '}
          {amount(bound)}.
        </p>
        <table className="what-if">
          <thead>
            <tr>
              <th scope="col">Net</th>
              <th scope="col">So far, metered</th>
              <th scope="col">With the plan</th>
              <th scope="col">Charged at once</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, say]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{say(soFar)}</td>
                <td>{say(forecast)}</td>
                <td>{say(unmanaged)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {notes.map((note) => (
          <p key={note} className="muted">
            {note}
          </p>
        ))}
      </div>
      <div className="scroller" tabIndex={0} role="region" aria-label="The month by days">
        <Days days={days} currency={currency} />
      </div>
    </>
  );
}

function Days({ days, currency }: { readonly days: readonly CostDay[]; readonly currency: string }) {
  const most = Math.max(...days.map(({ energyCost }) => energyCost ?? 0), 0.01);
  const known = days.filter(({ importWh, note }) => importWh !== undefined || note === '');
  const unknown = days.length - known.length;
  return (
    <>
      <table className="days">
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">Import kWh</th>
            <th scope="col">Highest kW</th>
            <th scope="col">Energy {currency}</th>
            <th scope="col">Of the dearest day</th>
            <th scope="col">What is not known</th>
          </tr>
        </thead>
        <tbody>
          {known.toReversed().map(({ date, importWh, energyCost, peakW, note }) => (
            <tr key={date}>
              <th scope="row">{date}</th>
              <td>{importWh === undefined ? '–' : grouped(Math.round(importWh / 1000))}</td>
              <td>{peakW === undefined ? '–' : decimals(peakW / 1000, 0)}</td>
              <td>{energyCost === undefined ? '–' : decimals(energyCost, 2)}</td>
              <td className="days-bar" aria-hidden="true">
                <i style={{ width: `${((energyCost ?? 0) / most) * 100}%` }} />
              </td>
              <td className="muted">{note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unknown > 0 && (
        <p className="muted days-rest">
          On {unknown} earlier {unknown === 1 ? 'day' : 'days'} of the month nothing was measured here; they are in no
          sum.
        </p>
      )}
    </>
  );
}

function Prices({
  terms,
  present,
  zone,
}: {
  readonly terms: readonly SiteTerms[];
  readonly present: SiteTerms | undefined;
  readonly zone: string;
}) {
  if (present === undefined)
    return <p className="empty">No prices are entered, so nothing can be planned by cost here.</p>;
  const { energy, demand, currency, dynamic, exportPricePerKwh, powerFactor } = present;
  return (
    <div className="site-facts">
      <p>
        <b>{present.name}</b>, from {formatInZone(present.validFromMs, zone, 'day')}; net, the first that applies.
      </p>
      <table className="what-if">
        <tbody>
          {energy.map(({ name, pricePerKwh, when }) => (
            <tr key={name + printTimes(when)}>
              <th scope="row">
                {name} <span className="muted">{printTimes(when)}</span>
              </th>
              <td>
                {pricePerKwh} {currency}/kWh
              </td>
            </tr>
          ))}
          {demand.map(({ name, per, pricePerUnit, when }) => (
            <tr key={name + printTimes(when)}>
              <th scope="row">
                {name} <span className="muted">{printTimes(when)}</span>
              </th>
              <td>
                {pricePerUnit} {currency}/{per}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">Export</th>
            <td>
              {exportPricePerKwh} {currency}/kWh
            </td>
          </tr>
        </tbody>
      </table>
      {powerFactor !== 1 && <p className="muted">kVA are worked out with a power factor of {powerFactor}.</p>}
      {dynamic.length > 0 && <p className="muted">{dynamic.length} hourly prices come before these.</p>}
      {terms
        .filter((each) => each !== present)
        .map(({ name, validFromMs }) => (
          <p key={validFromMs} className="muted">
            {name}, from {formatInZone(validFromMs, zone, 'day')}
          </p>
        ))}
    </div>
  );
}

function Wiring({ settings, limitW }: { readonly settings: SiteSettings | undefined; readonly limitW: number }) {
  if (settings === undefined) return <p className="empty">No charge points are entered, so nobody is planned here.</p>;
  const { bays, feeders } = settings;
  const sum = (of: (bay: SiteSettings['bays'][number]) => number) => bays.reduce((total, bay) => total + of(bay), 0);
  return (
    <div className="site-facts">
      <p>
        {bays.length} charge points, {kw(sum(({ maxW }) => maxW))} in all, behind {kw(limitW)} of the site. When they
        hear nothing they give {kw(sum(({ fallbackW }) => fallbackW))}.
      </p>
      <table className="what-if">
        <tbody>
          {feeders.map(({ id, name, limitW: feederW }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td>{bays.filter(({ feeder }) => feeder === id).length} charge points</td>
              <td>{kw(feederW)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function localDate(atMs: number, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(atMs);
}
