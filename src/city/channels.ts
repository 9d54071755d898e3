/** The channels of a real city: each that has credentials. */

import { commands } from '../../commands/index.ts';
import type { Session } from '../account/session.ts';
import { createBlueskyChannel } from '../channels/bluesky/channel.ts';
import type { ChannelDesk, RunningChannel } from '../channels/channel.ts';
import { createSmsChannel } from '../channels/sms/channel.ts';
import { createTelegramChannel } from '../channels/telegram/channel.ts';
import type { ChannelSettings } from '../config/channels.ts';
import type { ChannelName } from '../conversation/message.ts';
import type { City } from '../domain/city.ts';
import type { Clock } from '../lib/clock.ts';
import { telegramTexts } from './telegram-texts.ts';

export function createChannels(options: {
  readonly settings: ChannelSettings;
  readonly city: City;
  readonly clock: Clock;
  /** The city's session with its account; undefined where there is none. */
  readonly session: Session | undefined;
  readonly desk: (name: ChannelName) => ChannelDesk;
}): readonly RunningChannel[] {
  const { settings, city, clock, session, desk } = options;
  const { bluesky, telegram, sms } = settings;
  const channels: RunningChannel[] = [];
  if (bluesky !== undefined && session !== undefined) {
    channels.push(
      createBlueskyChannel({
        settings: { ...bluesky, operator: city.operator, contact: city.contact },
        session,
        desk: desk('bluesky'),
        clock,
      }),
    );
  }
  if (telegram !== undefined) {
    channels.push(
      createTelegramChannel({
        settings: telegram,
        desk: desk('telegram'),
        clock,
        texts: telegramTexts(city, commands),
      }),
    );
  }
  if (sms !== undefined) {
    channels.push(createSmsChannel({ settings: sms, desk: desk('sms'), clock }));
  }
  return channels;
}
