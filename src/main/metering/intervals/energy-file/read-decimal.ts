/**
 * Energies of a column as exact decimals. Which mark separates the decimals is decided for the whole column, from cells that leave
 * no choice; no cell by itself says whether 1,234 is a thousand or one.
 */
import { accept, refuse, type Result } from '../../../../shared/kernel/result.ts';

export type DecimalMark = ',' | '.';

const NUMBER =
  /^[+-]?(?:\d+|\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+|\d*[.,]\d+|\d+[.,]|\d{1,3}(?:[.,'’\u00A0\u202F ]\d{3})+[.,]\d+)(?:[eE][+-]?\d{1,2})?$/u;
/** Longer ones are no numbers, and not worth the time of finding out. */
const LONGEST = 40;
const GROUPING = /['’\u00A0\u202F ]/gu;

/** @param delimiter of the file: where it is a semicolon, that is because commas are decimal */
export function findDecimalMark(
  cells: readonly string[],
  delimiter: string,
): Result<DecimalMark | undefined, 'decimal-unclear' | 'decimal-mixed'> {
  const seen = new Map<DecimalMark, string>();
  let unclear: string | undefined;
  for (const cell of cells) {
    if (!isNumber(cell)) continue;
    const [digits = ''] = cell.replaceAll(GROUPING, '').split(/[eE]/u);
    const marks = (digits.match(/[.,]/gu) ?? []) as DecimalMark[];
    const last = marks.at(-1);
    if (last === undefined) continue;
    const other = last === ',' ? '.' : ',';
    if (marks.length > 1) seen.set(marks.every((mark) => mark === last) ? other : last, cell);
    else if (!/^[+-]?[1-9]\d{0,2}[.,]\d{3}$/u.test(digits)) seen.set(last, cell);
    else unclear ??= cell;
  }
  if (seen.size > 1)
    return refuse(
      'decimal-mixed',
      `Decimals are separated in two ways: “${seen.get(',')}” and “${seen.get('.')}”. Write them one way and try again.`,
    );
  const [mark] = seen.keys();
  if (mark !== undefined) return accept(mark);
  if (unclear === undefined) return accept(undefined);
  const usual = unclear.includes(',') ? ',' : '.';
  if ((usual === ',') === (delimiter === ';')) return accept(usual);
  return refuse(
    'decimal-unclear',
    `It cannot be told whether “${unclear}” means thousands or decimals. Write the energies without separated thousands, or with more or fewer than three decimals.`,
  );
}

/**
 * In units of 10^-scale, rounded half away from zero; undefined when it is no number.
 *
 * @param scale how many decimals are kept: 6 for kWh in mWh
 */
export function readDecimal(cell: string, mark: DecimalMark | undefined, scale: number): bigint | undefined {
  if (!isNumber(cell)) return undefined;
  const [mantissa = '', exponent = '0'] = cell.replaceAll(GROUPING, '').split(/[eE]/u);
  const sign = mantissa.startsWith('-') ? -1n : 1n;
  const plain = mantissa.replace(/^[+-]/u, '').replaceAll(mark === ',' ? '.' : ',', '');
  const [whole = '', decimals = '', more] = plain.split(mark ?? '.');
  if (more !== undefined) return undefined;
  const shift = scale + Number(exponent) - decimals.length;
  const digits = BigInt(`0${whole}${decimals}`);
  if (shift >= 0) return sign * digits * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  return sign * ((2n * digits + divisor) / (2n * divisor));
}

function isNumber(cell: string): boolean {
  return cell.length <= LONGEST && NUMBER.test(cell);
}
