/** The number of the instrument that sent a telegram, as its message names it; SML's server id stands in the message itself. */
import type { DecodedValue } from './decoded-value.ts';
import type { TelegramProfile } from './meter-profile.ts';
import { obisOfText, type ObisCode } from './obis-code.ts';

/** C, D and E of the codes that name an instrument (IEC 62056-61, 5.6; DSMR P1 5.0.2, 6.12), the first that it sends. */
const NAMING = [
  [96, 1, 0],
  [0, 0, 0],
  [0, 0, 9],
  [96, 1, 1],
  [96, 1, 255],
] as const;
const P1_NAMING = [[96, 1, 1], ...NAMING] as const;

export function telegramSerialNumber(
  protocol: TelegramProfile['protocol'],
  values: readonly DecodedValue[],
): string | undefined {
  for (const naming of protocol === 'dsmr-p1' ? P1_NAMING : NAMING) {
    const found = values.find(({ obis, past }) => !past && isNaming(obisOfText(obis), naming));
    const text = found?.text ?? found?.number?.digits.toString();
    if (text !== undefined && text !== '') return protocol === 'dsmr-p1' ? lettersOf(text) : text;
  }
  return undefined;
}

/** Of electricity, or of the meter as a whole; another channel's name is that of a gas or water meter. */
function isNaming(code: ObisCode | undefined, [c, d, e]: readonly [number, number, number]): boolean {
  const isOwn = code?.a === undefined || (code.a <= 1 && code.b === 0);
  return isOwn && code?.c === c && code.d === d && code.e === e;
}

/** P1 writes letters as hexadecimal (octet string, DSMR P1 5.0.2, 6.4); Swedish and Hungarian meters write them as they are. */
function lettersOf(text: string): string {
  if (!/^(?:[0-9A-Fa-f]{2}){4,}$/u.test(text)) return text;
  const letters = Buffer.from(text, 'hex').toString('latin1');
  return /^[ -~]+$/u.test(letters) ? letters.trim() : text;
}
