/**
 * Expected failure as a value. A `Result` either carries what was asked for or a refusal with a stable
 * kebab-case `code`; nobody matches on the wording of `message`, which is for people.
 */
export type Result<T, C extends string = string> = { readonly ok: true; readonly value: T } | Refusal<C>;

export type Refusal<C extends string = string> = { readonly ok: false; readonly code: C; readonly message: string };

export function accept<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** `message` says what, why and what to do next. */
export function refuse<C extends string>(code: C, message: string): Refusal<C> {
  return { ok: false, code, message };
}
