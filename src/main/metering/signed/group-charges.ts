/**
 * Which signed texts of a file are of one charge. A container numbers its transactions; in a plain file a record that only begins a
 * charge belongs to those behind it, up to the one that ends it.
 */
import type { SignedText } from './ocmf/judge-charge.ts';
import { END_LETTERS } from './ocmf/check-sequence.ts';
import { readOneOcmf } from './ocmf/read-ocmf.ts';
import { readSignedText } from './ocmf/read-signed-text.ts';

export type FiledText = SignedText & {
  /** Empty where the file says none. */
  readonly transactionId: string;
};

export function groupCharges(texts: readonly FiledText[]): readonly (readonly FiledText[])[] {
  const charges: FiledText[][] = [];
  const numbered = new Map<string, FiledText[]>();
  let open: FiledText[] | undefined;
  for (const text of texts) {
    const { begins, ends } = marksOf(text);
    const joined = text.transactionId !== '' ? numbered.get(text.transactionId) : begins ? undefined : open;
    const charge = joined ?? [];
    charge.push(text);
    if (joined === undefined) charges.push(charge);
    if (text.transactionId !== '') numbered.set(text.transactionId, charge);
    else open = ends || (!begins && joined === undefined) ? undefined : charge;
  }
  return charges.flatMap((charge) => (charge.every(isWhole) ? charge.map((one) => [one]) : [charge]));
}

/** Some containers give every record the same number. */
function isWhole(text: FiledText): boolean {
  const { begins, ends } = marksOf(text);
  return begins && ends;
}

function marksOf({ sent, format }: SignedText): { readonly begins: boolean; readonly ends: boolean } {
  const text = readSignedText(sent, format);
  const record = text.ok ? readOneOcmf(text.value) : text;
  const letters = record.ok ? record.value.readings.map(({ letter }) => letter) : [];
  return {
    begins: letters.includes('B'),
    ends: letters.some((letter) => letter !== '' && END_LETTERS.includes(letter)),
  };
}
