/**
 * One text for equal content, so that content can be compared and hashed: keys in order, what is undefined left out (in the manner of
 * RFC 8785). Only for values that came out of a schema: no cycles, no dates.
 */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
