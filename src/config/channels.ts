/** Reads the channels from the environment: one is on when its credentials are there. */
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { BlueskySettings } from '../channels/bluesky/settings.ts';
import type { SmsSettings } from '../channels/sms/settings.ts';
import type { TelegramSettings } from '../channels/telegram/settings.ts';
import {
  ConfigError,
  given,
  matching,
  publicUrl,
  url,
  type Variables,
  wholeNumber,
} from './variables.ts';

export type ChannelSettings = {
  /** Operator and contact are the city's, and are added where the channel is made. */
  readonly bluesky: Omit<BlueskySettings, 'operator' | 'contact'> | undefined;
  readonly telegram: TelegramSettings | undefined;
  readonly sms:
    | (SmsSettings & {
        /** How many segments a day the city's texts may cost. */
        readonly segmentsPerDay: number;
      })
    | undefined;
};

/** A channel's credentials are all there or all missing; half of them stop the start. */
function isOn(
  variables: Variables,
  channel: string,
  names: readonly (readonly string[])[],
): boolean {
  const there = names.map((choices) => choices.some((name) => given(variables, name)));
  if (!there.includes(true)) return false;
  const missing = names.filter((_, at) => !there[at]).map((choices) => choices.join(' or '));
  if (missing.length > 0) {
    throw new ConfigError(
      `${channel} has only half of its credentials: ${missing.join(' and ')} is missing.`,
    );
  }
  return true;
}

/** Reads a variable of which `isOn` has seen that it is there. */
const credential = (variables: Variables, name: string): string => given(variables, name) ?? '';

const POLL_SECONDS = { standard: 5, min: 1, max: 3600 } as const;
const DID = [
  /^did:[a-z]+:[A-Za-z0-9._:%-]+$/,
  'must be a DID such as did:web:api.bsky.chat.',
] as const;

function bluesky(variables: Variables): ChannelSettings['bluesky'] {
  const names = [['BLUESKY_IDENTIFIER'], ['BLUESKY_PASSWORD']];
  if (!isOn(variables, 'Bluesky', names)) return undefined;
  return {
    service: url(variables, 'BLUESKY_SERVICE') ?? 'https://bsky.social',
    identifier: credential(variables, 'BLUESKY_IDENTIFIER').replace(/^@/, ''),
    password: credential(variables, 'BLUESKY_PASSWORD'),
    chatDid: matching(variables, 'BLUESKY_CHAT_DID', DID) ?? 'did:web:api.bsky.chat',
    pollSeconds: wholeNumber(variables, 'BLUESKY_POLL_SECONDS', POLL_SECONDS),
    plcUrl: url(variables, 'PLC_URL') ?? 'https://plc.directory',
    publicUrl: publicUrl(variables),
  };
}

/** Long enough for any, and no other program's token is. */
const BOT_TOKEN = [
  /^\d{1,20}:[A-Za-z0-9_-]{10,100}$/,
  'must be a token as BotFather gives it: 123456:ABC….',
] as const;
const WEBHOOK_SECRET = [
  /^[A-Za-z0-9_-]{1,256}$/,
  'may have 1 to 256 letters, digits, underscores and hyphens.',
] as const;
const TELEGRAM_CHANNEL = [
  /^(?:@[A-Za-z0-9_]{4,32}|-100\d{1,15})$/,
  'must be like @city_tasks, or the number -100….',
] as const;

function telegram(variables: Variables): TelegramSettings | undefined {
  const token = matching(variables, 'TELEGRAM_BOT_TOKEN', BOT_TOKEN);
  if (token === undefined) return undefined;
  const webhookSecret = matching(variables, 'TELEGRAM_WEBHOOK_SECRET', WEBHOOK_SECRET);
  const channel = matching(variables, 'TELEGRAM_CHANNEL', TELEGRAM_CHANNEL);
  const address = publicUrl(variables);
  return {
    token,
    apiRoot: url(variables, 'TELEGRAM_API_ROOT') ?? 'https://api.telegram.org',
    ...(address && { publicUrl: address }),
    ...(webhookSecret && { webhookSecret }),
    ...(channel && { channel }),
  };
}

const SEGMENTS_PER_DAY = { standard: 2000, min: 1, max: 999_999_999 } as const;

/** Country codes with commas between; undefined where the city's time zone decides. */
function countries(variables: Variables): readonly string[] | undefined {
  const codes = given(variables, 'SMS_COUNTRIES')
    ?.toUpperCase()
    .split(',')
    .map((code) => code.trim());
  const unknown = codes?.find((code) => !isSupportedCountry(code));
  if (unknown !== undefined) {
    throw new ConfigError(
      `SMS_COUNTRIES must be codes of countries such as US,MX; "${unknown}" is none.`,
    );
  }
  return codes;
}

const MESSAGES_PER_SECOND = { standard: 1, min: 1, max: 1000 } as const;
const sid = (start: string) =>
  [
    new RegExp(`^${start}[0-9a-f]{32}$`, 'i'),
    `must be ${start} and 32 digits or letters a to f.`,
  ] as const;

function sms(variables: Variables): ChannelSettings['sms'] {
  const names = [
    ['TWILIO_ACCOUNT_SID'],
    ['TWILIO_AUTH_TOKEN'],
    ['TWILIO_FROM', 'TWILIO_MESSAGING_SERVICE_SID'],
  ];
  if (!isOn(variables, 'SMS', names)) return undefined;
  const accountSid = matching(variables, 'TWILIO_ACCOUNT_SID', sid('AC')) ?? '';
  const from = given(variables, 'TWILIO_FROM');
  if (from !== undefined && parsePhoneNumberFromString(from)?.number !== from) {
    throw new ConfigError('TWILIO_FROM must be a number in international form, like +15105550199.');
  }
  const messagingServiceSid = matching(variables, 'TWILIO_MESSAGING_SERVICE_SID', sid('MG'));
  const address = publicUrl(variables);
  if (address === undefined) {
    throw new ConfigError(
      'SMS needs PUBLIC_URL, where Twilio reaches this program: its messages are signed for it.',
    );
  }
  return {
    accountSid,
    authToken: credential(variables, 'TWILIO_AUTH_TOKEN'),
    from,
    messagingServiceSid,
    apiBaseUrl: url(variables, 'TWILIO_API_BASE_URL') ?? 'https://api.twilio.com',
    messagesPerSecond: wholeNumber(variables, 'TWILIO_MESSAGES_PER_SECOND', MESSAGES_PER_SECOND),
    publicUrl: address,
    segmentsPerDay: wholeNumber(variables, 'SMS_SEGMENTS_PER_DAY', SEGMENTS_PER_DAY),
    countries: countries(variables),
  };
}

/** Throws a `ConfigError` with one sentence for the first wrong setting. */
export const readChannels = (variables: Variables): ChannelSettings => ({
  bluesky: bluesky(variables),
  telegram: telegram(variables),
  sms: sms(variables),
});
