/** Why the store cannot be used, as a code with a screen of its own and a sentence that says what to do next. */
export type StoreFailureCode =
  | 'database-corrupt'
  | 'database-from-the-future'
  | 'database-locked'
  | 'database-read-only'
  | 'disk-full';

export class StoreFailure extends Error {
  override readonly name = 'StoreFailure';
  readonly code: StoreFailureCode;
  readonly path: string;

  constructor(code: StoreFailureCode, message: string, path: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.path = path;
  }
}

const SENTENCES: readonly (readonly [RegExp, StoreFailureCode, string])[] = [
  [
    /^SQLITE_(CORRUPT|NOTADB)/u,
    'database-corrupt',
    'The database file is damaged. Restore the newest backup beside it, or open another profile.',
  ],
  [
    /^SQLITE_(BUSY|LOCKED)/u,
    'database-locked',
    'Another program holds the database. Close the other Switchyard and try again.',
  ],
  [
    /^SQLITE_(READONLY|CANTOPEN|PERM)/u,
    'database-read-only',
    'The database cannot be written. Give this user the right to write its folder and try again.',
  ],
  [/^SQLITE_(FULL|IOERR)/u, 'disk-full', 'The disk refused a write. Free some space on it and try again.'],
];

/** Turns what SQLite threw into a `StoreFailure`; anything it does not know passes through unchanged. */
export function nameStoreFailure(error: unknown, path: string): unknown {
  if (error instanceof StoreFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known = SENTENCES.find(([pattern]) => pattern.test(code));
  return known === undefined ? error : new StoreFailure(known[1], known[2], path, error);
}
