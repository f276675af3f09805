/**
 * The findings of a depot: nodes are examined each for itself, then held against each other (a feeder's meter stands in two:
 * as the incoming one of its own and as an outgoing one of that above), then sessions are compared with what is left.
 */
import type { EpochMs } from '../../../kernel/instant.ts';
import { INTERVAL_MS } from '../interval.ts';
import type { LocalTime } from '../../../kernel/local-time.ts';
import type { BalanceFinding, BalanceRow, BalanceSettings, BilledEnergy } from './balance.ts';
import { spellEvse } from './build-tree.ts';
import type { NodeSeries, Stretch } from './error-budget.ts';
import { findBillingFaults, sessionsOf } from './find-billing-faults.ts';
import type { MeterSeries } from './meter-series.ts';
import { findBiases } from './node/find-biases.ts';
import { examineNode } from './node/examine-node.ts';
import { findSlips } from './node/find-slips.ts';
import { withEdges } from './node/find-standstills.ts';
import type { NodeModel } from './node/node-model.ts';
import { sayEnergy, type Suspicion } from './node/suspicion.ts';
import { saySuspicion } from './say-suspicion.ts';

export type FaultSearch = {
  readonly settings: BalanceSettings;
  readonly fromMs: EpochMs;
  readonly meters: readonly MeterSeries[];
  readonly nodes: readonly { readonly series: NodeSeries; readonly whole: BalanceRow }[];
  /** Undefined where nobody told of sessions: then nothing is said of them. */
  readonly billed: readonly BilledEnergy[] | undefined;
  /** Before and after these sessions are not known, so that nobody can miss one. */
  readonly billedFromMs: EpochMs;
  readonly billedToMs: EpochMs;
  readonly zone: LocalTime | undefined;
};

const SEVERITIES = ['alarm', 'warning', 'note'] as const;
/** What explains more comes first, where one meter is suspected of several things. */
const RANK: readonly Suspicion['kind'][] = ['standstill', 'change', 'bias', 'load', 'excess', 'slip'];

/** The gravest first. */
export function findFaults(search: FaultSearch): BalanceFinding[] {
  const { settings, fromMs, nodes } = search;
  const claims = claimsByMeter(search);
  const claimedWh = (meterId: string, stretch: Stretch) => claimedIn(claims?.get(meterId), stretch, fromMs);
  const examined = nodes.map(({ series, whole }) => examineNode(series, settings, whole, claimedWh));
  const models = examined.flatMap(({ model }) => model ?? []);
  const suspected = [...examined.flatMap(({ suspicions }) => suspicions), ...findBiases(models, settings)];
  const unexplained = nodes.flatMap((node) => findUnexplained(node, models, suspected));
  const suspicions = settle([...suspected, ...unexplained, ...findSlips(models)]);
  const findings = suspicions.map((suspicion) =>
    saySuspicion(suspicion, {
      isBeyondWorst: nodes.some(({ series, whole }) => series === suspicion.node && whole.verdict === 'alarm'),
      fromMs,
      nameOf: (id) => search.meters.find(({ meter }) => meter.id === id)?.meter.name ?? id,
    }),
  );
  for (const series of search.meters) {
    const pieces = claims?.get(series.meter.id);
    if (pieces === undefined) continue;
    const correctedWh = correct(series, suspicions);
    const slotAt = (atMs: EpochMs): number => Math.max(0, (atMs - fromMs) / INTERVAL_MS);
    correctedWh.fill(Number.NaN, 0, Math.ceil(slotAt(search.billedFromMs)));
    correctedWh.fill(Number.NaN, Math.floor(slotAt(search.billedToMs)));
    findings.push(
      ...findBillingFaults({ series, sessions: sessionsOf(pieces), correctedWh, zone: search.zone }, fromMs),
    );
  }
  return findings.sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || b.energyWh - a.energyWh,
  );
}

/**
 * One suspicion a meter and kind. What a node cannot pin down is dropped where another node names one of the suspects; what is
 * suspected of a meter is dropped where something graver is known of it.
 */
function settle(suspicions: readonly Suspicion[]): Suspicion[] {
  const ranked = [...suspicions].sort(
    (a, b) =>
      RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || a.suspects.length - b.suspects.length || b.energyWh - a.energyWh,
  );
  const named = new Set(
    ranked.filter(({ kind, suspects }) => suspects.length === 1 && kind !== 'slip').map(({ suspects }) => suspects[0]),
  );
  const kept: Suspicion[] = [];
  for (const suspicion of ranked) {
    const { kind, suspects, node } = suspicion;
    const isElsewhere = suspects.length > 1 && suspects.some((id) => named.has(id));
    const isKnown = kept.some(
      (other) =>
        suspects.length === 1 &&
        other.suspects.length === 1 &&
        other.suspects[0] === suspects[0] &&
        (other.kind !== kind || other.node !== node || kind !== 'standstill'),
    );
    if (!isElsewhere && !isKnown) kept.push(suspicion);
  }
  return kept;
}

