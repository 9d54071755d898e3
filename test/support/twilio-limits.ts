// The limits of Twilio's messages API, and the codes with which it refuses what breaks them.
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

export type Refusal = { readonly status: number; readonly code: number; readonly message: string };

const bad = (code: number, message: string): Refusal => ({ status: 400, code, message });

export const UNAUTHORIZED: Refusal = { status: 401, code: 20003, message: 'Authenticate' };
export const NOT_FOUND: Refusal = {
  status: 404,
  code: 20404,
  message: 'The requested resource was not found',
};
export const TOO_MANY: Refusal = { status: 429, code: 20429, message: 'Too Many Requests' };

const BODY_MAX = 1600;
const FIELDS = new Set(['To', 'From', 'MessagingServiceSid', 'Body', 'StatusCallback']);

/** What Twilio knows of numbers. */
export type Numbers = {
  /** Whence the account may send: its numbers and messaging services. */
  readonly own: ReadonlySet<string>;
  readonly optedOut: ReadonlySet<string>;
  readonly landlines: ReadonlySet<string>;
  readonly foreign: ReadonlySet<string>;
};

/** Why a message is not taken; undefined for one that is. */
export function brokenLimit(fields: URLSearchParams, numbers: Numbers): Refusal | undefined {
  for (const name of fields.keys()) {
    if (!FIELDS.has(name)) return bad(20001, `The parameter ${name} is not spoken here`);
    if (fields.getAll(name).length > 1) return bad(20001, `The parameter ${name} comes twice`);
  }
  const to = fields.get('To') ?? '';
  const from = fields.get('From') ?? fields.get('MessagingServiceSid');
  const body = fields.get('Body') ?? '';
  if (to === '') return bad(21604, "A 'To' phone number is required");
  if (from === null) return bad(21603, "A 'From' phone number is required");
  if (body === '') return bad(21602, 'Message body is required');
  if (!/^\+\d{8,15}$/.test(to) || parsePhoneNumberFromString(to)?.isPossible() !== true) {
    return bad(21211, "Invalid 'To' Phone Number");
  }
  if (!numbers.own.has(from)) {
    return fields.has('From')
      ? bad(21606, "The 'From' phone number is not a valid, SMS-capable number of your account")
      : bad(21705, 'The Messaging Service Sid is invalid');
  }
  if (to === from) return bad(21266, "'To' and 'From' number cannot be the same");
  if (body.length > BODY_MAX) {
    return bad(21617, 'The concatenated message body exceeds the 1600 character limit');
  }
  if (!body.isWellFormed()) return bad(21654, 'The body is no text');
  if (!/^https?:\/\/[^/]+\//.test(fields.get('StatusCallback') ?? 'https://none/')) {
    return bad(21609, "The 'StatusCallback' URL is not a valid URL");
  }
  if (numbers.optedOut.has(to)) return bad(21610, 'Attempt to send to unsubscribed recipient');
  if (numbers.landlines.has(to)) return bad(21635, "'To' number is a landline");
  if (numbers.foreign.has(to)) {
    return bad(21408, 'Permission to send an SMS has not been enabled for the region');
  }
  return undefined;
}
