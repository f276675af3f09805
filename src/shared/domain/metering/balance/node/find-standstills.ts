/**
 * Meters whose register stood still while energy flowed through them. Many registers stand still because nothing flows; so the
 * node's residual over the same time must be beyond what all of its instruments may explain.
 */
import type { BalanceSettings } from '../balance.ts';
import { budgetOf, expectedLossOf, type NodeSeries, type Stretch } from '../error-budget.ts';
import { outgoingWh } from '../judge-interval.ts';
import type { MeterSeries } from '../meter-series.ts';
import { sumOver } from '../sum-rows.ts';
import { expectedResidualWh, modelNode, type NodeModel } from './node-model.ts';
import { sayEnergy, type Suspicion } from './suspicion.ts';

/** An hour: a register of a small load moves every now and then only. */
const LEAST_SLOTS = 4;
/** What is off besides is told from a few hours at least, or nothing is said. */
const LEAST_ROWS_BESIDE = 24;
/** Where sessions are known: while a charger's meter stands still, somebody pays for what flows. */
const CLAIMED_AT_LEAST = 0.3;
/** Explains nearly as much as the best. */
const AS_GOOD = 0.8;
const MOST_STANDSTILLS = 20;

type Standstill = { readonly series: MeterSeries; readonly stretch: Stretch; readonly unseenWh: number };

/** What sessions claim of a charger's meter in a stretch; undefined where nobody knows of sessions. */
export type ClaimedWh = (meterId: string, stretch: Stretch) => number | undefined;

export function findStandstills(
  node: NodeSeries,
  settings: BalanceSettings,
  measured: readonly Stretch[],
  claimedWh: ClaimedWh,
): Suspicion[] {
  const found: Suspicion[] = [];
  const rests = [node.parent, ...node.children].flatMap((series) =>
    measured.flatMap((stretch) => restsIn(series, stretch).map((rest) => ({ series, stretch: rest }))),
  );
  let open = stillUnseen(node, settings, rests, undefined);
  while (open.length > 0 && found.length < MOST_STANDSTILLS) {
    const best = bestOf(open);
    // What is off all the time is no matter of this standstill, however many meters stand still in it.
    const others = [...found.map(({ stretch }) => stretch), best.stretch].map(withEdges);
    const model = modelNode(node, settings, others, LEAST_ROWS_BESIDE);
    if (model === undefined) break;
    const confirmed = stillUnseen(node, settings, open, model).filter(
      ({ series, stretch, unseenWh }) =>
        (claimedWh(series.meter.id, stretch) ?? Infinity) > CLAIMED_AT_LEAST * unseenWh,
    );
    const rivals = confirmed.filter(
      ({ stretch, unseenWh }) => overlaps(stretch, best.stretch) && unseenWh >= AS_GOOD * bestOf(confirmed).unseenWh,
    );
    if (rivals.length > 0) found.push(suspect(node, settings, rivals, claimedWh));
    open = confirmed.filter(
      ({ stretch }) => stretch !== best.stretch && !rivals.some((rival) => overlaps(stretch, withEdges(rival.stretch))),
    );
  }
  return found;
}

function suspect(
  node: NodeSeries,
  settings: BalanceSettings,
  rivals: readonly Standstill[],
  claimedWh: ClaimedWh,
): Suspicion {
  const claimed = rivals.filter(({ series, stretch }) => (claimedWh(series.meter.id, stretch) ?? 0) > 0);
  const meant = claimed.length === 1 ? claimed : rivals;
  const ids = [...new Set(meant.map(({ series }) => series.meter.id))];
  const { stretch, unseenWh } = bestOf(meant);
  const claims = ids.length === 1 ? (claimedWh(ids[0] ?? '', stretch) ?? 0) : 0;
  const { worstWh } = budgetOf(node, settings, [stretch]);
  return {
    kind: 'standstill',
    node,
    suspects: ids,
    stretch,
    energyWh: unseenWh,
    factor: 0,
    evidence: [
      `The register did not move for ${lengthOf(stretch) / 4} h, while ${sayEnergy(unseenWh)} are off in the balance of ${node.parent.meter.name}; its instruments explain at most ${sayEnergy(worstWh)}.`,
      ...(claims === 0 ? [] : [`Sessions claim ${sayEnergy(claims)} there in this time.`]),
    ],
  };
}

/** Of those that explain most, the one that begins and ends with what it explains. */
function bestOf(open: readonly Standstill[]): Standstill {
  return open.reduce((one, other) =>
    other.unseenWh > one.unseenWh ||
    (other.unseenWh === one.unseenWh && lengthOf(other.stretch) < lengthOf(one.stretch))
      ? other
      : one,
  );
}

/** The longest runs without energy. */
function restsIn({ netWh }: MeterSeries, { first, end }: Stretch): Stretch[] {
  const rests: Stretch[] = [];
  let began = first;
  for (let slot = first; slot <= end; slot++) {
    if (slot < end && netWh[slot] === 0) continue;
    if (slot - began >= LEAST_SLOTS) rests.push({ first: began, end: slot });
    began = slot + 1;
  }
  return rests;
}

/**
 * Those in which energy is off by more than the instruments explain, beyond what the model says is off anyway. A parent that
 * stands still lacks on its side of the balance, a child on the other.
 */
function stillUnseen(
  node: NodeSeries,
  settings: BalanceSettings,
  rests: readonly Pick<Standstill, 'series' | 'stretch'>[],
  model: NodeModel | undefined,
): Standstill[] {
  return rests.flatMap(({ series, stretch }) => {
    let outWh = 0;
    let expectedWh = 0;
    for (let slot = stretch.first; slot < stretch.end; slot++) {
      outWh += outgoingWh(node, slot);
      expectedWh += model === undefined ? 0 : expectedResidualWh(model, slot);
    }
    const residualWh = sumOver(node.parent, [stretch]) - outWh - expectedLossOf(node, settings, [stretch]);
    const unseenWh = (residualWh - expectedWh) * (series === node.parent ? -1 : 1);
    return unseenWh > budgetOf(node, settings, [stretch]).worstWh ? [{ series, stretch, unseenWh }] : [];
  });
}

/** It stopped and went on within the quarter hours beside, which therefore lack something too. */
export function withEdges({ first, end }: Stretch): Stretch {
  return { first: Math.max(0, first - 1), end: end + 1 };
}

function lengthOf({ first, end }: Stretch): number {
  return end - first;
}

function overlaps(one: Stretch, other: Stretch): boolean {
  return one.first < other.end && other.first < one.end;
}