/** The sum is beyond the worst case, and nothing was found in the node that would explain it. */
function findUnexplained(
  { series, whole }: FaultSearch['nodes'][number],
  models: readonly NodeModel[],
  suspected: readonly Suspicion[],
): Suspicion[] {
  const ids = [series.parent, ...series.children].map(({ meter }) => meter.id);
  const isExplained = suspected.some(
    ({ node, suspects }) => node === series || suspects.some((id) => ids.includes(id)),
  );
  const hasData = models.some(({ node }) => node === series);
  const { residualWh = 0, verdict, budget } = whole;
  if (verdict !== 'alarm' || isExplained || !hasData) return [];
  return [
    {
      kind: residualWh > 0 ? 'load' : 'excess',
      node: series,
      suspects: [],
      stretch: { first: 0, end: series.parent.netWh.length },
      energyWh: Math.abs(residualWh),
      factor: 1,
      evidence: [
        `Over the whole time ${sayEnergy(residualWh)} are ${residualWh > 0 ? 'missing' : 'too much'}; the instruments explain at most ${sayEnergy(budget.worstWh)}. It follows no single meter.`,
      ],
    },
  ];
}

/** What the meter would have counted without the faults that were found; NaN where it cannot be told by the quarter hour. */
function correct(series: MeterSeries, suspicions: readonly Suspicion[]): Float64Array {
  const correctedWh = series.netWh.map((wh, slot) => (series.isMeasured[slot] === 1 ? wh : Number.NaN));
  for (const { kind, suspects, stretch, factor } of suspicions) {
    if (suspects.length !== 1 || suspects[0] !== series.meter.id || kind === 'slip') continue;
    const { first, end } = kind === 'standstill' ? withEdges(stretch) : stretch;
    for (let slot = first; slot < Math.min(end, correctedWh.length); slot++)
      correctedWh[slot] = kind === 'standstill' ? Number.NaN : (correctedWh[slot] ?? Number.NaN) / factor;
  }
  return correctedWh;
}

/** By the meter's id; undefined where nobody told of sessions. Charge points with two meters or none are left out. */
function claimsByMeter({ meters, billed }: FaultSearch): ReadonlyMap<string, readonly BilledEnergy[]> | undefined {
  if (billed === undefined) return undefined;
  const pieces = new Map<string, BilledEnergy[]>();
  for (const piece of billed) {
    const key = spellEvse(piece.evseKey);
    const known = pieces.get(key);
    if (known === undefined) pieces.set(key, [piece]);
    else known.push(piece);
  }
  const keys = meters.flatMap(({ meter }) => (meter.evseKey === undefined ? [] : [spellEvse(meter.evseKey)]));
  return new Map(
    meters.flatMap(({ meter }) => {
      if (meter.role !== 'charger' || meter.evseKey === undefined) return [];
      const key = spellEvse(meter.evseKey);
      return keys.filter((other) => other === key).length > 1 ? [] : [[meter.id, pieces.get(key) ?? []]];
    }),
  );
}

function claimedIn(
  pieces: readonly BilledEnergy[] | undefined,
  { first, end }: Stretch,
  fromMs: EpochMs,
): number | undefined {
  if (pieces === undefined) return undefined;
  const [beginMs, endMs] = [fromMs + first * INTERVAL_MS, fromMs + end * INTERVAL_MS];
  return pieces.reduce((sumWh, piece) => sumWh + piece.energyWh * shareWithin(piece, beginMs, endMs), 0);
}

/** How much of a piece lies in a span, as if its energy had flowed evenly. */
export function shareWithin(piece: Pick<BilledEnergy, 'beginMs' | 'endMs'>, beginMs: EpochMs, endMs: EpochMs): number {
  const lengthMs = piece.endMs - piece.beginMs;
  if (lengthMs <= 0) return piece.beginMs >= beginMs && piece.beginMs < endMs ? 1 : 0;
  const withinMs = Math.min(piece.endMs, endMs) - Math.max(piece.beginMs, beginMs);
  return Math.max(0, withinMs) / lengthMs;
}
