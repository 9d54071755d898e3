/** From what a sandbox phone sends to an InboundMessage, with each channel's own limits. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { ChannelName, InboundMessage, SpooledPicture } from '../../conversation/message.ts';
import { createMemo } from '../../lib/memo.ts';
import { ok, type Result } from '../../lib/result.ts';

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
const HANDLE = /^[a-z0-9][a-z0-9.:_-]{0,252}$/i;

/** What each channel calls a sender, in one spelling. */
const ADDRESS: Readonly<Record<ChannelName, (from: string) => Result<string, Refused>>> = {
  sms: createMemo(NUMBERS_KEPT, (from: string) => {
    const number = parsePhoneNumberFromString(from.trim());
    return number?.isPossible() === true
      ? ok<string>(number.number)
      : refuse('"from" must be a phone number in international form, such as +15105550101.');
  }),
  telegram: (from) => handle(from, '"from" must be a Telegram user id or name, such as 7000101.'),
  bluesky: (from) => handle(from, '"from" must be a Bluesky handle or DID, such as ana.test.'),
};

function handle(from: string, sentence: string): Result<string, Refused> {
  const name = from.trim().replace(/^@/, '');
  return HANDLE.test(name) ? ok(name.toLowerCase()) : refuse(sentence);
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
