/** A meter's power over the last hours in its depot's time. What was not measured is hatched, up to this very moment. */
import { useEffect, useMemo, useState } from 'react';
import { STALE_AFTER_MS } from '../../../shared/domain/fleet/freshness.ts';
import type { MeterHistory, MeterRecord } from '../../../shared/ipc/metering/metering-contract.ts';
import { clockRate, freshnessNow } from '../../fleet/freshness-now.ts';
import { breakGaps, honestStepsMs, type BrokenSeries } from '../../instruments/chart/break-gaps.ts';
import { niceScale, type NiceScale } from '../../instruments/chart/nice-scale.ts';
import { TimeChart, type ChartSeries } from '../../instruments/chart/time-chart.tsx';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import { grouped } from '../../instruments/number/format-number.ts';
import { ops } from '../../link/ops-client.ts';

const HOUR_MS = 3_600_000;
const MOST_POINTS = 720;
const REFRESH_MS = 5000;
/** A meter is read by the clock: two readings missing in a row are seen as a gap. */
const UNUSUAL_STEP = 2.5;
/** What a window of 768 spares for the chart; a higher one gives it half of what it has more. */
const LEAST_HEIGHT = 150;
const LOW_WINDOW = 768;

export const CHART_HOURS = [1, 6, 24] as const;
export type ChartHours = (typeof CHART_HOURS)[number];

type MeterPowerChartProps = {
  readonly meter: MeterRecord;
  readonly zone: string;
  /** Drawn as a bound where this meter measures what the limit is for. */
  readonly limitW: number | undefined;
  readonly hours: ChartHours;
  readonly onHours: (hours: ChartHours) => void;
};

export function MeterPowerChart({ meter, zone, limitW, hours, onHours }: MeterPowerChartProps) {
  const { loaded, failure } = useHistory(meter.id, hours);
  const current = loaded?.meterId === meter.id && loaded.hours === hours ? loaded : undefined;
  const toMs = current?.toMs ?? nowMs();
  const span = chooseSpan(current?.history.points[0]?.atMs, toMs, hours);
  const drawn = useMemo(() => drawHistory(current, limitW), [current, limitW]);
  const [from, to] = drawn.scale.range;
  const tickCount = drawn.scale.ticks.length;
  // The same object while the scale is the same: a new one has the whole chart made anew.
  const series = useMemo(() => makeSeries(from, to, tickCount), [from, to, tickCount]);
  return (
    <div className="meter-chart">
      <div className="button-row" role="group" aria-label="How far back">
        {CHART_HOURS.map((each) => (
          <button key={each} type="button" className="btn" aria-pressed={each === hours} onClick={() => onHours(each)}>
            {each} h
          </button>
        ))}
        <span className="history-caption">
          <span className="key">Power, kW</span>
          {drawn.showsLimit && <span className="key dashes">Site limit</span>}
          <span title={span.sinceMs === undefined ? undefined : 'Nothing older is stored.'}>
            {span.sinceMs !== undefined && `since ${formatInZone(span.sinceMs, zone, 'minute')} `}
            {zoneName(zone, toMs)}
          </span>
        </span>
        <span className="meter-chart-note muted" role="status">
          {failure ?? (current === undefined ? 'reading…' : sayStored(current.history.storedCount))}
        </span>
      </div>
      <TimeChart
        label={`Power over the last ${hours === 1 ? 'hour' : `${hours} hours`}`}
        series={series}
        data={drawn.data}
        fromMs={span.fromMs}
        toMs={toMs}
        zone={zone}
        height={LEAST_HEIGHT + Math.max(0, Math.round((window.innerHeight - LOW_WINDOW) / 2))}
      />
    </div>
  );
}

const SHORTEST_SPAN_MS = 10 * 60_000;
/** A few minutes missing at the beginning are not worth another axis. */
const MISSING_SHARE = 1 / 12;

