/**
 * A small chart over time (uPlot): series share the width and each has its own scale. It knows neither what it draws nor
 * any theme: colours are CSS variables, read again when the theme changes.
 */
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { BrokenSeries } from './break-gaps.ts';
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
  readonly style: 'line' | 'area';
  /** The scale's ends; a series that should lie low has an end far above its values. */
  readonly range: readonly [number, number];
  /** Where the axis has its ticks. */
  readonly ticks: readonly number[];
  readonly side: 'left' | 'right';
  readonly unit: string;
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
    padding: [8, 4, 0, 0],
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
      ...series.map((each, place): uPlot.Axis => ({
        ...axis,
        scale: each.label,
        side: each.side === 'left' ? LEFT : RIGHT,
        size: 38,
        gap: 4,
        grid: place === 0 ? grid : { show: false },
        splits: () => [...each.ticks],
        values: (_, splits) => splits.map((value) => `${value}`),
      })),
    ],
    series: [
      {},
      ...series.map((each): uPlot.Series => ({
        scale: each.label,
        label: each.label,
        stroke: colourOf(each.colour),
        width: each.style === 'line' ? 1.6 : 0,
        spanGaps: false,
        points: { show: false },
        ...(each.style === 'area' ? { fill: `color-mix(in srgb, ${colourOf(each.colour)} 45%, transparent)` } : {}),
      })),
    ],
    hooks: {
      drawClear: [(plot) => drawGaps(plot, latest.current.data.gaps, colourOf('--muted'))],
      setCursor: [(plot) => showReading(plot, element, series, zone)],
    },
  };
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
    return value == null ? undefined : `${Math.round(value)} ${each.unit}`;
  });
  element.dataset.reading = [clockText(at, zone), ...values.filter((value) => value !== undefined)].join('  ');
}
