/**
 * The street network as few long polylines for the map layer. Invariant: every edge is drawn exactly once.
 * Edges of one class are chained straight ahead, since thousands of two-point lines are slow to draw.
 */
import type { StreetNetwork } from './street-network.ts';

export type StreetPolyline = {
  readonly class: 'arterial' | 'street';
  readonly points: readonly (readonly [latitude: number, longitude: number])[];
};

const STRAIGHT_ENOUGH = Math.cos((50 * Math.PI) / 180);

export function tracePolylines(network: StreetNetwork): StreetPolyline[] {
  const drawn = new Uint8Array(network.edgeCount);
  const lines: StreetPolyline[] = [];
  for (let edge = 0; edge < network.edgeCount; edge++) {
    if (drawn[edge] === 1) continue;
    drawn[edge] = 1;
    const a = network.edgeFrom[edge] ?? 0;
    const b = network.edgeTo[edge] ?? 0;
    const nodes = [...extend(network, drawn, b, a, edge).reverse(), a, b, ...extend(network, drawn, a, b, edge)];
    lines.push({
      class: network.arterial[edge] === 1 ? 'arterial' : 'street',
      points: nodes.map((node) => [
        round(network.plane.latitudeOf(network.y[node] ?? 0)),
        round(network.plane.longitudeOf(network.x[node] ?? 0)),
      ]),
    });
  }
  return lines;
}

function extend(network: StreetNetwork, drawn: Uint8Array, behind: number, from: number, along: number): number[] {
  const nodes: number[] = [];
  let previous = behind;
  let node = from;
  for (;;) {
    const best = straightest(network, drawn, previous, node, along);
    if (best < 0) return nodes;
    const edge = network.adjacencyEdge[best] ?? 0;
    drawn[edge] = 1;
    previous = node;
    node = network.adjacencyNode[best] ?? 0;
    nodes.push(node);
  }
}

function straightest(network: StreetNetwork, drawn: Uint8Array, previous: number, node: number, along: number): number {
  const dx = (network.x[node] ?? 0) - (network.x[previous] ?? 0);
  const dy = (network.y[node] ?? 0) - (network.y[previous] ?? 0);
  let best = -1;
  let bestCos = STRAIGHT_ENOUGH;
  const end = network.adjacencyStart[node + 1] ?? 0;
  for (let entry = network.adjacencyStart[node] ?? 0; entry < end; entry++) {
    const edge = network.adjacencyEdge[entry] ?? 0;
    if (drawn[edge] === 1 || network.arterial[edge] !== network.arterial[along]) continue;
    const other = network.adjacencyNode[entry] ?? 0;
    const ex = (network.x[other] ?? 0) - (network.x[node] ?? 0);
    const ey = (network.y[other] ?? 0) - (network.y[node] ?? 0);
    const cos = (dx * ex + dy * ey) / (Math.hypot(dx, dy) * Math.hypot(ex, ey));
    if (cos > bestCos) {
      bestCos = cos;
      best = entry;
    }
  }
  return best;
}

function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
