/**
 * Shortest ways over a street network: A* between two junctions, and the whole tree to one junction, which is cheaper
 * when thousands of vehicles share a few dozen destinations. Invariant: both agree on the cost of a way.
 */
export type StreetGraph = {
  readonly nodeCount: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Neighbours of node n are entries adjacencyStart[n] to adjacencyStart[n + 1]. */
  readonly adjacencyStart: Int32Array;
  readonly adjacencyNode: Int32Array;
  readonly adjacencyEdge: Int32Array;
};

/** For every junction the next one on the way to `target`; -1 at the target and where there is no way. */
export type PathTree = { readonly nextNode: Int32Array; readonly nextEdge: Int32Array; readonly cost: Float64Array };

export type StreetPath = {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
  readonly cost: number;
};

export function buildPathTree(graph: StreetGraph, target: number, edgeCost: Float64Array): PathTree {
  return search(graph, target, edgeCost, -1, 0);
}

export function followPathTree(tree: PathTree, from: number): StreetPath {
  const nodes = [from];
  const edges: number[] = [];
  for (let node = from; (tree.nextNode[node] ?? -1) >= 0;) {
    edges.push(tree.nextEdge[node] ?? -1);
    node = tree.nextNode[node] ?? -1;
    nodes.push(node);
  }
  return { nodes, edges, cost: tree.cost[from] ?? Infinity };
}

/** `leastCostPerM` must not exceed the cost per metre of any edge, or the way found may not be the shortest. */
export function findShortestPath(
  graph: StreetGraph,
  from: number,
  to: number,
  edgeCost: Float64Array,
  leastCostPerM: number,
): StreetPath {
  return followPathTree(search(graph, to, edgeCost, from, leastCostPerM), from);
}

function search(
  graph: StreetGraph,
  source: number,
  edgeCost: Float64Array,
  goal: number,
  leastCostPerM: number,
): PathTree {
  const cost = new Float64Array(graph.nodeCount).fill(Infinity);
  const nextNode = new Int32Array(graph.nodeCount).fill(-1);
  const nextEdge = new Int32Array(graph.nodeCount).fill(-1);
  const done = new Uint8Array(graph.nodeCount);
  const aheadOf = (node: number): number =>
    goal < 0
      ? 0
      : leastCostPerM *
        Math.hypot((graph.x[node] ?? 0) - (graph.x[goal] ?? 0), (graph.y[node] ?? 0) - (graph.y[goal] ?? 0));
  const heap = createHeap();
  cost[source] = 0;
  heap.push(source, aheadOf(source));
  for (let node = heap.pop(); node >= 0; node = heap.pop()) {
    if (done[node] === 1) continue;
    done[node] = 1;
    if (node === goal) break;
    const end = graph.adjacencyStart[node + 1] ?? 0;
    for (let entry = graph.adjacencyStart[node] ?? 0; entry < end; entry++) {
      const other = graph.adjacencyNode[entry] ?? 0;
      const edge = graph.adjacencyEdge[entry] ?? 0;
      const through = (cost[node] ?? 0) + (edgeCost[edge] ?? 0);
      if (through >= (cost[other] ?? 0)) continue;
      cost[other] = through;
      nextNode[other] = node;
      nextEdge[other] = edge;
      heap.push(other, through + aheadOf(other));
    }
  }
  return { nextNode, nextEdge, cost };
}

function createHeap(): { push: (node: number, key: number) => void; pop: () => number } {
  const nodes: number[] = [];
  const keys: number[] = [];
  const swap = (a: number, b: number): void => {
    const node = nodes[a] ?? 0;
    const key = keys[a] ?? 0;
    nodes[a] = nodes[b] ?? 0;
    keys[a] = keys[b] ?? 0;
    nodes[b] = node;
    keys[b] = key;
  };
  const push = (node: number, key: number): void => {
    let at = nodes.push(node) - 1;
    keys.push(key);
    for (let up = (at - 1) >> 1; at > 0 && (keys[up] ?? 0) > (keys[at] ?? 0); up = (at - 1) >> 1) {
      swap(at, up);
      at = up;
    }
  };
  const pop = (): number => {
    if (nodes.length === 0) return -1;
    swap(0, nodes.length - 1);
    const top = nodes.pop() ?? -1;
    keys.pop();
    for (let at = 0; ;) {
      const left = 2 * at + 1;
      if (left >= nodes.length) break;
      const right = left + 1;
      const least = right < nodes.length && (keys[right] ?? 0) < (keys[left] ?? 0) ? right : left;
      if ((keys[least] ?? 0) >= (keys[at] ?? 0)) break;
      swap(at, least);
      at = least;
    }
    return top;
  };
  return { push, pop };
}
