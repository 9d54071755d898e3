/**
 * The outcome of something that may be refused for a reason a person can understand.
 * Refusals are expected and are values; a broken assumption throws instead.
 */
export type Result<T, R = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

/** A refusal: a stable code for programs, and what its text in the language catalogs needs. */
export type Refusal<Code extends string = string> = {
  readonly code: Code;
  readonly params: Readonly<Record<string, string | number>>;
};

/** The refusals of a function, for the return type of one that passes them on. */
export type RefusalOf<F extends (...args: never[]) => unknown> =
  Extract<ReturnType<F>, { readonly ok: false }> extends { readonly refusal: infer R } ? R : never;

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = <C extends string>(
  code: C,
  params: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly refusal: Refusal<C> } => ({
  ok: false,
  refusal: { code, params },
});
