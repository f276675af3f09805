import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPathTree, findShortestPath } from '../../../../../src/main/demo/streets/shortest-path.ts';
import { FASTEST_KMH, generateStreetNetwork } from '../../../../../src/main/demo/streets/street-network.ts';
import { tracePolylines } from '../../../../../src/main/demo/streets/street-polylines.ts';

const options = { seed: 7, city: 'BLR', centre: [12.97, 77.59], radiusM: 7000 } as const;
const network = generateStreetNetwork(options);

describe('a generated city', () => {
  it('is the same for the same seed and another for another', () => {
    expect(generateStreetNetwork(options).x).toEqual(network.x);
    expect(generateStreetNetwork({ ...options, seed: 8 }).x).not.toEqual(network.x);
  });

  it('is connected for any seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), (seed) => {
        const city = generateStreetNetwork({ ...options, seed });
        const { cost } = buildPathTree(city, 0, city.driveS);
        expect(cost.every((each) => Number.isFinite(each))).toBe(true);
        expect(city.nodeCount).toBeGreaterThan(500);
      }),
      { numRuns: 8 },
    );
  });

  it('finds the same cost from place to place and by the whole tree', () => {
    const node = fc.integer({ min: 0, max: network.nodeCount - 1 });
    fc.assert(
      fc.property(node, node, (from, to) => {
        const path = findShortestPath(network, from, to, network.driveS, 3.6 / FASTEST_KMH);
        const tree = buildPathTree(network, to, network.driveS);
        expect(path.cost).toBeCloseTo(tree.cost[from] ?? -1, 6);
        expect(path.nodes[0]).toBe(from);
        expect(path.nodes.at(-1)).toBe(to);
      }),
      { numRuns: 40 },
    );
  });

  it('is drawn with every edge exactly once', () => {
    const drawn = tracePolylines(network).reduce((total, line) => total + line.points.length - 1, 0);
    expect(drawn).toBe(network.edgeCount);
  });
});
