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

/** What moves in a network: all but its shape. */
export type Flows = Pick<FlowNetwork, 'room' | 'waiting' | 'paid'>;

export function copyFlows({ room, waiting, paid }: FlowNetwork): Flows {
  return { room: room.slice(), waiting: waiting.slice(), paid: paid.slice() };
}

export function restoreFlows(network: FlowNetwork, { room, waiting, paid }: Flows): void {
  network.room.set(room);
  network.waiting.set(waiting);
  network.paid.set(paid);
}

/** Sends what waits at a node along arcs that follow each other, and pays it at their end; no more than each of them takes. */
export function sendAlong(network: FlowNetwork, from: number, places: readonly number[], units: number): void {
  const { head, twin, room, waiting, paid } = network;
  const amount = places.reduce((most, place) => Math.min(most, room[place]!), Math.min(units, waiting[from]!));
  const last = places.at(-1);
  if (amount <= 0 || last === undefined) return;
  for (const place of places) {
    room[place] = room[place]! - amount;
    room[twin[place]!] = room[twin[place]!]! + amount;
  }
  waiting[from] = waiting[from]! - amount;
  paid[head[last]!] = paid[head[last]!]! + amount;
}