/** A store that began minutes ago gets an axis of minutes: empty hours would squeeze what there is into a hair. */
export function chooseSpan(firstMs: number | undefined, toMs: number, hours: ChartHours) {
  const wholeMs = hours * HOUR_MS;
  if (firstMs === undefined || firstMs < toMs - wholeMs * (1 - MISSING_SHARE))
    return { fromMs: toMs - wholeMs, sinceMs: undefined };
  return { fromMs: Math.min(firstMs, toMs - SHORTEST_SPAN_MS), sinceMs: firstMs };
}

function sayStored(count: number): string {
  if (count === 0) return 'no reading is stored for this time';
  return `from ${grouped(count)} stored reading${count === 1 ? '' : 's'}`;
}

type Loaded = {
  readonly meterId: string;
  readonly hours: ChartHours;
  readonly history: MeterHistory;
  readonly toMs: number;
  readonly rate: number;
  /** Nothing fresh has come up to `toMs`. */
  readonly endsInGap: boolean;
};

type Drawn = {
  readonly scale: NiceScale;
  readonly data: BrokenSeries;
  readonly showsLimit: boolean;
};

/** A limit far above all that was measured would press the curve flat: it is drawn from this share of it on. */
const LIMIT_FROM_SHARE = 0.5;

function drawHistory(loaded: Loaded | undefined, limitW: number | undefined): Drawn {
  const points = loaded?.history.points ?? [];
  const atMs = points.map((point) => point.atMs);
  const powersKw = points.map((point) => (point.powerW === undefined ? null : point.powerW / 1000));
  const known = powersKw.filter((power) => power !== null);
  const limitKw = limitW === undefined || limitW <= 0 ? undefined : limitW / 1000;
  const showsLimit = limitKw !== undefined && known.some((power) => power >= limitKw * LIMIT_FROM_SHARE);
  const broken = breakGaps(
    atMs,
    [powersKw, powersKw.map(() => (showsLimit ? limitKw : null))],
    honestStepsMs(atMs, STALE_AFTER_MS * (loaded?.rate ?? 1), UNUSUAL_STEP),
  );
  const last = atMs.at(-1);
  const tail = loaded?.endsInGap === true && last !== undefined ? [{ fromMs: last, toMs: loaded.toMs }] : [];
  return {
    scale: niceScale(showsLimit ? [...known, limitKw] : known, 4),
    showsLimit,
    data: { ...broken, gaps: [...broken.gaps, ...tail] },
  };
}

function makeSeries(from: number, to: number, tickCount: number): readonly ChartSeries[] {
  const shared = { range: [from, to], side: 'left', unit: 'kW', decimals: 1 } as const;
  const step = (to - from) / (tickCount - 1);
  const ticks = Array.from({ length: tickCount }, (_, place) => from + place * step);
  return [
    { ...shared, label: 'power', colour: '--text', style: 'line', ticks },
    { ...shared, label: 'limit', colour: '--normal', style: 'dashes', ticks: [] },
  ];
}

/** Reads again now and then; what is on the screen stays until something newer has come. */
function useHistory(meterId: string, hours: ChartHours) {
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const toMs = nowMs();
      const fromMs = toMs - hours * HOUR_MS;
      try {
        const history = await ops.query('metering/meter-history', { meterId, fromMs, toMs, maxPoints: MOST_POINTS });
        if (isGone) return;
        const endsInGap = freshnessNow(history.points.at(-1)?.atMs, toMs) !== 'fresh';
        setLoaded({ meterId, hours, history, toMs, rate: clockRate(), endsInGap });
        setFailure(undefined);
      } catch (cause) {
        if (!isGone) setFailure(cause instanceof Error ? cause.message : 'The history could not be read.');
      }
    };
    // Rows passed quickly with J and K are not worth a query each.
    const first = setTimeout(() => void read(), 60);
    const timer = setInterval(() => void read(), REFRESH_MS);
    return () => {
      isGone = true;
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [meterId, hours]);
  return { loaded, failure };
}
