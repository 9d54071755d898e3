// The words by which the guide recognizes what was sent and answered on a phone, in any language.

export const YES = /^(?:ok|okay|yes|si|acepto|de acuerdo|vale)\b/;
export const JOIN = /^(?:join|unirme)\b/;
export const DONE = /^(?:done|listo)\b/;
export const DROP = /^(?:drop|soltar|dejar)\b/;
export const APPROVE = /^(?:approve|aprobar)\b/;
export const REDEEM = /^(?:redeem|canjear)\b/;
export const RELEASE = /^(?:release|return|liberar|devolver)\b/;
/** A place on the waitlist is none yet. */
export const JOINED = /\b(?:done|listo) \d|\balready joined\b|\bya (?:te uniste|estas)\b/;
export const TAKEN = /\bok\b|thank you|gracias/;
export const DECIDED = /^(?:approved|aprobada)/;
export const CONFIRMED = /^(?:give it|entregalo)/;
const APPROVED = /\bapproved\b|\bse aprobo\b/;
export const REJECTED = /\bnot approved\b|\bno se aprobo\b/;
/** What the resident reads when their evidence was taken. */
export const EVIDENCE = /\bevidenc(?:e|ia) (\d+)/;
/** Of an invitation and of a recovery code more follows. */
export const CODE = /(?<![\w-])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?![\w-])/gi;

/** Small letters, no accents, no slash in front. @param {string} text */
export const folded = (text) =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/^\//, '');

/** @param {string} text */
export const numberIn = (text) => text.match(/\d+/)?.[0];

/** @param {string} text */
export const codesIn = (text) => (text.match(CODE) ?? []).map((code) => code.toUpperCase());

/** @param {string} text */
export const isApproval = (text) => APPROVED.test(text) && !REJECTED.test(text);
