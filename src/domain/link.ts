/**
 * One person, several channels: the code that shows it, who has to agree, and which of two persons
 * stays (domain.md, Roles and authority).
 */
import { plainLetters } from '../lib/letters.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';

const DIGITS = 6;
/** That many random bytes make each code about equally likely. */
export const LINK_CODE_BYTES = 5;

/** A code of six digits from `LINK_CODE_BYTES` or more uniformly random bytes. */
export function linkCodeFrom(bytes: Uint8Array): string {
  const number = bytes.slice(0, LINK_CODE_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** A code as people read it: `493 027`. */
export const showLinkCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

/** Reads a code, whatever a person typed between its digits; undefined for anything else. */
export function parseLinkCode(typed: string): string | undefined {
  const digits = plainLetters(typed).replace(/[\s.-]/gu, '');
  return /^\d{6}$/.test(digits) ? digits : undefined;
}

/** Two groups of three digits, or one of six, among other words. */
const LINK_CODE = /(?<![\p{L}\p{N}])(\p{Nd}{3}[\s.\-‐-―]?\p{Nd}{3})(?![\p{L}\p{N}])/gu;
const LOOKED_THROUGH_MAX = 1000;

/** The one code that a text names; undefined for none, and for several that differ. */
export function linkCodeIn(text: string): string | undefined {
  const whole = parseLinkCode(text);
  if (whole !== undefined) return whole;
  const found = [...text.slice(0, LOOKED_THROUGH_MAX).matchAll(LINK_CODE)];
  const codes = new Set(found.map(([, code = '']) => parseLinkCode(code)));
  return codes.size === 1 ? [...codes][0] : undefined;
}

/** The digits that name a code: whoever guesses the others wrong is charged to it. */
export const linkCodeName = (code: string): string => code.slice(0, DIGITS / 2);

/** So many wrong guesses by anybody, and a code is dead. */
export const LINK_GUESSES_MAX = 5;

/**
 * Who has to agree: whoever said the code, then whoever it was made for. Whoever acts for the city or
 * a partner agrees once more at their oldest address, which nobody can have added by a trick.
 */
export type LinkStep = 'asker' | 'owner' | 'asker-older' | 'owner-older';

/** Who has to agree after a step; undefined when nobody has to any more. */
export function nextLinkStep(
  step: LinkStep,
  acts: { readonly asker: boolean; readonly owner: boolean },
): LinkStep | undefined {
  const steps: readonly LinkStep[] = [
    ...(['asker', 'owner'] as const),
    ...(acts.asker ? (['asker-older'] as const) : []),
    ...(acts.owner ? (['owner-older'] as const) : []),
  ];
  const order: readonly LinkStep[] = ['asker', 'owner', 'asker-older', 'owner-older'];
  return steps.find((one) => order.indexOf(one) > order.indexOf(step));
}

/** The ties of a person to what they did, and what would be lost with them. */
export type LinkedPerson = {
  /** Something of theirs is on the public record. */
  readonly hasHistory: boolean;
  readonly available: number;
  readonly held: number;
  readonly liveCodes: number;
  /** Work that is not settled: joined, on standby, under review. */
  readonly openClaims: number;
  readonly roles: number;
};

/** Would nothing be lost with this person? */
export const canGiveUp = (person: LinkedPerson): boolean =>
  person.available === 0 &&
  person.held === 0 &&
  person.liveCodes === 0 &&
  person.openClaims === 0 &&
  person.roles === 0;

/**
 * Decides which of two persons stays when they turn out to be one: the one with a public history.
 * Where both have one, the other's past stays public under nobody's id, and so they may have
 * nothing left to lose. Two of whom one decided about the other's work, or honored their code, are
 * never one: see domain.md, Evidence and verification.
 */
export function decideLink(
  asker: LinkedPerson,
  owner: LinkedPerson,
  haveJudged: boolean,
): Result<'asker' | 'owner', Refusal<'link-both' | 'link-judged'>> {
  if (haveJudged) return refuse('link-judged');
  if (!asker.hasHistory) return ok('owner');
  if (!owner.hasHistory) return ok('asker');
  if (canGiveUp(asker)) return ok('owner');
  if (canGiveUp(owner)) return ok('asker');
  return refuse('link-both');
}
