/**
 * Sends as much of what waits as the nodes may pay, along shortest ways first (Dinic's algorithm). Only nodes of one part are
 * walked: what crosses to another part stays as it is.
 */
import type { FlowNetwork } from './flow-network.ts';

/** Room to work in, made once for a network. */
export type Scratch = {
  readonly distance: Int32Array;
  readonly nextArc: Int32Array;
  readonly queue: Int32Array;
  readonly path: Int32Array;
};

/** The nodes `order[from]` until `order[to]`, which are those whose `partOf` is `id`. */
export type Part = {
  readonly order: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly partOf: Int32Array;
  readonly id: number;
};

export function createScratch(network: FlowNetwork): Scratch {
  const { nodes } = network;
  return {
    distance: new Int32Array(nodes),
    nextArc: new Int32Array(nodes),
    queue: new Int32Array(nodes),
    path: new Int32Array(nodes),
  };
}

/** `mayPay`: for each node, how much it may pay in all. */
export function sendWaiting(network: FlowNetwork, part: Part, mayPay: Float64Array, scratch: Scratch): void {
  const { order, from, to } = part;
  const { waiting } = network;
  while (measureWays(network, part, mayPay, scratch)) {
    for (let at = from; at < to; at++) {
      const node = order[at]!;
      while (waiting[node]! > 0 && scratch.distance[node]! >= 0) if (!sendFrom(network, node, mayPay, scratch)) break;
    }
  }
}

/** How many arcs lie between each node and one that may pay more; false when nothing that waits has a way. */
function measureWays(network: FlowNetwork, part: Part, mayPay: Float64Array, scratch: Scratch): boolean {
  const { firstArc, head, twin, room, waiting, paid } = network;
  const { distance, nextArc, queue } = scratch;
  const { order, partOf, id } = part;
  let end = 0;
  let hasWay = false;
  let asks = 0;
  for (let at = part.from; at < part.to; at++) if (waiting[order[at]!]! > 0) asks += 1;
  if (asks === 0) return false;
  for (let at = part.from; at < part.to; at++) {
    const node = order[at]!;
    nextArc[node] = firstArc[node]!;
    distance[node] = -1;
    if (paid[node]! < mayPay[node]!) {
      distance[node] = 0;
      queue[end++] = node;
    }
  }
  for (let at = 0; at < end; at++) {
    const node = queue[at]!;
    if (waiting[node]! > 0) {
      hasWay = true;
      if (--asks === 0) break;
    }
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) {
      const other = head[arc]!;
      if (partOf[other] !== id || distance[other]! >= 0 || room[twin[arc]!]! <= 0) continue;
      distance[other] = distance[node]! + 1;
      queue[end++] = other;
    }
  }
  return hasWay;
}

/** One way from the node, as much as it takes; false when there is none of the measured length. */
function sendFrom(network: FlowNetwork, start: number, mayPay: Float64Array, scratch: Scratch): boolean {
  const { firstArc, head, twin, room, waiting, paid } = network;
  const { distance, nextArc, path } = scratch;
  let length = 0;
  let node = start;
  for (;;) {
    if (distance[node] === 0 && paid[node]! < mayPay[node]!) break;
    let arc = nextArc[node]!;
    const end = firstArc[node + 1]!;
    while (arc < end && !(room[arc]! > 0 && distance[head[arc]!] === distance[node]! - 1 && distance[node]! > 0)) arc++;
    nextArc[node] = arc;
    if (arc < end) {
      path[length++] = arc;
      node = head[arc]!;
      continue;
    }
    distance[node] = -1;
    if (length === 0) return false;
    length -= 1;
    node = head[twin[path[length]!]!]!;
  }
  let amount = Math.min(waiting[start]!, mayPay[node]! - paid[node]!);
  for (let at = 0; at < length; at++) amount = Math.min(amount, room[path[at]!]!);
  for (let at = 0; at < length; at++) {
    const arc = path[at]!;
    room[arc] = room[arc]! - amount;
    room[twin[arc]!] = room[twin[arc]!]! + amount;
  }
  waiting[start] = waiting[start]! - amount;
  paid[node] = paid[node]! + amount;
  return true;
}

/**
 * After all was sent that can be: puts the nodes from which no way leads to one that may pay more at the end of the part, and
 * answers where they begin. What still waits is among them, and they pay all they may.
 */
export function splitFull(network: FlowNetwork, part: Part, { distance, queue }: Scratch): number {
  const { order, from, to } = part;
  let isAllPaid = true;
  for (let at = from; at < to; at++) isAllPaid &&= network.waiting[order[at]!] === 0;
  if (isAllPaid) return to;
  let kept = from;
  let full = 0;
  for (let at = from; at < to; at++) {
    const node = order[at]!;
    if (distance[node]! >= 0) order[kept++] = node;
    else queue[full++] = node;
  }
  for (let at = 0; at < full; at++) order[kept + at] = queue[at]!;
  return kept;
}

/** All nodes to which something at `starts` could be moved. */
export function reachedFrom(network: FlowNetwork, starts: readonly number[]): ReadonlySet<number> {
  const { firstArc, head, room } = network;
  const reached = new Set(starts);
  for (const node of reached)
    for (let arc = firstArc[node]!; arc < firstArc[node + 1]!; arc++) if (room[arc]! > 0) reached.add(head[arc]!);
  return reached;
}
