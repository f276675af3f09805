import { expect, test } from 'vitest';
import {
  NO_COUNTS,
  quarterBars,
  spanBars,
  sumBars,
} from '../../../../../src/renderer/metering/intervals/energy-bars.ts';
import { INTERVAL_MS, type EnergyInterval } from '../../../../../src/shared/domain/metering/interval.ts';
import type { EnergySpan } from '../../../../../src/shared/ipc/metering/interval-contract.ts';
import { energyWh } from '../../../../../src/shared/kernel/quantity.ts';

function interval(place: number, wh: number, basis: EnergyInterval['basis'] = 'measured'): EnergyInterval {
  return { beginMs: place * INTERVAL_MS, importWh: energyWh(wh), exportWh: undefined, basis, bracketMs: 2000 };
}

test('every quarter hour has a bar: what is not stored is missing, what is not over lies ahead', () => {
  const bars = quarterBars([interval(0, 500), interval(2, 700, 'imported')], 0, 6 * INTERVAL_MS, 4.5 * INTERVAL_MS);
  expect(bars.map(({ basis }) => basis)).toEqual(['measured', 'missing', 'imported', 'missing', 'ahead', 'ahead']);
  expect(sumBars(bars)).toMatchObject({
    importWh: 1200,
    exportWh: undefined,
    counts: { ...NO_COUNTS, measured: 1, imported: 1, missing: 2 },
    quarters: 4,
  });
  expect(sumBars(bars).highest?.beginMs).toBe(2 * INTERVAL_MS);
});

test('nothing known adds up to nothing known, not to nought', () => {
  expect(sumBars(quarterBars([], 0, 2 * INTERVAL_MS, 10 * INTERVAL_MS)).importWh).toBeUndefined();
});

test('a day is as sure as the least sure of its quarter hours', () => {
  const day = (place: number) => ({ beginMs: place * 96 * INTERVAL_MS, endMs: (place + 1) * 96 * INTERVAL_MS });
  const span = (place: number, importWh: number | undefined, counts: Partial<EnergySpan['counts']>): EnergySpan => ({
    ...day(place),
    importWh: importWh === undefined ? undefined : energyWh(importWh),
    exportWh: undefined,
    counts: { ...NO_COUNTS, ...counts },
  });
  const bars = spanBars(
    [
      span(0, 9, { measured: 96 }),
      span(1, 9, { measured: 90, spread: 6 }),
      span(2, 9, { imported: 95, missing: 1 }),
      span(3, 9, { measured: 1, imported: 95 }),
      span(4, undefined, { missing: 96 }),
    ],
    [0, 1, 2, 3, 4, 5, 6].map(day),
    day(6).beginMs,
  );
  expect(bars.map(({ basis }) => basis)).toEqual([
    'measured',
    'spread',
    'partial',
    'imported',
    'missing',
    'missing',
    'ahead',
  ]);
});
