/** What a depot pays, entered as on its bill: from a day on, until the next prices. */
import './site-setup.css';
import { useState } from 'react';
import { toast } from 'sonner';
import type { Depot } from '../../../shared/domain/fleet/vehicle.ts';
import type { SiteTerms } from '../../../shared/domain/charging/site-terms.ts';
import { sendCommand } from '../../link/send-command.ts';
import { openLocalTime } from '../../../shared/kernel/local-time.ts';
import { LinesField } from './lines-field.tsx';
import {
  DEMAND_COLUMNS,
  ENERGY_COLUMNS,
  printDemand,
  printEnergy,
  printLines,
  readDemand,
  readEnergy,
} from './site-text.ts';

type PricesFormProps = {
  readonly depot: Depot;
  /** What the form begins with: the prices in force. */
  readonly present: SiteTerms | undefined;
  /** The depot’s local date, ISO 8601. */
  readonly today: string;
  readonly onDone: () => void;
};

const NOON_MS = 43_200_000;
const PRICE = /^-?\d{1,7}(?:\.\d{1,8})?$/u;

export function PricesForm({ depot: { id: depotId, timeZone, currency }, present, today, onDone }: PricesFormProps) {
  const [name, setName] = useState(present?.name ?? '');
  const [date, setDate] = useState(today);
  const [energyText, setEnergyText] = useState(printLines(present?.energy ?? [], printEnergy));
  const [demandText, setDemandText] = useState(printLines(present?.demand ?? [], printDemand));
  const [exportText, setExportText] = useState(present?.exportPricePerKwh ?? '0');
  const [factorText, setFactorText] = useState(String(present?.powerFactor ?? 1));
  const energy = readEnergy(energyText);
  const demand = readDemand(demandText);
  const factor = Number(factorText.replace(',', '.'));
  const exportPrice = exportText.trim().replace(',', '.');
  const missing = [
    name.trim() === '' && 'Give the prices a name, such as the supplier’s.',
    date === '' && 'Choose the day from which they hold.',
    energy.values.length === 0 && energy.faults.length === 0 && 'Enter at least one energy price.',
    (energy.faults.length > 0 || demand.faults.length > 0) && 'Correct the lines that cannot be read.',
    !PRICE.test(exportPrice) && 'What is paid for export is no price. Write 0 where nothing is.',
    !(factor >= 0.1 && factor <= 1) && 'The power factor lies between 0.1 and 1; it is 1 where only kW are billed.',
  ].filter((each) => each !== false);
  const save = async () => {
    const terms = {
      depotId,
      validFromMs: beginOfDay(date, timeZone),
      name: name.trim(),
      currency,
      energy: energy.values.map((each) => ({ ...each, when: copyTimes(each.when) })),
      demand: demand.values.map((each) => ({ ...each, when: copyTimes(each.when) })),
      dynamic: [...(present?.dynamic ?? [])],
      exportPricePerKwh: exportPrice,
      powerFactor: factor,
    };
    if (!(await sendCommand('charging/put-site-terms', { terms }, 'Entering the prices'))) return;
    toast('The prices are stored', { description: `They hold from ${date} on; the plan follows within a moment.` });
    onDone();
  };
  return (
    <form
      className="site-setup"
      onSubmit={(event) => {
        event.preventDefault();
        if (missing.length === 0) void save();
      }}
    >
      <div className="site-setup-line">
        <label>
          Name{' '}
          <input
            className="field"
            value={name}
            maxLength={120}
            autoFocus
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <label>
          From <input className="field" type="date" value={date} onChange={(event) => setDate(event.target.value)} />
        </label>
        <label>
          Export, {currency}/kWh{' '}
          <input className="field short" value={exportText} onChange={(event) => setExportText(event.target.value)} />
        </label>
        <label>
          Power factor{' '}
          <input className="field short" value={factorText} onChange={(event) => setFactorText(event.target.value)} />
        </label>
      </div>
      <LinesField
        label={`Energy, ${currency} net`}
        columns={`${ENERGY_COLUMNS}, such as Jun-Sep Mon-Fri 12:00-18:00. The first that applies holds, so the one for always stands last.`}
        rows={7}
        text={energyText}
        faults={energy.faults}
        onText={setEnergyText}
      />
      <LinesField
        label={`Demand charge, ${currency} net a month`}
        columns={DEMAND_COLUMNS}
        rows={3}
        text={demandText}
        faults={demand.faults}
        onText={setDemandText}
      />
      {present !== undefined && present.dynamic.length > 0 && (
        <p className="muted">{present.dynamic.length} hourly prices stay as they are and come before these.</p>
      )}
      <p role="status">{missing.join(' ')}</p>
      <p className="what-if-acts">
        <button type="submit" className="btn primary" disabled={missing.length > 0}>
          Store the prices
        </button>
        <button type="button" className="btn" onClick={onDone}>
          Leave them
        </button>
      </p>
    </form>
  );
}

/** In a zone that Intl does not know, the day of UTC. */
function beginOfDay(date: string, zone: string): number {
  const utcMs = Date.parse(`${date}T00:00:00Z`);
  const local = openLocalTime(zone);
  const noonMs = local?.instantsOf(utcMs + NOON_MS)[0];
  return local === undefined || noonMs === undefined ? utcMs : local.spanOf('day', noonMs).beginMs;
}

/** The contract’s lists are its own. */
function copyTimes({ months, weekdays, ...clock }: SiteTerms['energy'][number]['when']) {
  return {
    ...clock,
    ...(months === undefined ? {} : { months: [...months] }),
    ...(weekdays === undefined ? {} : { weekdays: [...weekdays] }),
  };
}
