/**
 * The cheapest way to pay for all that is needed. Arcs are free, so only the steps cost, and whether the steps up to a price
 * suffice is one maximum flow: the nodes from which no way leads to a step with room are dearer than that price, the others are not, and
 * in the best plan nothing is to be moved between the two. So each side is settled by itself, with half of the prices left,
 * until one price is left, which is what one unit more at that node costs.
 */
import type { FlowNetwork } from './flow-network.ts';
import { createScratch, sendWaiting, splitFull, type Part, type Scratch } from './send-waiting.ts';

/** What a node may pay, by rising price. */
export type Steps = { readonly prices: readonly number[]; readonly widths: readonly number[] };

export type Settling = {
  readonly network: FlowNetwork;
  readonly steps: Steps[];
  /** Of every step of every node, rising and each once. */
  readonly prices: Float64Array;
  readonly scratch: Scratch;
};

export function createSettling(network: FlowNetwork, steps: Steps[]): Settling {
  const prices = Float64Array.from(new Set(steps.flatMap((each) => each.prices))).toSorted();
  return { network, steps, prices, scratch: createScratch(network) };
}

/**
 * Pays for all that waits and all that was paid before, so a network that was settled may be changed and settled again.
 * The highest steps together must suffice. Answers the price of one unit more at each node.
 */
export function settleCheapest(settling: Settling): Float64Array {
  const { network, steps, prices, scratch } = settling;
  const order = Int32Array.from({ length: network.nodes }, (_, node) => node);
  const partOf = new Int32Array(network.nodes);
  const mayPay = new Float64Array(network.nodes);
  const priceAt = new Float64Array(network.nodes);
  let parts = 0;

  const sendUpTo = (part: Part, price: number): void => {
    for (let at = part.from; at < part.to; at++) payUpTo(network, order[at]!, steps, price, mayPay);
    sendWaiting(network, part, mayPay, scratch);
  };
  const name = (from: number, to: number): Part => {
    const id = ++parts;
    for (let at = from; at < to; at++) partOf[order[at]!] = id;
    return { order, from, to, partOf, id };
  };
  /** The prices of the part's nodes are above `below` and up to `upTo`, as places in `prices`. */
  const settle = (from: number, to: number, below: number, upTo: number): void => {
    if (from === to) return;
    const part = name(from, to);
    if (upTo - below === 1) {
      sendUpTo(part, prices[upTo]!);
      for (let at = from; at < to; at++) priceAt[order[at]!] = prices[upTo]!;
      return;
    }
    const middle = (below + upTo) >> 1;
    sendUpTo(part, prices[middle]!);
    const dearer = splitFull(network, part, scratch);
    settle(from, dearer, below, middle);
    settle(dearer, to, middle, upTo);
  };
  settle(0, network.nodes, -1, prices.length - 1);
  return priceAt;
}

/** What was paid by dearer steps waits again; what waits is paid where it is first, so that nothing moves without need. */
function payUpTo(
  { waiting, paid }: FlowNetwork,
  node: number,
  steps: readonly Steps[],
  price: number,
  mayPay: Float64Array,
): void {
  const { prices, widths } = steps[node]!;
  let sum = 0;
  for (let at = 0; at < prices.length && prices[at]! <= price; at++) sum += widths[at]!;
  mayPay[node] = sum;
  const all = waiting[node]! + paid[node]!;
  paid[node] = Math.min(all, sum);
  waiting[node] = all - paid[node];
}
