/**
 * Decimals written without loss where it is known how many there can be: products and differences of decimals end, however small
 * their last digit is.
 */
import { toDecimalText, type Exact } from '../../kernel/exact.ts';
import type { DecimalText } from '../tariff/tariff.ts';

export function decimalsOf(text: DecimalText): number {
  const point = text.indexOf('.');
  return point === -1 ? 0 : text.length - point - 1;
}

/** @param scale as many decimals as the value can have; trailing zeros are left out */
export function writeDecimal(value: Exact, scale: number): DecimalText {
  const text = toDecimalText(value, scale, 'half-even');
  return scale === 0 ? text : text.replace(/\.?0+$/u, '');
}
