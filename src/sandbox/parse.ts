/** From what a sandbox phone sends to an InboundMessage, with each channel's own limits. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { ChannelName, InboundMessage, SpooledPicture } from '../conversation/message.ts';
import { createMemo } from '../lib/memo.ts';
import { ok, type Result } from '../lib/result.ts';

export type RawMessage = {
  readonly id: string;
  readonly channel: ChannelName;
  readonly from: string;
  readonly text: string;
  readonly replyTo: string | null;
};

type Refused = { readonly sentence: string };

const refuse = (sentence: string) => ({ ok: false, refusal: { sentence } }) as const;

/** Understanding a number costs more than everything else about a message. */
const NUMBERS_KEPT = 10_000;
const TELEGRAM_USER = /^[a-z0-9_]{1,64}$/;
const BLUESKY_ACCOUNT = /^(?:did:(?:plc|web):[a-z0-9._:%-]{1,240}|[a-z0-9][a-z0-9.-]{0,252})$/;

/** What each channel calls a sender, in one spelling. */
const ADDRESS: Readonly<Record<ChannelName, (from: string) => Result<string, Refused>>> = {
  sms: createMemo(NUMBERS_KEPT, (from: string) => {
    const number = parsePhoneNumberFromString(from.trim());
    return number?.isPossible() === true
      ? ok<string>(number.number)
      : refuse('"from" must be a phone number in international form, such as +15105550101.');
  }),
  telegram: (from) =>
    account(from, TELEGRAM_USER, '"from" must be a Telegram user id or name, such as 7000101.'),
  bluesky: (from) =>
    account(from, BLUESKY_ACCOUNT, '"from" must be the DID or handle of a Bluesky account.'),
};

function account(from: string, pattern: RegExp, sentence: string): Result<string, Refused> {
  const name = from.trim().replace(/^@/, '').toLowerCase();
  return pattern.test(name) ? ok(name) : refuse(sentence);
}

/** The sender's address in its one spelling, or the sentence that says what is wrong with it. */
export const parseAddress = (channel: ChannelName, from: string): Result<string, Refused> =>
  ADDRESS[channel](from);

export function parseMessage(
  raw: RawMessage,
  pictures: readonly SpooledPicture[],
  receivedAt: number,
): Result<InboundMessage, Refused> {
  const address = parseAddress(raw.channel, raw.from);
  if (!address.ok) return address;
  return ok({
    channel: raw.channel,
    externalId: raw.id,
    sender: address.value,
    text: raw.text,
    pictures,
    replyTo: raw.replyTo,
    isPublic: false,
    receivedAt,
  });
}
