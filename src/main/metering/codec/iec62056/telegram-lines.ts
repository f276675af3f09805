/** The values of a data message or telegram of IEC 62056-21. */
import type { DecodedValue } from '../decoded-value.ts';
import { obisOfText } from '../obis-code.ts';
import { readDataSets } from './data-set.ts';
import { readBrackets } from './value-in-brackets.ts';

/**
 * Each pair of brackets is a value of its set's code; behind a maximum stands the time it was reached.
 * @param at where the text stands in the stream
 */
export function readTelegramLines(
  text: string,
  at: number,
  quality: 'good' | 'unchecked',
): { readonly values: readonly DecodedValue[]; readonly isWhole: boolean } {
  const { sets, unreadable } = readDataSets(text.replace(/!\s*$/u, ''), at);
  const values = sets.flatMap(({ address, groups }) =>
    groups.map((group) => {
      const place = { from: group.at, length: group.text.length + 2 };
      return readBrackets(obisOfText(address), address, group.text, quality, place);
    }),
  );
  return { values, isWhole: unreadable.length === 0 && sets.length > 0 };
}
