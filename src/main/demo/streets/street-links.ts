/**
 * Joins junctions into streets. Two junctions are joined when no third lies inside the circle over them (a Gabriel
 * graph, widened a little so that the diagonals of a block go away): grids stay grids, and districts meet each other
 * at odd angles as they do in old towns. Some links are left out; what is then cut off is dropped.
 */
import type { Random } from '../seeded-random.ts';
import type { Junctions } from './street-junctions.ts';

export type Links = { readonly from: readonly number[]; readonly to: readonly number[] };

export function linkJunctions(random: Random, junctions: Junctions, blockM: number): Links {
  const reachM = blockM * 2.6;
  const near = createNeighbourhood(junctions, reachM);
  const from: number[] = [];
  const to: number[] = [];
  for (let a = 0; a < junctions.x.length; a++) {
    const around = near(a);
    for (const b of around) {
      if (b <= a || !isClear(junctions, around, a, b)) continue;
      if (random.chance(0.07)) continue;
      from.push(a);
      to.push(b);
    }
  }
  return { from, to };
}

/** The junctions of the largest connected part, renumbered. */
export function keepLargestPart(junctions: Junctions, links: Links): { junctions: Junctions; links: Links } {
  const parent = Array.from(junctions.x, (_, index) => index);
  const rootOf = (start: number): number => {
    let node = start;
    while (parent[node] !== node) {
      const up = parent[node] ?? node;
      parent[node] = parent[up] ?? up;
      node = up;
    }
    return node;
  };
  links.from.forEach((a, index) => {
    parent[rootOf(a)] = rootOf(links.to[index] ?? a);
  });
  const sizes = new Map<number, number>();
  for (let node = 0; node < parent.length; node++) sizes.set(rootOf(node), (sizes.get(rootOf(node)) ?? 0) + 1);
  const largest = [...sizes].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [-1, 0])[0];
  const renumbered = new Int32Array(parent.length).fill(-1);
  const x: number[] = [];
  const y: number[] = [];
  for (let node = 0; node < parent.length; node++) {
    if (rootOf(node) !== largest) continue;
    renumbered[node] = x.length;
    x.push(junctions.x[node] ?? 0);
    y.push(junctions.y[node] ?? 0);
  }
  const from: number[] = [];
  const to: number[] = [];
  links.from.forEach((a, index) => {
    const newA = renumbered[a] ?? -1;
    const newB = renumbered[links.to[index] ?? 0] ?? -1;
    if (newA < 0 || newB < 0) return;
    from.push(newA);
    to.push(newB);
  });
  return { junctions: { x, y }, links: { from, to } };
}

function isClear(junctions: Junctions, around: readonly number[], a: number, b: number): boolean {
  const ax = junctions.x[a] ?? 0;
  const ay = junctions.y[a] ?? 0;
  const bx = junctions.x[b] ?? 0;
  const by = junctions.y[b] ?? 0;
  const radius2 = (((ax - bx) ** 2 + (ay - by) ** 2) / 4) * 1.17;
  const middleX = (ax + bx) / 2;
  const middleY = (ay + by) / 2;
  for (const c of around) {
    if (c === b) continue;
    if (((junctions.x[c] ?? 0) - middleX) ** 2 + ((junctions.y[c] ?? 0) - middleY) ** 2 < radius2) return false;
  }
  return true;
}

function createNeighbourhood(junctions: Junctions, reachM: number): (node: number) => number[] {
  const cells = new Map<string, number[]>();
  const cellOf = (node: number): [number, number] => [
    Math.floor((junctions.x[node] ?? 0) / reachM),
    Math.floor((junctions.y[node] ?? 0) / reachM),
  ];
  for (let node = 0; node < junctions.x.length; node++) {
    const key = cellOf(node).join(',');
    const cell = cells.get(key);
    if (cell) cell.push(node);
    else cells.set(key, [node]);
  }
  return (node) => {
    const [column, row] = cellOf(node);
    const found: number[] = [];
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) {
        for (const other of cells.get(`${i},${j}`) ?? []) {
          if (other === node) continue;
          const apart = Math.hypot(
            (junctions.x[other] ?? 0) - (junctions.x[node] ?? 0),
            (junctions.y[other] ?? 0) - (junctions.y[node] ?? 0),
          );
          if (apart < reachM) found.push(other);
        }
      }
    }
    return found;
  };
}
