/**
 * Doubts that come up while a charge is priced. One doubt is said once however many periods share it, with the first of them and how many.
 */
import type { PricingWarning } from '../price.ts';

export type Warnings = {
  /** @param say the sentence, given how many periods it concerns */
  readonly add: (code: string, periodIndex: number | undefined, say: (periods: string) => string) => void;
  readonly list: () => readonly PricingWarning[];
};

export function collectWarnings(): Warnings {
  const found = new Map<string, { periods: Set<number>; say: (periods: string) => string }>();
  return {
    add: (code, periodIndex, say) => {
      let doubt = found.get(code);
      if (doubt === undefined) found.set(code, (doubt = { periods: new Set(), say }));
      if (periodIndex !== undefined) doubt.periods.add(periodIndex);
    },
    list: () =>
      [...found].map(([code, { periods, say }]) => {
        const [first] = periods;
        const message = say(namePeriods([...periods]));
        return first === undefined ? { code, message } : { code, message, periodIndex: first };
      }),
  };
}

/** Periods are counted from one where a person reads of them. */
function namePeriods(indices: readonly number[]): string {
  const [first = 0, second] = indices;
  if (second === undefined) return `period ${first + 1}`;
  return indices.length === 2
    ? `periods ${first + 1} and ${second + 1}`
    : `${indices.length} periods, the first is ${first + 1},`;
}
