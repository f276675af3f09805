/**
 * Two pages of one meter (OCMF “Pagination”): each context has its own counter, which rises by one with every record that is signed. A
 * gap therefore proves that records exist which are not here.
 */
import type { SignedPage } from '../../../../shared/domain/metering/signed-record.ts';

export type PageStep = {
  readonly kind: 'next' | 'gap' | 'same' | 'back' | 'other-context';
  /** How many records lie between. */
  readonly missing: number;
  readonly message: string;
};

export function comparePages(before: SignedPage, after: SignedPage): PageStep {
  const [from, to] = [before, after].map(({ context, number }) => `${context}${number}`);
  const step = (kind: PageStep['kind'], missing: number, message: string) => ({ kind, missing, message });
  if (before.context !== after.context)
    return step(
      'other-context',
      0,
      `Page ${to} is counted apart from ${from}: one is of a transaction, the other is not.`,
    );
  const ahead = after.number - before.number;
  if (ahead === 1) return step('next', 0, `Page ${to} follows ${from}.`);
  if (ahead === 0) return step('same', 0, `Page ${to} was given to two records.`);
  if (ahead < 0) return step('back', 0, `Page ${to} comes after ${from}, although the meter counts upwards.`);
  const missing = ahead - 1;
  return step(
    'gap',
    missing,
    missing === 1
      ? `Between ${from} and ${to} the meter signed one more record.`
      : `Between ${from} and ${to} the meter signed ${missing} more records.`,
  );
}
