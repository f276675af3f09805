/**
 * A depot's city as the fleet uses it: a few dozen places to go to and the routes between them. Invariant: routes are
 * computed once for a pair of places and shared by every vehicle, which is what makes 10 000 of them affordable.
 */
import { DEMO_DEPOTS } from '../demo-depots.ts';
import { buildRoute, travelS, type Route, type RouteLine } from './route-motion.ts';
import { hashUnit, randomFor } from '../seeded-random.ts';
import { buildPathTree, followPathTree, type PathTree } from './shortest-path.ts';
import { generateStreetNetwork, nearestNode, type StreetNetwork } from './street-network.ts';

/** A place where vehicles stand; `x` and `y` may lie a little off the junction `node`. */
export type Place = { readonly poi: number; readonly x: number; readonly y: number };

export type CityMap = {
  readonly network: StreetNetwork;
  readonly radiusM: number;
  /** Junction of each point of interest; 0 is the gate of the depot, then the public charging sites, then stops. */
  readonly poiNodes: readonly number[];
  readonly publicSites: number;
  readonly busLines: readonly (readonly [terminalA: number, terminalB: number])[];
  readonly atNode: (poi: number) => Place;
  readonly routeBetween: (from: number, to: number, asBus: boolean) => Route | null;
  /** A straight walk-pace drive between two spots beside the same junction. */
  readonly shuntBetween: (from: Place, to: Place) => Route | null;
  readonly poisNear: (poi: number, leastM: number, mostM: number) => readonly number[];
};

const STOPS = 46;
const LIGHT_SHARE = 0.16;
/** Metres a second across a yard. */
const SHUNT_MS = 3.2;

/** Seconds a drive of so many metres between two spots of one place takes. */
export function shuntS(metres: number): number {
  return metres < 0.5 ? 0 : travelS(metres, SHUNT_MS);
}

export function createCityMap(seed: number, depot: number, fleetSize: number): CityMap {
  const town = DEMO_DEPOTS[depot] ?? DEMO_DEPOTS[0];
  const radiusM = fleetSize <= 500 ? 7000 : fleetSize <= 3000 ? 9000 : 12_000;
  const network = generateStreetNetwork({ seed, city: town.code, centre: town.centre, radiusM });
  const publicSites = town.quarters.length;
  const poiNodes = choosePois(seed, depot, network, radiusM, publicSites + STOPS);
  const trees = new Map<number, PathTree>();
  const routes = new Map<number, Route | null>();
  const treeTo = (poi: number): PathTree => {
    let tree = trees.get(poi);
    if (!tree) {
      tree = buildPathTree(network, poiNodes[poi] ?? 0, network.driveS);
      trees.set(poi, tree);
    }
    return tree;
  };
  const routeBetween = (from: number, to: number, asBus: boolean): Route | null => {
    if (from === to) return null;
    const key = (from * 1000 + to) * 2 + (asBus ? 1 : 0);
    let route = routes.get(key);
    if (route === undefined) {
      const path = followPathTree(treeTo(to), poiNodes[from] ?? 0);
      route =
        path.edges.length === 0
          ? null
          : buildRoute(drawLine(seed, network, path.nodes, path.edges, asBus), network.plane);
      routes.set(key, route);
    }
    return route;
  };
  const places = poiNodes.map((node, poi): Place => ({ poi, x: network.x[node] ?? 0, y: network.y[node] ?? 0 }));
  const atNode = (poi: number): Place => places[poi] ?? { poi, x: 0, y: 0 };
  const apart = (a: number, b: number): number => Math.hypot(atNode(a).x - atNode(b).x, atNode(a).y - atNode(b).y);
  const near = new Map<string, number[]>();
  const poisNear = (poi: number, leastM: number, mostM: number): number[] => {
    const key = `${poi},${leastM},${mostM}`;
    const known = near.get(key);
    if (known) return known;
    const found = poiNodes
      .map((_, other) => other)
      .filter((other) => {
        const away = apart(poi, other);
        return other > 0 && other !== poi && away >= leastM && away <= mostM;
      });
    near.set(key, found);
    return found;
  };
  return {
    network,
    radiusM,
    poiNodes,
    publicSites,
    busLines: chooseBusLines(seed, depot, poiNodes.length, publicSites, apart),
    atNode,
    routeBetween,
    shuntBetween: (from, to) => shunt(from, to, network),
    poisNear,
  };
}

function shunt(from: Place, to: Place, network: StreetNetwork): Route | null {
  if (Math.hypot(from.x - to.x, from.y - to.y) < 0.5) return null;
  const line = { x: [from.x, to.x], y: [from.y, to.y], limit: [SHUNT_MS, SHUNT_MS], stopS: [0, 0] };
  return buildRoute(line, network.plane);
}

function choosePois(seed: number, depot: number, network: StreetNetwork, radiusM: number, wanted: number): number[] {
  const town = DEMO_DEPOTS[depot] ?? DEMO_DEPOTS[0];
  const random = randomFor(seed, 'pois', depot);
  const nodes = [nearestNode(network, town.yard[0] * radiusM, town.yard[1] * radiusM)];
  const apartM = radiusM * 0.11;
  for (let attempt = 0; nodes.length <= wanted; attempt++) {
    const node = random.integer(0, network.nodeCount - 1);
    const crowded = nodes.some(
      (other) =>
        Math.hypot((network.x[other] ?? 0) - (network.x[node] ?? 0), (network.y[other] ?? 0) - (network.y[node] ?? 0)) <
          apartM && attempt < 4000,
    );
    if (!crowded && !nodes.includes(node)) nodes.push(node);
  }
  return nodes;
}

function chooseBusLines(
  seed: number,
  depot: number,
  pois: number,
  publicSites: number,
  apart: (a: number, b: number) => number,
): [number, number][] {
  const random = randomFor(seed, 'bus-lines', depot);
  const lines: [number, number][] = [];
  for (let attempt = 0; lines.length < 18 && attempt < 5000; attempt++) {
    const a = random.integer(publicSites + 1, pois - 1);
    const b = random.integer(publicSites + 1, pois - 1);
    if (a === b || apart(a, b) < 4500 || apart(a, b) > 10_500) continue;
    lines.push([a, b]);
  }
  return lines.length > 0 ? lines : [[1, 2]];
}

function drawLine(
  seed: number,
  network: StreetNetwork,
  nodes: readonly number[],
  edges: readonly number[],
  asBus: boolean,
): RouteLine {
  const line = { x: [] as number[], y: [] as number[], limit: [] as number[], stopS: [] as number[] };
  let sinceStopM = 0;
  nodes.forEach((node, index) => {
    const edge = edges[index];
    line.x.push(network.x[node] ?? 0);
    line.y.push(network.y[node] ?? 0);
    line.limit.push(edge === undefined ? 0 : ((network.speedKmh[edge] ?? 30) / 3.6) * (asBus ? 0.9 : 1));
    const degree = (network.adjacencyStart[node + 1] ?? 0) - (network.adjacencyStart[node] ?? 0);
    const light = degree >= 4 && hashUnit(seed, 'light', node, edge ?? 0) < LIGHT_SHARE;
    const busStop = asBus && sinceStopM > 560;
    if (busStop) sinceStopM = 0;
    line.stopS.push(
      busStop ? 12 + 14 * hashUnit(seed, 'stop', node) : light ? 6 + 26 * hashUnit(seed, 'red', node) : 0,
    );
    sinceStopM += edge === undefined ? 0 : (network.lengthM[edge] ?? 0);
  });
  return line;
}
