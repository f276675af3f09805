/**
 * JSON whose numbers keep the digits they were written with: 0.30 stays 0.30, and what a binary fraction could not hold is not lost. A
 * number is told from text that looks like one, since only the first is what OCPI asks for.
 */
import { decimalText } from '../../marketplace-link/wire/v1/decimal-text.ts';

export class SentNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** @throws SyntaxError where it is no JSON */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' ? new SentNumber(decimalText(context?.source ?? value)) : value,
  );
}
