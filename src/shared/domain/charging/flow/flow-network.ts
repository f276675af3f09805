/**
 * Energy on its way from vehicles over feeders to slots, and from each node to the steps of rising price it may be paid by.
 * Invariant, for every node: what it needs and what comes in = what goes on, what is paid, and what waits. All are whole units.
 * Every number that names a node or an arc was made here, so this folder reads its arrays without asking whether there is a value.
 */
export type FlowNetwork = {
  readonly nodes: number;
  /** Arcs leaving node n are `firstArc[n]` until `firstArc[n + 1]`. */
  readonly firstArc: Int32Array;
  readonly head: Int32Array;
  /** The same arc the other way. */
  readonly twin: Int32Array;
  /** What an arc still takes; on the way back, what was sent. */
  readonly room: Float64Array;
  readonly waiting: Float64Array;
  readonly paid: Float64Array;
};

export type Arc = { readonly from: number; readonly to: number; readonly capacity: number };

export type BuiltNetwork = {
  readonly network: FlowNetwork;
  /** Place of each given arc. */ readonly placeOf: Int32Array;
};

export function buildNetwork(nodes: number, arcs: readonly Arc[]): BuiltNetwork {
  const firstArc = new Int32Array(nodes + 1);
  for (const { from, to } of arcs) {
    firstArc[from + 1] = (firstArc[from + 1] ?? 0) + 1;
    firstArc[to + 1] = (firstArc[to + 1] ?? 0) + 1;
  }
  for (let node = 0; node < nodes; node++) firstArc[node + 1] = (firstArc[node + 1] ?? 0) + (firstArc[node] ?? 0);
  const next = firstArc.slice();
  const take = (node: number): number => {
    const place = next[node] ?? 0;
    next[node] = place + 1;
    return place;
  };
  const head = new Int32Array(2 * arcs.length);
  const twin = new Int32Array(2 * arcs.length);
  const room = new Float64Array(2 * arcs.length);
  const placeOf = new Int32Array(arcs.length);
  arcs.forEach(({ from, to, capacity }, index) => {
    const there = take(from);
    const back = take(to);
    head[there] = to;
    head[back] = from;
    twin[there] = back;
    twin[back] = there;
    room[there] = capacity;
    placeOf[index] = there;
  });
  const waiting = new Float64Array(nodes);
  return { network: { nodes, firstArc, head, twin, room, waiting, paid: new Float64Array(nodes) }, placeOf };
}
