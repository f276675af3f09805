/** A price as sentences that a clerk reads from top to bottom: each line with what it bills and why, then the totals. */
import type { PricedCharge, PriceTraceLine } from './price.ts';

export function explainPrice(priced: PricedCharge): readonly string[] {
  const { currency, total } = priced;
  return [
    ...priced.lines.map((line) => explainLine(line, currency)),
    ...priced.warnings.map(({ message }) => message),
    `In all ${total.net} ${currency} net${total.gross === undefined ? '; no tax is stated' : `, ${total.gross} ${currency} with tax`}.`,
  ];
}

function explainLine(line: PriceTraceLine, currency: string): string {
  const bills =
    line.unitPrice === undefined
      ? `${line.net} ${currency}`
      : `${line.quantity} ${line.unit} at ${line.unitPrice} ${currency} is ${line.net} ${currency}`;
  return `${line.dimension ?? line.kind}: ${bills}. ${line.reasons.join(' ')}`.trim();
}
