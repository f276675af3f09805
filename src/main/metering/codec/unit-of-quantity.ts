/**
 * Which units a quantity can have. A unit that is unknown or of another dimension makes a number worthless: read from a
 * damaged line or by a meter's own mistake, it would be off by a thousand or be energy where power is meant.
 */
import type { ObisCode } from './obis-code.ts';

type Dimension = 'energy' | 'power' | 'voltage' | 'current' | 'frequency' | 'other';

/** As meters write them, with the spelling the console uses. */
const UNITS: Readonly<Record<string, readonly [string, Dimension]>> = {
  wh: ['Wh', 'energy'],
  kwh: ['kWh', 'energy'],
  mwh: ['MWh', 'energy'],
  varh: ['varh', 'energy'],
  kvarh: ['kvarh', 'energy'],
  mvarh: ['Mvarh', 'energy'],
  vah: ['VAh', 'energy'],
  kvah: ['kVAh', 'energy'],
  w: ['W', 'power'],
  kw: ['kW', 'power'],
  mw: ['MW', 'power'],
  var: ['var', 'power'],
  kvar: ['kvar', 'power'],
  va: ['VA', 'power'],
  kva: ['kVA', 'power'],
  v: ['V', 'voltage'],
  kv: ['kV', 'voltage'],
  a: ['A', 'current'],
  ka: ['kA', 'current'],
  hz: ['Hz', 'frequency'],
};

const OTHERS = [
  'm3',
  'm³',
  'm3/h',
  'l',
  'l/h',
  'GJ',
  'MJ',
  'J',
  's',
  'min',
  'h',
  'd',
  '%',
  '°',
  'deg',
  '°C',
  'C',
  'K',
  'bar',
  'Pa',
  'Ah',
];

/** With a small m it would be a thousandth, with a great one a million: what no mains meter sends is not guessed at. */
const MILLI = /^m[WwVv]/u;

/** The console's spelling of a unit as sent; undefined where it is not known. */
export function spellUnit(sent: string): string | undefined {
  if (OTHERS.includes(sent)) return sent;
  return MILLI.test(sent) ? undefined : UNITS[sent.toLowerCase()]?.[0];
}

/** True only where both are known and can not go together. */
export function unitContradicts(code: ObisCode, unit: string): boolean {
  const expected = dimensionOf(code);
  if (expected === undefined) return false;
  return (UNITS[unit.toLowerCase()]?.[1] ?? 'other') !== expected;
}

/** Of electricity (IEC 62056-61, 5.2 and 5.3); the short form leaves the medium open. */
function dimensionOf({ a, c, d }: ObisCode): Dimension | undefined {
  if (a !== 1 || c > 79) return undefined;
  if (c === 14) return d === 7 ? 'frequency' : undefined;
  const quantity = c > 20 ? c % 20 : c;
  if (quantity === 11 || quantity === 12) return d === 7 ? (quantity === 11 ? 'current' : 'voltage') : undefined;
  if (!((quantity >= 1 && quantity <= 10) || quantity === 15 || quantity === 16)) return undefined;
  if (d === 8 || d === 9) return 'energy';
  return d === 7 || d === 6 || d === 4 ? 'power' : undefined;
}
