/** A meter's energies of one day by the quarter hour, or of one month by the day, with what stands behind each. */
import type { MeterIntervals as IntervalsAnswer } from '../../../shared/ipc/metering/interval-contract.ts';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { formatInZone } from '../../instruments/clock/zone-time.ts';
import { decimals, grouped } from '../../instruments/number/format-number.ts';
import { measured } from '../meter/meter-words.ts';
import { BarChart } from './bar-chart.tsx';
import { quarterBars, spanBars, sumBars, type EnergyBar } from './energy-bars.ts';
import { IntervalTable } from './interval-table.tsx';
import { countWords } from './interval-words.ts';
import { daysOf, type LocalPeriod } from './local-period.ts';
import { PeriodBar } from './period-bar.tsx';
import './intervals.css';

export type IntervalsView = 'bars' | 'table';

type MeterIntervalsProps = {
  readonly meterName: string;
  readonly zone: string;
  readonly period: LocalPeriod;
  readonly answer: IntervalsAnswer | undefined;
  readonly failure: string | undefined;
  readonly view: IntervalsView;
  readonly onKind: (kind: 'day' | 'month') => void;
  readonly onDate: (date: string | undefined) => void;
  readonly onView: (view: IntervalsView) => void;
  readonly onImport: () => void;
};

export function MeterIntervals(props: MeterIntervalsProps) {
  const { meterName, zone, period, answer, failure, view } = props;
  const isDaily = period.kind === 'month';
  const bars = answer === undefined ? undefined : barsOf(answer, period, zone);
  return (
    <div className="meter-intervals">
      <div className="interval-bar">
        <PeriodBar kinds={['day', 'month']} period={period} zone={zone} onKind={props.onKind} onDate={props.onDate} />
        <button
          type="button"
          className="btn"
          aria-pressed={view === 'table'}
          onClick={() => props.onView(view === 'table' ? 'bars' : 'table')}
        >
          Table <kbd>V</kbd>
        </button>
        <Sums bars={bars} isDaily={isDaily} zone={zone} />
        <button type="button" className="btn" onClick={props.onImport}>
          Import energies from a file… <kbd>I</kbd>
        </button>
      </div>
      {failure !== undefined && (
        <p className="empty" role="status">
          <b>These energies could not be read.</b>
          {failure}
        </p>
      )}
      {bars !== undefined && bars.every(({ importWh }) => importWh === undefined) && <NothingKnown period={period} />}
      {bars !== undefined &&
        (view === 'table' ? (
          <IntervalTable bars={bars} zone={zone} isDaily={isDaily} />
        ) : (
          <BarChart label={`Energy of ${meterName}, ${period.label}`} bars={bars} zone={zone} isDaily={isDaily} />
        ))}
    </div>
  );
}

function barsOf(answer: IntervalsAnswer, period: LocalPeriod, zone: string): readonly EnergyBar[] {
  if (answer.per === 'quarter') return quarterBars(answer.intervals, period.fromMs, period.toMs, nowMs());
  return spanBars(answer.spans, daysOf(zone, period.fromMs, period.toMs), nowMs());
}

function Sums({
  bars,
  isDaily,
  zone,
}: {
  readonly bars: readonly EnergyBar[] | undefined;
  readonly isDaily: boolean;
  readonly zone: string;
}) {
  if (bars === undefined) return <span className="interval-sums muted">…</span>;
  const sum = sumBars(bars);
  const highest = sum.highest;
  return (
    <span className="interval-sums" role="status">
      <span>
        Import <b>{kwh(sum.importWh)}</b> kWh
      </span>
      {sum.exportWh !== undefined && sum.exportWh > 0 && (
        <span>
          Export <b>{kwh(sum.exportWh)}</b> kWh
        </span>
      )}
      {highest !== undefined && !isDaily && (
        <span className="muted">
          highest mean {decimals(((highest.importWh ?? 0) * 4) / 1000, 1)} kW at{' '}
          {formatInZone(highest.beginMs, zone, 'minute')}
        </span>
      )}
      <span className="muted" title="How many of the period’s quarter hours that are over rest on what">
        {isDaily ? '' : `${grouped(bars.length)} quarter hours: `}
        {countWords(sum.counts)}
      </span>
    </span>
  );
}

function kwh(wh: number | undefined): string {
  return measured(wh === undefined ? undefined : wh / 1000, 1);
}

function NothingKnown({ period }: { readonly period: LocalPeriod }) {
  return (
    <p className="interval-nothing" role="status">
      <b>No quarter hour of this {period.kind} is known yet.</b>{' '}
      {period.isNow
        ? 'A quarter hour is known once the meter was read just before and just after both of its ends, on the depot’s clock; the demo’s speed ×60 has one every 15 seconds.'
        : 'Nobody here read the meter then. If its energies were kept elsewhere, import them from a file.'}
    </p>
  );
}
