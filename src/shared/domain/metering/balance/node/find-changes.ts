/**
 * A meter that from some day on, or for some days, counts another share than before; or a load that no meter sees and that is
 * there for some days only. Every meter and every run of days is tried; what explains most of what is left over is taken, if
 * it is beyond chance and beyond its class, and named if nothing else explains it nearly as well.
 */
import type { BalanceSettings } from '../balance.ts';
import type { NodeSeries, Stretch } from '../error-budget.ts';
import { dot, errorOf, productsOf } from './least-squares.ts';
import { LOAD, modelNode, withChange, type Change, type NodeModel } from './node-model.ts';
import type { MeterSeries } from '../meter-series.ts';
import { sayEnergy, sayShare, type Suspicion } from './suspicion.ts';

const SLOTS_A_BLOCK = 96;
/** Times the noise of one row that the sum of squares must fall by: chance with a month of rows stays far below. */
const BEYOND_CHANCE = 60;
/** And what it must fall by more than with the next best explanation, for the best to be named: e to the 15th in likelihood. */
const BEYOND_RIVAL = 30;
const MOST_CHANGES = 3;
const MOST_TRIED = 4;
/** What a run of days must explain more than another to be taken in its place. */
const CLEARLY_MORE = 1.01;
/** Less is no matter: a waiting charger’s few watts, told in steps. */
const LEAST_CHANGE_WH = 2_000;

type Candidate = { readonly of: string; readonly stretch: Stretch; readonly fall: number };

/** @returns the model with the changes in it */
export function findChanges(
  node: NodeSeries,
  settings: BalanceSettings,
  without: readonly Stretch[],
  leastLoadWh: number,
): { readonly model: NodeModel | undefined; readonly suspicions: readonly Suspicion[] } {
  const suspicions: Suspicion[] = [];
  let model = modelNode(node, settings, without);
  while (model !== undefined && suspicions.length < MOST_CHANGES) {
    const candidates = [...bestOfEach(model).values()].sort((a, b) => b.fall - a.fall);
    const taken = takeFirst(model, candidates.slice(0, MOST_TRIED), settings, leastLoadWh);
    if (taken === undefined) break;
    const { noise } = taken.model.fit;
    const rivals = candidates.filter(({ fall }) => taken.fall - fall < BEYOND_RIVAL * noise).map(({ of }) => of);
    suspicions.push({ ...taken.suspicion, suspects: rivals.filter((of) => of !== LOAD) });
    model = taken.model;
  }
  return { model, suspicions };
}

/** The one that explains most of those that are more than chance and more than a class. */
function takeFirst(model: NodeModel, candidates: readonly Candidate[], settings: BalanceSettings, leastLoadWh: number) {
  for (const { of, stretch, fall } of candidates) {
    const changed = withChange(model, { of, stretch });
    if (fall < BEYOND_CHANCE * changed.fit.noise) return undefined;
    const suspicion = judgeChange(changed, settings, leastLoadWh);
    if (suspicion !== undefined) return { model: changed, suspicion, fall };
  }
  return undefined;
}

/** Of each meter, and of the load, the run of days that explains most. */
function bestOfEach(model: NodeModel): Map<string, Candidate> {
  const { node, slots, columns, fit } = model;
  const blocks = blocksOf(slots);
  const bases = node.children.length + 1;
  const best = new Map<string, Candidate>();
  const products = sumsUpTo(blocks.map(({ first, end }) => productsOf(columns, first, end)));
  const withLeft = sumsUpTo(
    blocks.map(({ first, end }) => [columns.slice(0, bases).map((column) => dot(column, fit.left, first, end))]),
  );
  const children = node.children.map((_, place) => place + 1);
  const ids = [LOAD, ...node.children.map(({ meter }) => meter.id), node.parent.meter.id];
  for (const [from, to] of windowsOf(blocks.length)) {
    const between = (sums: readonly number[][][], i: number, j: number): number =>
      (sums[to]?.[i]?.[j] ?? 0) - (sums[from]?.[i]?.[j] ?? 0);
    const stretch = { first: blocks[from]?.firstSlot ?? 0, end: (blocks[to - 1]?.lastSlot ?? 0) + 1 };
    for (const [index, of] of ids.entries()) {
      const parts = index < bases ? [index] : children;
      let left = 0;
      let square = 0;
      for (const part of parts) {
        left += between(withLeft, 0, part);
        for (const other of parts) square += between(products, part, other);
      }
      const known = best.get(of)?.fall ?? 0;
      // What the other columns cannot follow of it is at most all of it, and mostly a good part.
      if (square <= 0 || (left * left) / square < Math.max(known, BEYOND_CHANCE * fit.noise) / 20) continue;
      const along = columns.map((_, k) => parts.reduce((sum, part) => sum + between(products, part, k), 0));
      const free = square - quadratic(fit.inverse, along);
      const fall = free > 1e-6 * square ? (left * left) / free : 0;
      if (fall > known * CLEARLY_MORE) best.set(of, { of, stretch, fall });
    }
  }
  return best;
}

