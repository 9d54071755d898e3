/** Takes out of a text of unknown origin what could be somebody's. */

// Errors of libraries quote what they choked on; numbers that long are nobody's business.
const LONG_NUMBER = /\+?\d[\d\s().-]{6,}\d/g;
const CODE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4})?\b/gi;

/** A text of unknown origin, without numbers and codes that could be somebody's. */
export const maskLog = (text: string): string =>
  text.replace(CODE, '[…]').replace(LONG_NUMBER, '[…]');

/** The name of an error and its masked words, for a program that has no log. */
export const maskError = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${maskLog(error.message)}` : maskLog(String(error));
