/** Meters with energies by the quarter hour as a balance takes them; a test changes what it is about. */
import type { BalanceMeter } from '../../src/shared/domain/metering/balance/balance.ts';
import { INTERVAL_MS, type EnergyInterval, type IntervalBasis } from '../../src/shared/domain/metering/interval.ts';
import { energyWh } from '../../src/shared/kernel/quantity.ts';

/** A quarter hour of UTC. */
export const BEGIN_MS = Date.UTC(2026, 2, 1);

export function madeIntervals(
  importWh: readonly (number | undefined)[],
  changes: { readonly basis?: IntervalBasis; readonly bracketMs?: number; readonly exportWh?: number } = {},
): EnergyInterval[] {
  return importWh.flatMap((wh, slot) =>
    wh === undefined
      ? []
      : {
          beginMs: BEGIN_MS + slot * INTERVAL_MS,
          importWh: energyWh(wh),
          exportWh: changes.exportWh === undefined ? undefined : energyWh(changes.exportWh),
          basis: changes.basis ?? 'measured',
          bracketMs: changes.bracketMs ?? 0,
        },
  );
}

export function balanceMeter(
  id: string,
  importWh: readonly (number | undefined)[],
  changes: Partial<BalanceMeter> = {},
): BalanceMeter {
  return {
    id,
    name: id,
    role: 'feeder',
    parentId: id === 'in' ? undefined : 'in',
    evseKey: undefined,
    accuracyClass: 'B',
    resolutionWh: 10,
    ratedPowerW: 150_000,
    intervals: madeIntervals(importWh),
    ...changes,
  };
}
