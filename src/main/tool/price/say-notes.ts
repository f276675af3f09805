/** What was forgiven while a file was read, as sentences: harmless as a rule, and worth knowing when a figure is off. */
import type { PricingWarning } from '../../../shared/domain/tariff/price.ts';
import type { Notes } from './loose-fields.ts';

const SENTENCES: Readonly<Record<string, (fields: string) => string>> = {
  'flag-for-word': (fields) =>
    `${fields}: true or false stands where OCPI has YES, NO and N/A. It is read as YES or NO.`,
  'instant-without-zone': (fields) => `${fields}: no zone is written, so it is taken for UTC, as OCPI has it.`,
  'number-as-text': (fields) => `${fields}: numbers are written as text. They are read digit for digit.`,
  'object-for-list': (fields) => `${fields}: one object stands where OCPI has a list. It is read as a list of one.`,
  'price-as-number': (fields) =>
    `${fields}: a bare number, as OCPI 2.1.1 writes it. It is taken for the amount without tax.`,
  'release-2.1.1': (fields) =>
    `${fields}: this is how OCPI 2.1.1 names the end of a charge. It is read as end_date_time.`,
  'session-running': (fields) => `${fields} is missing: the session is priced up to when it was last told of.`,
  'step-size-missing': (fields) => `${fields} is missing, so amounts are billed as they are.`,
  'text-as-number': (fields) => `${fields}: a number stands where OCPI has text. Its digits are taken as the text.`,
  'time-of-day-with-seconds': (fields) =>
    `${fields}: a time of day is not written as HH:MM. It is read as hours and minutes, and 23:59:59 as the end of the day.`,
  'volume-missing': (fields) => `${fields} is missing. A dimension without an amount is left out.`,
  'word-in-lower-case': (fields) => `${fields}: OCPI's words are in capitals. Case is overlooked.`,
};

export function sayNotes(notes: Notes): readonly PricingWarning[] {
  return [...notes].map(([code, fields]) => {
    const names = [...fields].join(', ');
    return { code, message: SENTENCES[code]?.(names) ?? `${names}: ${code}.` };
  });
}
