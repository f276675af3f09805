/**
 * A generated city: junctions, streets and arterials. Nothing here is a real street; the console labels the layer as
 * generated. Invariant: connected, and a pure function of seed, city and radius.
 */
import { createLocalPlane, type LocalPlane } from './local-plane.ts';
import { randomFor } from '../seeded-random.ts';
import { findShortestPath, type StreetGraph } from './shortest-path.ts';
import { scatterJunctions } from './street-junctions.ts';
import { keepLargestPart, linkJunctions, type Links } from './street-links.ts';

export type StreetNetwork = StreetGraph & {
  readonly plane: LocalPlane;
  readonly edgeCount: number;
  readonly edgeFrom: Int32Array;
  readonly edgeTo: Int32Array;
  readonly lengthM: Float64Array;
  readonly speedKmh: Float64Array;
  /** 1 for an arterial, 0 for a street. */
  readonly arterial: Uint8Array;
  /** Seconds to drive the edge without stops; the cost for finding ways. */
  readonly driveS: Float64Array;
};

export type StreetNetworkOptions = {
  readonly seed: number;
  readonly city: string;
  readonly centre: readonly [latitude: number, longitude: number];
  readonly radiusM: number;
};

/** The fastest any vehicle of the demo drives; the bound for the search and for the tests of continuity. */
export const FASTEST_KMH = 62;
const BLOCK_M = 270;
const ARTERIAL_DISCOUNT = 0.5;

export function generateStreetNetwork(options: StreetNetworkOptions): StreetNetwork {
  const random = randomFor(options.seed, 'streets', options.city);
  const blockM = BLOCK_M * (options.radiusM > 8000 ? 1.15 : 1);
  const scattered = scatterJunctions(random, options.radiusM, blockM);
  const { junctions, links } = keepLargestPart(scattered, linkJunctions(random, scattered, blockM));
  const graph = buildGraph(junctions.x, junctions.y, links);
  const edgeCount = links.from.length;
  const edgeFrom = Int32Array.from(links.from);
  const edgeTo = Int32Array.from(links.to);
  const lengthM = new Float64Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge++) lengthM[edge] = apartM(graph, edgeFrom[edge] ?? 0, edgeTo[edge] ?? 0);
  const arterial = markArterials(graph, lengthM, options);
  const speedKmh = new Float64Array(edgeCount);
  const driveS = new Float64Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge++) {
    const speed = arterial[edge] === 1 ? random.between(48, FASTEST_KMH - 6) : random.between(26, 38);
    speedKmh[edge] = speed;
    driveS[edge] = (lengthM[edge] ?? 0) / (speed / 3.6);
  }
  const plane = createLocalPlane(options.centre[0], options.centre[1]);
  return { ...graph, plane, edgeCount, edgeFrom, edgeTo, lengthM, speedKmh, arterial, driveS };
}

/** The junction nearest to a place of the plane. */
export function nearestNode(graph: StreetGraph, x: number, y: number): number {
  let nearest = 0;
  let least = Infinity;
  for (let node = 0; node < graph.nodeCount; node++) {
    const apart = ((graph.x[node] ?? 0) - x) ** 2 + ((graph.y[node] ?? 0) - y) ** 2;
    if (apart < least) {
      least = apart;
      nearest = node;
    }
  }
  return nearest;
}

function buildGraph(xs: readonly number[], ys: readonly number[], links: Links): StreetGraph {
  const nodeCount = xs.length;
  const adjacencyStart = new Int32Array(nodeCount + 1);
  for (const ends of [links.from, links.to]) {
    for (const node of ends) adjacencyStart[node + 1] = (adjacencyStart[node + 1] ?? 0) + 1;
  }
  for (let node = 0; node < nodeCount; node++) {
    adjacencyStart[node + 1] = (adjacencyStart[node + 1] ?? 0) + (adjacencyStart[node] ?? 0);
  }
  const fill = adjacencyStart.slice();
  const adjacencyNode = new Int32Array(links.from.length * 2);
  const adjacencyEdge = new Int32Array(links.from.length * 2);
  const put = (node: number, other: number, edge: number): void => {
    const entry = fill[node] ?? 0;
    adjacencyNode[entry] = other;
    adjacencyEdge[entry] = edge;
    fill[node] = entry + 1;
  };
  links.from.forEach((a, edge) => {
    const b = links.to[edge] ?? 0;
    put(a, b, edge);
    put(b, a, edge);
  });
  return {
    nodeCount,
    x: Float64Array.from(xs),
    y: Float64Array.from(ys),
    adjacencyStart,
    adjacencyNode,
    adjacencyEdge,
  };
}

/**
 * Radials from the centre and two rings are laid as shortest ways along the streets. What is already an arterial costs
 * half, so roads join instead of running side by side.
 */
function markArterials(graph: StreetGraph, lengthM: Float64Array, options: StreetNetworkOptions): Uint8Array {
  const random = randomFor(options.seed, 'arterials', options.city);
  const arterial = new Uint8Array(lengthM.length);
  const cost = lengthM.slice();
  const lay = (from: number, to: number): void => {
    for (const edge of findShortestPath(graph, from, to, cost, ARTERIAL_DISCOUNT).edges) {
      arterial[edge] = 1;
      cost[edge] = (lengthM[edge] ?? 0) * ARTERIAL_DISCOUNT;
    }
  };
  const at = (awayM: number, bearing: number): number =>
    nearestNode(graph, awayM * Math.cos(bearing), awayM * Math.sin(bearing));
  const turn = random.between(0, Math.PI);
  for (const share of [0.3, 0.66]) {
    const points = Array.from({ length: 11 }, (_, index) =>
      at(options.radiusM * share * random.between(0.88, 1.12), turn + (index * 2 * Math.PI) / 11),
    );
    points.forEach((point, index) => lay(point, points[(index + 1) % points.length] ?? point));
  }
  const radials = 10;
  for (let index = 0; index < radials; index++) {
    const bearing = turn + ((index + random.between(-0.25, 0.25)) * 2 * Math.PI) / radials;
    lay(at(0, 0), at(options.radiusM * 0.97, bearing));
  }
  return arterial;
}

function apartM(graph: StreetGraph, a: number, b: number): number {
  return Math.hypot((graph.x[a] ?? 0) - (graph.x[b] ?? 0), (graph.y[a] ?? 0) - (graph.y[b] ?? 0));
}
