/** Thrown when something the code holds to be impossible has happened: a defect, never a user's mistake. */
export class ImpossibleError extends Error {
  override readonly name = 'ImpossibleError';
}

/** States what must be true here. `claim` reads as the sentence that turned out false. */
export function assert(condition: unknown, claim: string): asserts condition {
  if (!condition) throw new ImpossibleError(`This should be impossible: it does not hold that ${claim}.`);
}

/** Closes a `switch` over a union: the compiler refuses when a case is missing, the run time when data lied. */
export function assertNever(value: never): never {
  throw new ImpossibleError(`This should be impossible: no case for ${JSON.stringify(value)}.`);
}
