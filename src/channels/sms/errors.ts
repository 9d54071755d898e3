/** Twilio's error codes: one table of what the outbox does and what the operator should do. */
import { HOUR_MS, SECOND_MS } from '../../lib/clock.ts';
import type { SendError } from '../channel.ts';

/** `says` is for the operator; with `waitMs` Twilio did not look at the message: it is no attempt. */
type Meaning = readonly [kind: SendError['kind'], says: string, waitMs?: number];

/** Source: the error dictionary of Twilio, and channels.md. */
const TABLE: Readonly<Record<number, Meaning>> = {
  20003: ['misconfigured', 'Twilio does not take TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.'],
  20005: ['misconfigured', 'The Twilio account is not active.'],
  20404: ['misconfigured', 'Twilio does not know the account.'],
  20429: ['retry', 'Twilio asks for patience.', 10 * SECOND_MS],
  21211: ['unreachable', 'The number does not exist.'],
  21212: ['misconfigured', 'TWILIO_FROM is no number that Twilio can send from.'],
  21408: ['rejected', 'The account may not send to that country: allow it under Geo permissions.'],
  21606: ['misconfigured', 'TWILIO_FROM is not a number of the account.'],
  21608: ['rejected', 'A trial account sends to verified numbers only: upgrade the account.'],
  21610: ['stopped', 'The person has opted out.'],
  21611: ['retry', 'The queue of the number is full.', 60 * SECOND_MS],
  21612: ['rejected', 'The number cannot be reached from TWILIO_FROM.'],
  21614: ['unreachable', 'The number takes no texts.'],
  21617: ['rejected', 'The message is too long.'],
  21635: ['unreachable', 'The number is a landline.'],
  21659: ['misconfigured', 'TWILIO_FROM is not a number of Twilio.'],
  21660: ['misconfigured', 'TWILIO_FROM belongs to another account.'],
  21703: ['misconfigured', 'The messaging service has no number: add one to it.'],
  21705: ['misconfigured', 'Twilio does not know TWILIO_MESSAGING_SERVICE_SID.'],
  30001: ['retry', 'The queue was too full.'],
  30002: ['misconfigured', 'The Twilio account is suspended.'],
  30003: ['retry', 'The phone could not be reached.'],
  30004: ['unreachable', 'The message was blocked.'],
  30005: ['retry', 'The carrier does not know the phone now.'],
  30006: ['unreachable', 'The number is a landline, or cannot be reached.'],
  30007: ['rejected', 'The carrier filtered the message.'],
  30008: ['retry', 'The carrier could not deliver and does not say why.'],
  30022: ['retry', 'The campaign sends more than its carriers allow.'],
  30023: ['retry', 'The daily cap of the campaign is used up.'],
  30027: ['retry', 'The daily cap of the campaign is used up.', 6 * HOUR_MS],
  30032: ['misconfigured', 'The toll-free number is not verified.'],
  30034: ['misconfigured', 'The number belongs to no registered campaign: see docs/sms.md.'],
};

const UNKNOWN: Meaning = ['rejected', 'Twilio refuses the message.'];
const SILENT: Meaning = ['retry', 'Twilio did not answer.'];

export const meaningOf = (code: number): Meaning => TABLE[code] ?? UNKNOWN;

type Refusal = { readonly status: number; readonly code?: number };

/** How Twilio refused; undefined where it gave no answer. */
export const refusalOf = (error: unknown): Refusal | undefined =>
  isRefusal(error) ? error : undefined;

/** Loaders do not agree on what the SDK exports as its class of refusals: theirs is known by its look. */
const isRefusal = (error: unknown): error is Error & Refusal =>
  error instanceof Error && 'status' in error && !('isAxiosError' in error);

/** Why something was not sent. The detail quotes no number and no text. */
export function sendErrorOf(error: unknown): SendError {
  const { status, code } = refusalOf(error) ?? {};
  const [kind, says, waitMs] = meaningOfRefusal(status, code);
  const detail = code === undefined ? says : `${says} (${code})`;
  return waitMs === undefined
    ? { kind, detail }
    : { kind, detail, retryAfterMs: waitMs, isUntried: true };
}

function meaningOfRefusal(status: number | undefined, code: number | undefined): Meaning {
  if (code !== undefined && TABLE[code] !== undefined) return TABLE[code];
  // Without an answer the message may have been taken all the same.
  if (status === undefined || status >= 500) return SILENT;
  if (status === 429) return meaningOf(20429);
  if (status === 401 || status === 403) return meaningOf(20003);
  return UNKNOWN;
}

/** An error for the log: the SDK's own would quote the text and its recipient. */
export function safeError(what: string, error: unknown): Error {
  const { status, code } = refusalOf(error) ?? {};
  const facts = [status, code].filter((one) => one !== undefined).join(' ');
  return new Error(`Twilio, ${what}: ${facts === '' ? 'no answer' : facts}`);
}
