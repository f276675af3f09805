/** A vehicle's last hours: charge as a line, speed as an area under it, in its depot's time. */
import { useEffect, useMemo, useState } from 'react';
import type { VehicleHistory } from '../../../shared/ipc/fleet-contract.ts';
import { breakGaps, honestStepsMs } from '../../instruments/chart/break-gaps.ts';
import { TimeChart, type ChartSeries } from '../../instruments/chart/time-chart.tsx';
import { grouped } from '../../instruments/number/format-number.ts';
import { ops, OpsError } from '../../link/ops-client.ts';
import { nowMs } from '../../instruments/clock/profile-clock.ts';
import { formatInZone, zoneName } from '../../instruments/clock/zone-time.ts';
import '../fleet.css';

const HOURS = 6;
const SPAN_MS = HOURS * 3_600_000;
const MOST_POINTS = 720;
const REFRESH_MS = 10_000;
const CHART_HEIGHT = 138;
/** In a low window the facts come first: the chart gives half its height. */
const LOW_CHART_HEIGHT = 72;
const LOW_WINDOW = 820;

const SERIES: readonly ChartSeries[] = [
  {
    label: 'charge',
    colour: '--text',
    style: 'line',
    range: [0, 100],
    ticks: [0, 25, 50, 75, 100],
    side: 'left',
    unit: '%',
  },
  // The scale ends far above any speed, so the area stays in the lowest third, below the line it explains.
  {
    label: 'speed',
    colour: '--normal',
    style: 'area',
    range: [0, 270],
    ticks: [0, 45, 90],
    side: 'right',
    unit: 'km/h',
  },
];

/** A low chart has room for every other tick. */
const LOW_SERIES: readonly ChartSeries[] = SERIES.map((series) => ({
  ...series,
  ticks: series.ticks.filter((_, place) => place % 2 === 0),
}));

type Loaded = {
  readonly vehicleId: string;
  readonly history: VehicleHistory;
  readonly fromMs: number;
  readonly toMs: number;
};

export function VehicleHistoryChart({ vehicleId, zone }: { readonly vehicleId: string; readonly zone: string }) {
  const { loaded, failure } = useHistory(vehicleId);
  const current = loaded?.vehicleId === vehicleId ? loaded : undefined;
  const data = useMemo(() => {
    const points = current?.history.points ?? [];
    const atMs = points.map((point) => point.atMs);
    return breakGaps(
      atMs,
      [points.map((point) => point.socPercent), points.map((point) => point.speedKmh)],
      honestStepsMs(atMs),
    );
  }, [current]);
  const toMs = current?.toMs ?? nowMs();
  const span = chooseSpan(current);
  const isLow = window.innerHeight < LOW_WINDOW;
  return (
    <div className="history">
      <TimeChart
        label={`State of charge and speed over the last ${HOURS} hours`}
        series={isLow ? LOW_SERIES : SERIES}
        data={data}
        fromMs={span.fromMs}
        toMs={toMs}
        zone={zone}
        height={isLow ? LOW_CHART_HEIGHT : CHART_HEIGHT}
      />
      <div className="history-caption">
        <span className="key">Charge %</span>
        <span className="key area">km/h</span>
        <span title={span.isShort ? 'Nothing older is stored.' : undefined}>
          {span.isShort ? `since ${formatInZone(span.firstMs, zone, 'minute')}` : `last ${HOURS} h`}{' '}
          {zoneName(zone, toMs)}
        </span>
        <span className="end" role="status">
          {failure ??
            (current === undefined
              ? 'reading…'
              : `from ${grouped(current.history.storedCount)} stored position${current.history.storedCount === 1 ? '' : 's'}`)}
        </span>
      </div>
    </div>
  );
}

const SHORTEST_SPAN_MS = 10 * 60_000;

/** A store that began an hour ago gets an hour's axis: five empty hours would squeeze what there is into a hair. */
function chooseSpan(loaded: Loaded | undefined): {
  readonly fromMs: number;
  readonly firstMs: number;
  readonly isShort: boolean;
} {
  const toMs = loaded?.toMs ?? nowMs();
  const firstMs = loaded?.history.points[0]?.atMs;
  const wholeFromMs = toMs - SPAN_MS;
  if (firstMs === undefined || firstMs < wholeFromMs + SPAN_MS / 12)
    return { fromMs: wholeFromMs, firstMs: wholeFromMs, isShort: false };
  return { fromMs: Math.min(firstMs, toMs - SHORTEST_SPAN_MS), firstMs, isShort: true };
}

/** Reads again now and then; what is on the screen stays until something newer has come. */
function useHistory(vehicleId: string): { readonly loaded: Loaded | undefined; readonly failure: string | undefined } {
  const [loaded, setLoaded] = useState<Loaded>();
  const [failure, setFailure] = useState<string>();
  useEffect(() => {
    let isGone = false;
    const read = async () => {
      const toMs = nowMs();
      const fromMs = toMs - SPAN_MS;
      try {
        const history = await ops.query('fleet/vehicle-history', { vehicleId, fromMs, toMs, maxPoints: MOST_POINTS });
        if (isGone) return;
        setLoaded({ vehicleId, history, fromMs, toMs });
        setFailure(undefined);
      } catch (cause) {
        if (!isGone)
          setFailure(cause instanceof OpsError ? cause.message : 'The history could not be read. Trying again.');
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
  }, [vehicleId]);
  return { loaded, failure };
}
