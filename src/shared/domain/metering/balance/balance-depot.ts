/** The energy balance of a depot, from its meters' intervals and what is billed at its charge points. Pure. */
import type { EpochMs } from '../../../kernel/instant.ts';
import { INTERVAL_MS } from '../interval.ts';
import type { LocalTime } from '../../../kernel/local-time.ts';
import type { BalanceMeter, BalanceSettings, BilledEnergy, DepotBalance } from './balance.ts';
import { buildTree, spellEvse } from './build-tree.ts';
import { findFaults, shareWithin } from './find-faults.ts';
import { judgeIntervals } from './judge-interval.ts';
import { layOut, type MeterSeries } from './meter-series.ts';
import { sumRows } from './sum-rows.ts';

/**
 * Until a depot has its own: copper and aluminium of a depot's length lose between 0.4 and 1.6 % by how they are loaded, and two
 * readings of one line are a few polls apart at most.
 */
export const DEFAULT_SETTINGS: BalanceSettings = { lossShare: 0.01, lossUncertainty: 0.6, clockSlipMs: 2_000 };

/**
 * @param fromMs and `toMs`: rounded outwards to quarter hours of UTC
 * @param billed undefined where nobody tells of sessions
 */
export function balanceDepot(parts: {
  readonly depotId: string;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly settings: BalanceSettings;
  readonly meters: readonly BalanceMeter[];
  readonly billed: readonly BilledEnergy[] | undefined;
  /** Between these all sessions are known; in the whole range when absent. */
  readonly billedFromMs?: EpochMs;
  readonly billedToMs?: EpochMs;
  /** In which people at the depot read times. */
  readonly zone?: LocalTime | undefined;
}): DepotBalance {
  const { depotId, settings, billed } = parts;
  const fromMs = Math.floor(parts.fromMs / INTERVAL_MS) * INTERVAL_MS;
  const toMs = Math.max(fromMs, Math.ceil(parts.toMs / INTERVAL_MS) * INTERVAL_MS);
  const billedFromMs = Math.min(toMs, Math.max(fromMs, parts.billedFromMs ?? fromMs));
  const billedToMs = Math.max(billedFromMs, Math.min(toMs, parts.billedToMs ?? toMs));
  const slots = (toMs - fromMs) / INTERVAL_MS;
  const tree = buildTree(parts.meters);
  const seriesOf = new Map(tree.ordered.map((meter) => [meter, layOut(meter, fromMs, slots, settings)]));
  const all = [...seriesOf.values()];
  const pick = (meters: readonly BalanceMeter[]): MeterSeries[] => meters.flatMap((meter) => seriesOf.get(meter) ?? []);
  const nodes = tree.nodes.flatMap(({ parent, children }) => {
    const own = seriesOf.get(parent);
    if (own === undefined) return [];
    const series = { parent: own, children: pick(children) };
    return [{ series, ...sumRows(series, settings, fromMs) }];
  });
  return {
    depotId,
    fromMs,
    toMs,
    settings,
    meters: all.map(({ meter: { id, name, role, parentId }, netWh, missing }) => ({
      id,
      name,
      role,
      parentId,
      importWh: missing === slots ? undefined : netWh.reduce((sum, wh) => (Number.isNaN(wh) ? sum : sum + wh), 0),
      missingIntervals: missing,
    })),
    treeFaults: tree.faults,
    nodes: nodes.map(({ series, whole, outgoing }) => ({
      meterId: series.parent.meter.id,
      outgoing,
      whole,
      rows: judgeIntervals(series, settings, fromMs),
    })),
    findings: findFaults({ settings, fromMs, meters: all, nodes, billed, billedFromMs, billedToMs, zone: parts.zone }),
    billedFromMs,
    billedToMs,
    billedWh: billed === undefined ? undefined : billedAt(all, billed, fromMs, toMs),
  };
}

function billedAt(
  meters: readonly MeterSeries[],
  billed: readonly BilledEnergy[],
  fromMs: EpochMs,
  toMs: EpochMs,
): number {
  const keys = new Set(meters.flatMap(({ meter }) => (meter.evseKey === undefined ? [] : [spellEvse(meter.evseKey)])));
  return billed
    .filter(({ evseKey }) => keys.has(spellEvse(evseKey)))
    .reduce((sumWh, piece) => sumWh + piece.energyWh * shareWithin(piece, fromMs, toMs), 0);
}
