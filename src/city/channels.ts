/** The channels of a real city: each that has credentials. */
import { commands } from '../../commands/index.ts';
import type { Session } from '../account/session.ts';
import { createBlueskyChannel } from '../channels/bluesky/channel.ts';
import type { TwoWayChannel } from '../channels/channel.ts';
import { createSmsChannel } from '../channels/sms/channel.ts';
import { createTelegramChannel } from '../channels/telegram/channel.ts';
import type { ChannelSettings } from '../config/channels.ts';
import { ConfigError } from '../config/config.ts';
import type { ChannelName } from '../conversation/message.ts';
import { countriesOf } from '../lib/countries.ts';
import type { Base } from './base.ts';
import { capabilitiesOf } from './capabilities.ts';
import { telegramTexts } from './telegram-texts.ts';

export function createChannels(options: {
  readonly base: Base;
  readonly settings: ChannelSettings;
  /** The city's session with its account; undefined where there is none. */
  readonly session: Session | undefined;
}): readonly TwoWayChannel[] {
  const { base, settings, session } = options;
  const { city, clock } = base.foundation;
  const shared = (name: ChannelName) => ({ ...capabilitiesOf(base, name), clock });
  const { bluesky, telegram, sms } = settings;
  return [
    bluesky &&
      session &&
      createBlueskyChannel({
        ...shared('bluesky'),
        settings: { ...bluesky, operator: city.operator, contact: city.contact },
        session,
      }),
    telegram &&
      createTelegramChannel({
        ...shared('telegram'),
        settings: telegram,
        texts: telegramTexts(city, commands),
      }),
    sms &&
      createSmsChannel({
        ...shared('sms'),
        settings: { ...sms, countries: sms.countries ?? countriesOfCity(city.timeZone) },
      }),
  ].filter((channel) => channel !== undefined);
}

function countriesOfCity(timeZone: string): readonly string[] {
  const countries = countriesOf(timeZone);
  if (countries.length > 0) return countries;
  throw new ConfigError(
    `SMS_COUNTRIES is missing, such as US,MX: the time zone ${timeZone} tells no country.`,
  );
}