/**
 * All runs of days but those from the first day on, which the others are compared with. Those that last until the end come
 * first: days on which nothing flows make no difference, and a fault that goes on is the plainer story.
 */
function windowsOf(blocks: number): [from: number, to: number][] {
  const starts = Array.from({ length: Math.max(0, blocks - 1) }, (_, index) => index + 1);
  const ended = starts.flatMap((from) => starts.filter((to) => to > from).map((to): [number, number] => [from, to]));
  return [...starts.map((from): [number, number] => [from, blocks]), ...ended];
}

/** Days are counted from the first slot. */
function blocksOf(slots: Int32Array) {
  const blocks: { first: number; end: number; firstSlot: number; lastSlot: number }[] = [];
  for (const [row, slot] of slots.entries()) {
    const firstSlot = Math.floor(slot / SLOTS_A_BLOCK) * SLOTS_A_BLOCK;
    const last = blocks.at(-1);
    if (last?.firstSlot === firstSlot) last.end = row + 1;
    else blocks.push({ first: row, end: row + 1, firstSlot, lastSlot: firstSlot + SLOTS_A_BLOCK - 1 });
  }
  return blocks;
}

function sumsUpTo(matrices: readonly number[][][]): number[][][] {
  const [first] = matrices;
  const sums = [(first ?? []).map((row) => row.map(() => 0))];
  for (const matrix of matrices)
    sums.push(matrix.map((row, i) => row.map((value, j) => value + (sums.at(-1)?.[i]?.[j] ?? 0))));
  return sums;
}

function quadratic(matrix: readonly (readonly number[])[], vector: readonly number[]): number {
  let sum = 0;
  for (const [i, row] of matrix.entries()) {
    const one = vector[i] ?? 0;
    if (one === 0) continue;
    for (let j = 0; j < row.length; j++) sum += one * (row[j] ?? 0) * (vector[j] ?? 0);
  }
  return sum;
}

/** The newest change of the model, if it is more than a class or a lost cable explains. */
function judgeChange(model: NodeModel, settings: BalanceSettings, leastLoadWh: number): Suspicion | undefined {
  const { node, fit, changes, columns } = model;
  const change = changes.at(-1);
  const index = columns.length - 1;
  const coefficient = fit.coefficients[index] ?? 0;
  if (change === undefined) return undefined;
  const surely = Math.abs(coefficient) - 4 * errorOf(fit, index);
  const energyWh = Math.abs(coefficient) * (columns[index]?.reduce((sumWh, wh) => sumWh + Math.abs(wh), 0) ?? 0);
  const shared = { node, stretch: change.stretch, energyWh, suspects: [] };
  if (change.of === LOAD)
    return surely <= leastLoadWh
      ? undefined
      : {
          ...shared,
          kind: coefficient > 0 ? 'load' : 'excess',
          factor: 1,
          evidence: [
            `On these days ${sayEnergy(coefficient)} a quarter hour ${coefficient > 0 ? 'more' : 'less'} are missing under ${node.parent.meter.name} than on others, whatever its meters count.`,
          ],
        };
  const series = seriesOf(node, change);
  const loss = settings.lossShare * settings.lossUncertainty;
  if (series === undefined || surely <= series.classShare + loss || energyWh < LEAST_CHANGE_WH) return undefined;
  const before = shareBefore(model, change);
  const factor = series === node.parent ? (before + coefficient) / before : before / (before + coefficient);
  return {
    ...shared,
    kind: 'change',
    factor,
    evidence: [
      `It counts ${sayShare(1 - factor)} ${factor < 1 ? 'less' : 'more'} there than at other times, known to ${sayShare(4 * errorOf(fit, index))}; its class allows ${sayShare(series.classShare)}.`,
    ],
  };
}

function seriesOf(node: NodeSeries, { of }: Change): MeterSeries | undefined {
  return [node.parent, ...node.children].find(({ meter }) => meter.id === of);
}

function shareBefore({ node, fit }: NodeModel, { of }: Change): number {
  const place = node.children.findIndex(({ meter }) => meter.id === of);
  return place < 0 ? 1 : 1 + (fit.coefficients[place + 1] ?? 0);
}
