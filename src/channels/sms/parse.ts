/** From what Twilio posts to an InboundMessage. Fields are added any time: what is not known is left. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { InboundMessage } from '../../conversation/message.ts';
import { createMemo } from '../../lib/memo.ts';
import { ok, type Result } from '../../lib/result.ts';

/** Why a message is left out, in words without its sender. */
type LeftOut = { readonly why: string };

const leaveOut = (why: string) => ({ ok: false, refusal: { why } }) as const;

/** Understanding a number costs more than everything else about a message. */
const NUMBERS_KEPT = 10_000;
const MEDIA_MAX = 10;
const E164 = /^\+\d{7,15}$/;
/** Until 2019 phones of Mexico had a 1 between. */
const OLD_MEXICAN = /^\+521(\d{10})$/;
const SID = /^(?:SM|MM)[0-9a-f]{32}$/i;
/** Where Twilio keeps a picture: nothing else of an address that a stranger may have made is used. */
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

/** What the channel knows a picture by: its path at the provider. */
export function sourceOf(url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  // What is no such path is kept as nothing, and refused when it is to be fetched.
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
  /** In ms. */
  readonly receivedAt: number;
};

/** A text as it is known, from a webhook or from the provider's list. */
export function parseSms(sms: Sms): Result<InboundMessage, LeftOut> {
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
    segments: sms.segments,
    receivedAt: sms.receivedAt,
  });
}

/** A whole number within limits; `standard` for anything else. */
function count(text: string | undefined, standard: number, max: number): number {
  const number = /^\d{1,4}$/.test(text ?? '') ? Number(text) : standard;
  return Math.min(number, max);
}

const SEGMENTS_MAX = 100;

/** The message of a webhook, by its form. */
export function parseForm(
  form: Readonly<Record<string, string>>,
  receivedAt: number,
): Result<InboundMessage, LeftOut> {
  const media = Array.from(
    { length: count(form['NumMedia'], 0, MEDIA_MAX) },
    (_, at) => form[`MediaUrl${at}`] ?? '',
  );
  return parseSms({
    sid: form['MessageSid'] ?? form['SmsMessageSid'] ?? form['SmsSid'] ?? '',
    from: form['From'] ?? '',
    body: form['Body'] ?? '',
    media,
    segments: count(form['NumSegments'], 1, SEGMENTS_MAX),
    optOut: form['OptOutType'],
    receivedAt,
  });
}
