/** A depot's plan as lines over time: each quarter hour is level, and what was not measured is not drawn. */
import type { SitePlan } from '../../shared/domain/charging/site-plan.ts';
import { niceScale } from '../instruments/chart/nice-scale.ts';
import type { BrokenSeries } from '../instruments/chart/break-gaps.ts';
import type { ChartSeries } from '../instruments/chart/time-chart.tsx';

const POWER_TICKS = 5;
const PRICE_TICKS = 3;
/** Prices lie below the powers. */
const PRICE_ROOM = 3;

type Slot = readonly (number | null)[];

/** Charging takes what `import` has above the building. */
export function siteLoadSeries(plan: SitePlan): {
  readonly series: readonly ChartSeries[];
  readonly data: BrokenSeries;
} {
  const rows: { readonly atMs: number; readonly values: Slot }[] = [
    ...plan.measured.map(({ atMs, importW, buildingW }) => ({
      atMs,
      values: [kwOf(importW), null, kwOf(buildingW), null, null],
    })),
    ...Array.from({ length: plan.slots }, (_, slot) => ({
      atMs: plan.fromMs + slot * plan.slotMs,
      values: [
        null,
        kwOf(plan.importW[slot]),
        kwOf(plan.buildingW[slot]),
        kwOf(plan.limitW[slot]),
        plan.price[slot] ?? null,
      ],
    })),
  ];
  // Each slot from its begin to just before its end.
  const atMs = rows.flatMap((row) => [row.atMs, row.atMs + plan.slotMs - 1]);
  const columns = [0, 1, 2, 3, 4].map((which) =>
    rows.flatMap(({ values }) => [values[which] ?? null, values[which] ?? null]),
  );
  const numbersOf = (which: readonly number[]) =>
    which.flatMap((each) => (columns[each] ?? []).filter((value) => value !== null));
  const power = niceScale(numbersOf([0, 1, 2, 3]), POWER_TICKS);
  const price = niceScale(numbersOf([4]), PRICE_TICKS);
  const ofPower = { range: power.range, side: 'left', unit: 'kW' } as const;
  return {
    series: [
      { ...ofPower, label: 'Measured import', colour: '--text', style: 'line', ticks: power.ticks },
      { ...ofPower, label: 'Planned import', colour: '--normal', style: 'area', ticks: [] },
      { ...ofPower, label: 'Building', colour: '--muted', style: 'line', ticks: [] },
      { ...ofPower, label: 'Limit', colour: '--text', style: 'dashes', ticks: [] },
      {
        label: 'Price',
        colour: '--muted',
        style: 'dashes',
        range: [price.range[0], price.range[1] * PRICE_ROOM],
        ticks: price.ticks,
        side: 'right',
        unit: `${plan.head.currency}/kWh`,
        decimals: 2,
      },
    ],
    data: { atMs, series: columns, gaps: [] },
  };
}

function kwOf(watts: number | undefined): number | null {
  return watts === undefined ? null : watts / 1000;
}
