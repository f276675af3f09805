/**
 * Meters whose clock differs. A meter that is read late counts what flowed a little later: in each quarter hour too much by the
 * power at its end and too little by that at its begin. Over time that cancels, so it is told and never alarmed.
 */
import { INTERVAL_MS } from '../../interval.ts';
import { FOREIGN_CLOCK_SLIP_MS } from '../meter-series.ts';
import { errorOf, fitColumns } from './least-squares.ts';
import { nameContradictors, type Comparison } from './name-contradictors.ts';
import { LEAST_ROWS, SURE, type NodeModel } from './node-model.ts';
import type { Suspicion } from './suspicion.ts';

/** A clock that is known to no better than so many times its tolerance says nothing. */
const WORST_KNOWN = 2;
const TOLERANCE = FOREIGN_CLOCK_SLIP_MS / INTERVAL_MS;

/** All nodes together: a feeder's clock is judged by its own node and by that above. */
export function findSlips(models: readonly NodeModel[]): Suspicion[] {
  const nodes = models.map(({ node }) => node);
  const ids = new Set(nodes.flatMap(({ parent, children }) => [parent, ...children].map(({ meter }) => meter.id)));
  const contradictions = nameContradictors(
    [...ids].map((id) => ({ id, tolerance: TOLERANCE })),
    models.flatMap(compareClocks),
  );
  return contradictions.flatMap((contradiction): Suspicion[] => {
    const suspects = contradiction.verdict === 'named' ? [contradiction.id] : contradiction.ids;
    const node = nodes.find(({ parent, children }) =>
      [parent, ...children].some(({ meter }) => meter.id === suspects[0]),
    );
    if (node === undefined) return [];
    const lateMs = contradiction.verdict === 'named' ? contradiction.error * INTERVAL_MS : undefined;
    return [
      {
        kind: 'slip',
        node,
        suspects,
        stretch: { first: 0, end: node.parent.netWh.length },
        energyWh: 0,
        factor: 1,
        evidence: [
          lateMs === undefined
            ? 'What is missing in one quarter hour is too much in the next.'
            : `Its quarter hours lie about ${Math.abs(lateMs / 1000).toFixed(0)} s ${lateMs > 0 ? 'later' : 'earlier'} than those of the other meters: what is missing in one is too much in the next.`,
        ],
      },
    ];
  });
}

/** Of each child against its parent, in quarter hours. */
function compareClocks({ node, slots, fit }: NodeModel): Comparison[] {
  // The power at a boundary is taken as the mean of both sides; its rise over a quarter hour is what a slip is worth.
  const inner = slots.map((slot, row) => (slots[row - 1] === slot - 1 && slots[row + 1] === slot + 1 ? 1 : 0));
  if (inner.reduce((count, one) => count + one, 0) < LEAST_ROWS) return [];
  const columns = node.children.map(({ netWh }) => {
    const rises = new Float64Array(slots.length);
    for (let row = 0; row < rises.length; row++) {
      const slot = slots[row] ?? 0;
      if (inner[row] === 1) rises[row] = ((netWh[slot + 1] ?? 0) - (netWh[slot - 1] ?? 0)) / 2;
    }
    return rises;
  });
  const left = fit.left.map((wh, row) => (inner[row] === 1 ? wh : 0));
  const slipFit = fitColumns(columns, left);
  return node.children.flatMap(({ meter }, index) => {
    const slip = slipFit.coefficients[index] ?? 0;
    const error = SURE * errorOf(slipFit, index);
    if (error > WORST_KNOWN * TOLERANCE) return [];
    return [{ above: node.parent.meter.id, below: meter.id, least: slip - error, greatest: slip + error }];
  });
}
