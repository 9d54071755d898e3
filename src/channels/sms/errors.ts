/** Twilio's error codes: one table of what the outbox does and what the operator should do. */
import twilio from 'twilio';
import { HOUR_MS, SECOND_MS } from '../../lib/clock.ts';
import type { SendError } from '../channel.ts';

type Meaning = {
  readonly kind: SendError['kind'];
  /** A sentence for the operator. */
  readonly says: string;
  readonly retryAfterMs?: number;
  /** Twilio did not look at the message, so that it does not count as an attempt. */
  readonly isUntried?: true;
};

/** Source: the error dictionary of Twilio, and channels.md. */
const TABLE: Readonly<Record<number, Meaning>> = {
  20003: {
    kind: 'misconfigured',
    says: 'Twilio does not take TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.',
  },
  20005: { kind: 'misconfigured', says: 'The Twilio account is not active.' },
  20404: { kind: 'misconfigured', says: 'Twilio does not know the account.' },
  20429: {
    kind: 'retry',
    says: 'Twilio asks for patience.',
    retryAfterMs: 10 * SECOND_MS,
    isUntried: true,
  },
  21211: { kind: 'unreachable', says: 'The number does not exist.' },
  21212: { kind: 'misconfigured', says: 'TWILIO_FROM is no number that Twilio can send from.' },
  21408: {
    kind: 'rejected',
    says: 'The account may not send to that country: allow it under Geo permissions.',
  },
  21606: { kind: 'misconfigured', says: 'TWILIO_FROM is not a number of the account.' },
  21608: {
    kind: 'rejected',
    says: 'A trial account sends to verified numbers only: upgrade the account.',
  },
  21610: { kind: 'stopped', says: 'The person has opted out.' },
  21611: {
    kind: 'retry',
    says: 'The queue of the number is full.',
    retryAfterMs: 60 * SECOND_MS,
    isUntried: true,
  },
  21612: { kind: 'rejected', says: 'The number cannot be reached from TWILIO_FROM.' },
  21614: { kind: 'unreachable', says: 'The number takes no texts.' },
  21617: { kind: 'rejected', says: 'The message is too long.' },
  21635: { kind: 'unreachable', says: 'The number is a landline.' },
  21659: { kind: 'misconfigured', says: 'TWILIO_FROM is not a number of Twilio.' },
  21660: { kind: 'misconfigured', says: 'TWILIO_FROM belongs to another account.' },
  21703: {
    kind: 'misconfigured',
    says: 'The messaging service has no number: add one to it.',
  },
  21705: {
    kind: 'misconfigured',
    says: 'Twilio does not know TWILIO_MESSAGING_SERVICE_SID.',
  },
  30001: { kind: 'retry', says: 'The queue was too full.' },
  30002: { kind: 'misconfigured', says: 'The Twilio account is suspended.' },
  30003: { kind: 'retry', says: 'The phone could not be reached.' },
  30004: { kind: 'unreachable', says: 'The message was blocked.' },
  30005: { kind: 'retry', says: 'The carrier does not know the phone now.' },
  30006: { kind: 'unreachable', says: 'The number is a landline, or cannot be reached.' },
  30007: { kind: 'rejected', says: 'The carrier filtered the message.' },
  30008: { kind: 'retry', says: 'The carrier could not deliver and does not say why.' },
  30022: { kind: 'retry', says: 'The campaign sends more than its carriers allow.' },
  30023: { kind: 'retry', says: 'The daily cap of the campaign is used up.' },
  30027: {
    kind: 'retry',
    says: 'The daily cap of the campaign is used up.',
    retryAfterMs: 6 * HOUR_MS,
    isUntried: true,
  },
  30032: { kind: 'misconfigured', says: 'The toll-free number is not verified.' },
  30034: {
    kind: 'misconfigured',
    says: 'The number belongs to no registered campaign: see docs/sms.md.',
  },
};

const UNKNOWN: Meaning = { kind: 'rejected', says: 'Twilio refuses the message.' };
const SILENT: Meaning = { kind: 'retry', says: 'Twilio did not answer.' };

export const meaningOf = (code: number): Meaning => TABLE[code] ?? UNKNOWN;

/** How Twilio refused; undefined where it gave no answer. */
export const refusalOf = (
  error: unknown,
): { readonly status: number; readonly code?: number } | undefined =>
  error instanceof twilio.RestException ? error : undefined;

/** Why something was not sent. The detail quotes no number and no text. */
export function sendErrorOf(error: unknown): SendError {
  const { status, code } = refusalOf(error) ?? {};
  const { kind, says, retryAfterMs, isUntried } = meaningOfRefusal(status, code);
  const detail = code === undefined ? says : `${says} (${code})`;
  return {
    kind,
    detail,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(isUntried === undefined ? {} : { isUntried }),
  };
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
