/**
 * A small chart over time (uPlot): series share the width and each has its own scale. It knows neither what it draws nor
 * any theme: colours are CSS variables, read again when the theme changes.
 */
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { BrokenSeries } from './break-gaps.ts';
import { decimals } from '../number/format-number.ts';
import { drawGaps } from './draw-gaps.ts';
import './time-chart.css';

// uPlot's names for these live in a const enum, which erasable TypeScript cannot read.
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment
const RIGHT = 1 as uPlot.Axis.Side;
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment
const LEFT = 3 as uPlot.Axis.Side;

export type ChartSeries = {
  readonly label: string;
  /** A CSS variable's name, such as `--text`. */
  readonly colour: string;
  /** dashes: a bound or an aim, not a measurement. */
  readonly style: 'line' | 'area' | 'dashes';
  /** The scale's ends; a series that should lie low has an end far above its values. */
  readonly range: readonly [number, number];
  /** Where the axis has its ticks; with none, there is no axis. */
  readonly ticks: readonly number[];
  readonly side: 'left' | 'right';
  readonly unit: string;
  /** Places after the point in the reading under the pointer; none by default. */
  readonly decimals?: number;
};

type TimeChartProps = {
  readonly label: string;
  readonly series: readonly ChartSeries[];
  readonly data: BrokenSeries;
  readonly fromMs: number;
  readonly toMs: number;
  readonly zone: string;
  readonly height: number;
};

export function TimeChart(props: TimeChartProps) {
  const { series, zone, height, data, fromMs, toMs } = props;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const make = () => {
      chart.current?.destroy();
      chart.current = new uPlot(
        optionsFor(element, series, zone, height, latest),
        toColumns(latest.current.data),
        element,
      );
    };
    make();
    const sizes = new ResizeObserver(() =>
      chart.current?.setSize({ width: Math.max(80, element.clientWidth), height }),
    );
    sizes.observe(element);
    const themes = new MutationObserver(make);
    themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => {
      sizes.disconnect();
      themes.disconnect();
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, [series, zone, height]);

  useEffect(() => {
    chart.current?.setData(toColumns(data), false);
    chart.current?.setScale('x', { min: fromMs / 1000, max: toMs / 1000 });
  }, [data, fromMs, toMs]);

  return <div className="time-chart" ref={place} role="img" aria-label={props.label} />;
}

function toColumns(data: BrokenSeries): uPlot.AlignedData {
  return [data.atMs.map((at) => at / 1000), ...data.series] as uPlot.AlignedData;
}

function optionsFor(
  element: HTMLElement,
  series: readonly ChartSeries[],
  zone: string,
  height: number,
  latest: { readonly current: TimeChartProps },
): uPlot.Options {
  const styles = getComputedStyle(element);
  const colourOf = (name: string) => styles.getPropertyValue(name).trim();
  const font = `11px ${styles.fontFamily}`;
  const axis = { font, stroke: colourOf('--muted'), ticks: { show: false } };
  const grid = { stroke: colourOf('--line'), width: 1 };
  return {
    width: Math.max(80, element.clientWidth),
    height,
    // The last label of the time axis stands half outside where no axis is on the right.
    padding: [8, series.some((each) => each.side === 'right') ? 4 : 18, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
    scales: {
      x: { time: true, range: () => [latest.current.fromMs / 1000, latest.current.toMs / 1000] },
      ...Object.fromEntries(series.map((each) => [each.label, { range: () => [...each.range] as [number, number] }])),
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 22,
        gap: 4,
        space: 70,
        values: (_, splits) => splits.map((at) => clockText(at, zone)),
      },
      ...series.filter(hasAxis).map((each, place): uPlot.Axis => ({
        ...axis,
        scale: each.label,
        side: each.side === 'left' ? LEFT : RIGHT,
        size: axisWidth(each.ticks),
        gap: 4,
        grid: place === 0 ? grid : { show: false },
        splits: () => [...each.ticks],
        values: (_, splits) => splits.map((value) => decimals(value, 0, 1)),
      })),
    ],
    series: [
      {},
      ...series.map((each): uPlot.Series => ({
        scale: each.label,
        label: each.label,
        stroke: colourOf(each.colour),
        width: { line: 1.6, dashes: 1, area: 0 }[each.style],
        ...(each.style === 'dashes' ? { dash: [5, 4] } : {}),
        spanGaps: false,
        points: each.style === 'line' ? { show: true, size: 3, filter: lonePoints } : { show: false },
        ...(each.style === 'area' ? { fill: `color-mix(in srgb, ${colourOf(each.colour)} 45%, transparent)` } : {}),
      })),
    ],
    hooks: {
      drawClear: [(plot) => drawGaps(plot, latest.current.data.gaps, colourOf('--muted'))],
      setCursor: [(plot) => showReading(plot, element, series, zone)],
    },
  };
}

/** A reading between two gaps has no line to be part of; without a dot it would not be there. */
function lonePoints(plot: uPlot, which: number): number[] {
  const values = plot.data[which] ?? [];
  const isNothing = (place: number) => values[place] == null;
  return Array.from(values, (_, place) => place).filter(
    (place) => !isNothing(place) && isNothing(place - 1) && isNothing(place + 1),
  );
}

function hasAxis(series: ChartSeries): boolean {
  return series.ticks.length > 0;
}

/** Four figures and a comma need more room than three. */
function axisWidth(ticks: readonly number[]): number {
  return Math.max(...ticks.map(Math.abs)) >= 1000 ? 46 : 38;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockText(seconds: number, zone: string): string {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    clocks.set(zone, clock);
  }
  return clock.format(seconds * 1000);
}

/** The reading under the pointer, as text in a corner that covers nothing. */
function showReading(plot: uPlot, element: HTMLElement, series: readonly ChartSeries[], zone: string): void {
  const place = plot.cursor.idx;
  const at = place == null ? undefined : plot.data[0][place];
  if (place == null || at === undefined) {
    delete element.dataset.reading;
    return;
  }
  const values = series.map((each, which) => {
    const value = plot.data[which + 1]?.[place];
    return value == null ? undefined : `${decimals(value, each.decimals ?? 0)} ${each.unit}`;
  });
  element.dataset.reading = [clockText(at, zone), ...values.filter((value) => value !== undefined)].join('  ');
}
