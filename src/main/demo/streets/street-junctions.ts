/**
 * Scatters the junctions of a city: a patchwork of districts, each a slightly crooked grid with a turn and a block
 * size of its own, with parks left out, as grown cities look from above. Invariant: no two junctions lie closer
 * than about half a block.
 */
import type { Random } from '../seeded-random.ts';

export type Junctions = { readonly x: readonly number[]; readonly y: readonly number[] };

type District = { x: number; y: number; angle: number; spacingM: number };
type Park = { x: number; y: number; radiusM: number };

export function scatterJunctions(random: Random, radiusM: number, blockM: number): Junctions {
  const districts = placeDistricts(random, radiusM, blockM);
  const parks = placeParks(random, radiusM);
  const edge = wavyEdge(random, radiusM);
  const kept = createSparsePoints(blockM);
  for (const district of districts) {
    const steps = Math.ceil((radiusM * 2.2) / district.spacingM);
    const cos = Math.cos(district.angle);
    const sin = Math.sin(district.angle);
    for (let row = -steps; row <= steps; row++) {
      for (let column = -steps; column <= steps; column++) {
        const u = (column + random.between(-0.13, 0.13)) * district.spacingM;
        const v = (row + random.between(-0.13, 0.13)) * district.spacingM;
        const x = district.x + u * cos - v * sin;
        const y = district.y + u * sin + v * cos;
        if (Math.hypot(x, y) > edge(Math.atan2(y, x))) continue;
        if (nearestDistrict(districts, x, y) !== district) continue;
        if (parks.some((park) => Math.hypot(x - park.x, y - park.y) < park.radiusM)) continue;
        kept.add(x, y, district.spacingM * 0.58);
      }
    }
  }
  return kept;
}

function placeDistricts(random: Random, radiusM: number, blockM: number): District[] {
  const count = Math.max(7, Math.round((radiusM / 1900) ** 2));
  const districts: District[] = [{ x: 0, y: 0, angle: random.between(0, 1.5), spacingM: blockM * 0.8 }];
  while (districts.length < count) {
    const away = Math.sqrt(random.next()) * radiusM;
    const bearing = random.between(0, Math.PI * 2);
    districts.push({
      x: away * Math.cos(bearing),
      y: away * Math.sin(bearing),
      angle: random.between(0, Math.PI / 2),
      spacingM: blockM * random.between(0.85, 1.2) * (1 + (0.25 * away) / radiusM),
    });
  }
  return districts;
}

function placeParks(random: Random, radiusM: number): Park[] {
  return Array.from({ length: Math.round(radiusM / 900) }, () => {
    const away = random.between(0.18, 0.95) * radiusM;
    const bearing = random.between(0, Math.PI * 2);
    return { x: away * Math.cos(bearing), y: away * Math.sin(bearing), radiusM: random.between(280, 780) };
  });
}

function wavyEdge(random: Random, radiusM: number): (bearing: number) => number {
  const a = random.between(0, 6.28);
  const b = random.between(0, 6.28);
  return (bearing) => radiusM * (0.9 + 0.06 * Math.sin(3 * bearing + a) + 0.04 * Math.sin(5 * bearing + b));
}

function nearestDistrict(districts: readonly District[], x: number, y: number): District | undefined {
  let nearest: District | undefined;
  let least = Infinity;
  for (const district of districts) {
    const apart = (district.x - x) ** 2 + (district.y - y) ** 2;
    if (apart < least) {
      least = apart;
      nearest = district;
    }
  }
  return nearest;
}

function createSparsePoints(cellM: number): Junctions & { add: (x: number, y: number, apartM: number) => void } {
  const xs: number[] = [];
  const ys: number[] = [];
  const cells = new Map<string, number[]>();
  const add = (x: number, y: number, apartM: number): void => {
    const column = Math.floor(x / cellM);
    const row = Math.floor(y / cellM);
    for (let i = column - 1; i <= column + 1; i++) {
      for (let j = row - 1; j <= row + 1; j++) {
        for (const other of cells.get(`${i},${j}`) ?? []) {
          if (Math.hypot((xs[other] ?? 0) - x, (ys[other] ?? 0) - y) < apartM) return;
        }
      }
    }
    const key = `${column},${row}`;
    const cell = cells.get(key);
    if (cell) cell.push(xs.length);
    else cells.set(key, [xs.length]);
    xs.push(x);
    ys.push(y);
  };
  return { x: xs, y: ys, add };
}
