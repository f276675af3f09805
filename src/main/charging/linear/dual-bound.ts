/**
 * What no solution of a linear program can go below, from prices of its rows alone (weak duality). It does not ask where the prices come from:
 * poor ones give a poor bound, never a false one.
 */
import type { LinearModel } from './linear-model.ts';

/** Of `lowerBound`'s kind, for any linear program; it also weighs phases, battery taper and further peaks. */
export function dualBound(model: LinearModel, rowPrices: Float64Array): number {
  const { cost, lower, upper, rowLower, rowUpper, starts, rows, factors } = model;
  const prices = rowPrices.map((price, row) => (Number.isFinite(boundAt(rowLower, rowUpper, price, row)) ? price : 0));
  let bound = 0;
  prices.forEach((price, row) => {
    if (price !== 0) bound += price * boundAt(rowLower, rowUpper, price, row);
  });
  cost.forEach((own, column) => {
    let left = own;
    for (let at = starts[column] ?? 0; at < (starts[column + 1] ?? 0); at++)
      left -= (factors[at] ?? 0) * (prices[rows[at] ?? 0] ?? 0);
    if (left !== 0) bound += left * boundAt(lower, upper, left, column);
  });
  return bound;
}

/** The end at which something of this price costs least. */
function boundAt(lower: Float64Array, upper: Float64Array, price: number, at: number): number {
  return (price > 0 ? lower[at] : upper[at]) ?? 0;
}
