/** The three sandbox channels on their way out: what is sent appears on the phones. */

import type { Channel } from '../channels/channel.ts';
import type { ChannelName } from '../conversation/message.ts';
import { isoTime } from '../lib/clock.ts';
import type { Phones } from './phones.ts';
import { render } from './render.ts';

const HAS_PUBLIC_PLACE: Readonly<Record<ChannelName, boolean>> = {
  sms: false,
  telegram: true,
  bluesky: true,
};

export function createSandboxChannels(options: {
  readonly phones: Phones;
  readonly newId: () => string;
  readonly now: () => number;
}): readonly Channel[] {
  return (['sms', 'telegram', 'bluesky'] as const).map((name) => ({
    name,
    hasPublicPlace: HAS_PUBLIC_PLACE[name],
    messagesPerSecond: null,
    send: async ({ to, reply, place }) => {
      const isPublic = to === null || place !== null;
      let first: string | null = null;
      for (const rendered of render(name, reply, isPublic)) {
        const id = options.newId();
        first ??= id;
        const { pictures, ...shown } = rendered;
        options.phones.add({
          channel: name,
          person: to,
          message: {
            ...shown,
            id,
            direction: 'out',
            at: isoTime(options.now()),
            ...(pictures.length === 0 ? {} : { pictures }),
            ...(isPublic ? { public: true } : {}),
          },
        });
      }
      return { ok: true, providerId: first };
    },
  }));
}
