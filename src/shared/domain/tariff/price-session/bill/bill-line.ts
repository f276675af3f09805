/**
 * One line of a bill before it is written: so much of a dimension at a price, with its tax, exactly.
 *
 * Invariant: net and tax together are what the line costs; where no tax is stated there is none to add.
 */
import { add, divide, multiply, ONE, subtract, ZERO, exactOf, type Exact } from '../../../../kernel/exact.ts';
import type { Choice, Piece } from '../terms/choose-prices.ts';
import type { Price } from '../terms/compile-tariff.ts';

export type BilledLine = Amount & {
  readonly piece: Piece;
  readonly choice: Choice;
  readonly quantity: Exact;
};

export type Amount = {
  readonly net: Exact;
  /** Undefined: no tax is stated, so the gross is not known. */
  readonly tax: Exact | undefined;
};

const PERCENT = exactOf('0.01');

export function billLine(piece: Piece, choice: Choice): BilledLine {
  const quantity = choice.quantity ?? ONE;
  return { piece, choice, quantity, ...priceQuantity(choice.price, quantity) };
}

export function priceQuantity({ tariff, unitPrice, vatPercent }: Price, quantity: Exact): Amount {
  const amount = multiply(unitPrice, quantity);
  if (tariff.taxBasis === 'not-applicable') return { net: amount, tax: ZERO };
  // A price that holds an unknown tax is still the gross.
  if (vatPercent === undefined) return { net: amount, tax: tariff.taxBasis === 'gross' ? ZERO : undefined };
  if (tariff.taxBasis === 'net') return { net: amount, tax: taxOn(amount, vatPercent) };
  const net = divide(amount, add(ONE, multiply(vatPercent, PERCENT)));
  return { net, tax: subtract(amount, net) };
}

export function taxOn(net: Exact, vatPercent: Exact): Exact {
  return multiply(multiply(net, vatPercent), PERCENT);
}
