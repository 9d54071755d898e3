/** Makes an InboundMessage of what Twilio posts. It adds fields any time: unknown ones are ignored. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { InboundMessage } from '../../conversation/message.ts';
import { isNumberOf } from '../../lib/countries.ts';
import { createMemo } from '../../lib/memo.ts';
import { ok, type Result } from '../../lib/result.ts';

/** Why a message is not taken, in words that do not tell its sender. */
type LeftOut = { readonly why: string };

const leaveOut = (why: string) => ({ ok: false, refusal: { why } }) as const;

/** Parsing a number costs more than everything else about a message, so numbers are remembered. */
const NUMBERS_KEPT = 10_000;
const MEDIA_MAX = 10;
const E164 = /^\+\d{7,15}$/;
/** Until 2019 mobile numbers of Mexico had a 1 after the country code. */
const OLD_MEXICAN = /^\+521(\d{10})$/;
const SID = /^(?:SM|MM)[0-9a-f]{32}$/i;
/** Where Twilio keeps a picture. A stranger may have made the address: only the path is used. */
const MEDIA_PATH = /^\/2010-04-01\/Accounts\/AC\w{1,64}\/Messages\/\w{1,64}\/Media\/\w{1,64}$/;

const OPT_OUT: Readonly<Record<string, InboundMessage['answered']>> = {
  STOP: 'stop',
  START: 'start',
  HELP: 'help',
};

/**
 * A number in its one spelling (E.164); undefined for what a text cannot answer: short codes, names,
 * and other ways in of the same account (`whatsapp:+1…`).
 */
export const numberOf = createMemo(NUMBERS_KEPT, (from: string): string | undefined => {
  if (!E164.test(from)) return undefined;
  const number = parsePhoneNumberFromString(from.replace(OLD_MEXICAN, '+52$1'));
  return number?.isPossible() === true ? number.number : undefined;
});

/** The name of a picture in this channel: its path at the provider. */
export function sourceOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  // Any other path becomes an empty source, which is refused when it is to be fetched.
  return MEDIA_PATH.test(path) ? path : '';
}

type Sms = {
  readonly sid: string;
  readonly from: string;
  readonly body: string;
  /** Addresses of its pictures. */
  readonly media: readonly string[];
  readonly segments: number;
  readonly optOut?: string | undefined;
  /** When Twilio got it (ms); a webhook does not tell. */
  readonly sentAt?: number;
  /** In ms. */
  readonly receivedAt: number;
};

/** The countries whose numbers the city talks with; any where it is undefined. */
type Countries = readonly string[] | undefined;

export const isServed = (countries: Countries, number: string): boolean =>
  countries === undefined || isNumberOf(countries, number);

/** Parses a text that came by a webhook or stands in the provider's list. */
export function parseSms(sms: Sms, countries?: Countries): Result<InboundMessage, LeftOut> {
  if (!SID.test(sms.sid)) return leaveOut('it has no id of Twilio');
  const sender = numberOf(sms.from);
  if (sender === undefined) return leaveOut('its sender has no number that can be answered');
  const answered = OPT_OUT[sms.optOut?.toUpperCase() ?? ''];
  return ok({
    channel: 'sms',
    externalId: sms.sid,
    sender,
    text: sms.body,
    pictures: sms.media.slice(0, MEDIA_MAX).map((url) => ({ source: sourceOf(url) })),
    replyTo: null,
    isPublic: false,
    ...(answered === undefined ? {} : { answered }),
    ...(isServed(countries, sender) ? {} : { isUnserved: true }),
    segments: sms.segments,
    ...(sms.sentAt === undefined ? {} : { sentAt: sms.sentAt }),
    receivedAt: sms.receivedAt,
  });
}

/** A whole number within limits; `standard` for anything else. */
function count(text: string | undefined, standard: number, max: number): number {
  const number = /^\d{1,4}$/.test(text ?? '') ? Number(text) : standard;
  return Math.min(number, max);
}

const SEGMENTS_MAX = 100;

/** Parses the form that a webhook posts. */
export function parseForm(
  form: Readonly<Record<string, string>>,
  receivedAt: number,
  countries?: Countries,
): Result<InboundMessage, LeftOut> {
  const media = Array.from(
    { length: count(form['NumMedia'], 0, MEDIA_MAX) },
    (_, at) => form[`MediaUrl${at}`] ?? '',
  );
  const sms = {
    sid: form['MessageSid'] ?? form['SmsMessageSid'] ?? form['SmsSid'] ?? '',
    from: form['From'] ?? '',
    body: form['Body'] ?? '',
    media,
    segments: count(form['NumSegments'], 1, SEGMENTS_MAX),
    optOut: form['OptOutType'],
    receivedAt,
  };
  return parseSms(sms, countries);
}
