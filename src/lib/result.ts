/**
 * The outcome of something that may be refused for a reason a person can understand.
 * Refusals are expected and are values; a broken assumption throws instead.
 */
export type Result<T, R = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

/** A refusal: a stable code for programs, and what its text in the language catalogs needs. */
export type Refusal = {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
};

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = <C extends string>(
  code: C,
  params: Readonly<Record<string, string | number>> = {},
): { readonly ok: false; readonly refusal: Refusal & { readonly code: C } } => ({
  ok: false,
  refusal: { code, params },
});
