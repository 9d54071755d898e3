/** Reads the addresses of sandbox phones: each channel has its own form. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { ChannelName } from '../conversation/message.ts';
import { createMemo } from '../lib/memo.ts';
import { ok, type Result } from '../lib/result.ts';

type Refused = { readonly sentence: string };

const refuse = (sentence: string) => ({ ok: false, refusal: { sentence } }) as const;

/** How each channel's addresses look, and the sentence for one that looks otherwise. */
export const ADDRESS_FORMS: Readonly<
  Record<ChannelName, { readonly pattern: RegExp; readonly wrong: string }>
> = {
  sms: {
    pattern: /^\+[1-9]\d{6,14}$/,
    wrong: '"from" must be a phone number in international form, such as +15105550101.',
  },
  telegram: {
    pattern: /^@?[a-zA-Z0-9_]{1,64}$/,
    wrong: '"from" must be a Telegram user id or name, such as 7000101.',
  },
  bluesky: {
    pattern: /^(?:did:(?:plc|web):[a-zA-Z0-9._:%-]{1,240}|@?[a-zA-Z0-9][a-zA-Z0-9.-]{0,252})$/,
    wrong:
      '"from" must be the DID or handle of a Bluesky account, such as did:plc:ewvi7nxzyoun6zhxrhs64oiz.',
  },
};

/** Understanding a number costs more than everything else about a message. */
const NUMBERS_KEPT = 10_000;

const phoneNumber = createMemo(NUMBERS_KEPT, (from: string): Result<string, Refused> => {
  const number = parsePhoneNumberFromString(from);
  return number?.isPossible() === true
    ? ok<string>(number.number)
    : refuse(ADDRESS_FORMS.sms.wrong);
});

/** The sender's address in its one spelling, or the sentence that says what is wrong with it. */
export function parseAddress(channel: ChannelName, from: string): Result<string, Refused> {
  const { pattern, wrong } = ADDRESS_FORMS[channel];
  if (!pattern.test(from)) return refuse(wrong);
  return channel === 'sms' ? phoneNumber(from) : ok(from.replace(/^@/, '').toLowerCase());
}
