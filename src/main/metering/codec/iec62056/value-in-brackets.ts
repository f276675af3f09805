/** What stands in one pair of brackets (IEC 62056-21, 6.5): a number, with or without an asterisk and a unit, or a text. */
import {
  absentValue,
  numberValue,
  refusedValue,
  textValue,
  type DecodedValue,
  type ValueOrigin,
} from '../decoded-value.ts';
import { readExactNumber } from '../exact-number.ts';
import { isPast, isQuantity, obisText, type ObisCode } from '../obis-code.ts';
import { spellUnit } from '../unit-of-quantity.ts';

/** Meters pad with blanks, before the unit too. */
const WITH_UNIT = /^\s*([^*]*?)\s*\*\s*([^*]*?)\s*$/u;

/** @param sent the code as the meter wrote it, for short forms and for values that have no OBIS code */
export function readBrackets(
  code: ObisCode | undefined,
  sent: string,
  text: string,
  quality: 'good' | 'unchecked',
  place: ValueOrigin,
): DecodedValue {
  const obis = code?.a === undefined ? sent.replace(/\*255$/u, '') : obisText(code);
  const origin = code !== undefined && isPast(code) ? { ...place, past: true } : place;
  const [, digits, unit] = WITH_UNIT.exec(text) ?? [];
  if (digits === undefined || unit === undefined) {
    const bare = code !== undefined && isQuantity(code) ? readExactNumber(text.trim()) : undefined;
    return code === undefined || bare === undefined
      ? textValue(obis, text.trim(), quality, origin)
      : { ...numberValue(code, bare, undefined, quality, origin), obis };
  }
  if (/^-*$/u.test(digits)) return absentValue(obis, origin);
  if (code === undefined)
    return refusedValue(obis, 'not-obis', `“${sent}” is no OBIS code: it is not known what “${text}” is of.`, origin);
  const number = readExactNumber(digits);
  if (number === undefined) return refusedValue(obis, 'number-unreadable', `“${digits}” is no decimal number.`, origin);
  const spelled = spellUnit(unit);
  if (spelled === undefined) return refusedValue(obis, 'unit-unknown', `The unit “${unit}” is not known.`, origin);
  return { ...numberValue(code, number, spelled, quality, origin), obis };
}
