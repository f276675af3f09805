/**
 * The residual of a node as a constant load and a share of each outgoing meter's energy: residual = load + sum of share x outgoing,
 * fitted over the quarter hours in which all was measured. A meter right by its class has a share near zero. A class error is
 * steady, so a month tells shares to the thousandth, far finer than the sum of all class errors does.
 */
import type { BalanceSettings } from '../balance.ts';
import type { NodeSeries, Stretch } from '../error-budget.ts';
import { errorOf, fitColumns, type Fit } from './least-squares.ts';

/** A meter's id, the parent's for all outgoing ones together, or the load that no meter sees. */
export const LOAD = 'load';

/** From some slot on, until another, one thing counts differently. */
export type Change = { readonly of: string; readonly stretch: Stretch };

export type NodeModel = {
  readonly node: NodeSeries;
  /** The slot of each fitted row. */
  readonly slots: Int32Array;
  /** The residual of each row. */
  readonly target: Float64Array;
  /** `LOAD`, then each child by its place, then changes. */
  readonly columns: readonly Float64Array[];
  readonly changes: readonly Change[];
  readonly fit: Fit;
};

/** Nearly a day: less says nothing of what is steady. */
export const LEAST_ROWS = 90;
/** A few for every unknown. */
const ROWS_PER_COLUMN = 3;
/** Standard errors beyond which nothing is left to chance. */
export const SURE = 6;
/** A share that is known to no better says nothing; so it is with a meter through which hardly anything flows. */
const WORST_KNOWN = 0.1;

/** Undefined where there is too little data to say anything. */
export function modelNode(
  node: NodeSeries,
  settings: BalanceSettings,
  without: readonly Stretch[],
  leastRows = LEAST_ROWS,
): NodeModel | undefined {
  const slots = measuredSlots(node, without);
  if (slots.length < Math.max(leastRows, ROWS_PER_COLUMN * (node.children.length + 1))) return undefined;
  const columns = [new Float64Array(slots.length).fill(1), ...node.children.map(({ netWh }) => pick(netWh, slots))];
  const target = pick(node.parent.netWh, slots);
  for (let row = 0; row < target.length; row++) {
    const inWh = target[row] ?? 0;
    target[row] = inWh - settings.lossShare * Math.abs(inWh);
  }
  for (const column of columns.slice(1))
    for (let row = 0; row < target.length; row++) target[row] = (target[row] ?? 0) - (column[row] ?? 0);
  return { node, slots, target, columns, changes: [], fit: fitColumns(columns, target) };
}

/** The same with one more thing that changes. */
export function withChange(model: NodeModel, change: Change): NodeModel {
  const columns = [...model.columns, changedColumn(model, change)];
  return { ...model, columns, changes: [...model.changes, change], fit: fitColumns(columns, model.target) };
}

/** How well a child's share is known; undefined where that is too badly to say anything. */
export function errorOfShare({ fit }: NodeModel, place: number): number | undefined {
  const error = SURE * errorOf(fit, place + 1);
  return error > WORST_KNOWN ? undefined : error;
}

/** What is off in a slot for sure, whatever else happens in it. */
export function expectedResidualWh(model: NodeModel, slot: number): number {
  const { node, fit } = model;
  const loadWh = fit.coefficients[0] ?? 0;
  const sureLoadWh = Math.abs(loadWh) > SURE * errorOf(fit, 0) ? loadWh : 0;
  return node.children.reduce((sumWh, { netWh }, place) => {
    const share = errorOfShare(model, place) === undefined ? 0 : (fit.coefficients[place + 1] ?? 0);
    return sumWh + share * (netWh[slot] ?? 0);
  }, sureLoadWh);
}

/** The column of what changes, over its time; a parent's is the sum of its children's. */
function changedColumn({ node, columns, slots }: NodeModel, { of, stretch }: Change): Float64Array {
  const place = of === LOAD ? 0 : node.children.findIndex(({ meter }) => meter.id === of) + 1;
  const isParent = of !== LOAD && place === 0;
  const parts = isParent ? columns.slice(1, node.children.length + 1) : columns.slice(place, place + 1);
  const changed = new Float64Array(slots.length);
  for (let row = 0; row < slots.length; row++) {
    const slot = slots[row] ?? -1;
    if (slot < stretch.first || slot >= stretch.end) continue;
    for (const part of parts) changed[row] = (changed[row] ?? 0) + (part[row] ?? 0);
  }
  return changed;
}

function measuredSlots(node: NodeSeries, without: readonly Stretch[]): Int32Array {
  const all = [node.parent, ...node.children];
  const isLeftOut = new Uint8Array(node.parent.netWh.length);
  for (const { first, end } of without) isLeftOut.fill(1, first, end);
  for (const { isMeasured } of all)
    for (let slot = 0; slot < isLeftOut.length; slot++) if (isMeasured[slot] === 0) isLeftOut[slot] = 1;
  const slots = new Int32Array(isLeftOut.reduce((count, left) => count + 1 - left, 0));
  let row = 0;
  for (let slot = 0; slot < isLeftOut.length; slot++) if (isLeftOut[slot] === 0) slots[row++] = slot;
  return slots;
}

function pick(values: Float64Array, slots: Int32Array): Float64Array {
  const picked = new Float64Array(slots.length);
  for (let row = 0; row < slots.length; row++) picked[row] = values[slots[row] ?? 0] ?? 0;
  return picked;
}
