/** Units by their number (IEC 62056-62, 4.3.2, enumeration of units), as far as meters measure in them. */
const UNITS: Readonly<Record<number, string>> = {
  1: 'a',
  2: 'mo',
  3: 'wk',
  4: 'd',
  5: 'h',
  6: 'min',
  7: 's',
  8: '°',
  9: '°C',
  11: 'm',
  12: 'm/s',
  13: 'm³',
  14: 'm³',
  15: 'm³/h',
  16: 'm³/h',
  17: 'm³/d',
  18: 'm³/d',
  19: 'l',
  20: 'kg',
  21: 'N',
  22: 'Nm',
  23: 'Pa',
  24: 'bar',
  25: 'J',
  26: 'J/h',
  27: 'W',
  28: 'VA',
  29: 'var',
  30: 'Wh',
  31: 'VAh',
  32: 'varh',
  33: 'A',
  34: 'C',
  35: 'V',
  36: 'V/m',
  37: 'F',
  38: 'Ω',
  44: 'Hz',
  46: 'Vs',
  56: '%',
};

/** Without a unit: 255 says so, and DZG meters send nought. */
const NO_UNIT = [0, 255];

/** Undefined where the number is not known, so that what is measured is not known either. */
export function dlmsUnit(number: number): { readonly unit: string | undefined } | undefined {
  if (NO_UNIT.includes(number)) return { unit: undefined };
  const unit = UNITS[number];
  return unit === undefined ? undefined : { unit };
}
