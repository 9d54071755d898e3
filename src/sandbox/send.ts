/** The sandbox's channels on their way out: what is sent appears on the phones. */
import type { Channel, Delivery, SendOutcome } from '../channels/channel.ts';
import type { ChannelName } from '../conversation/message.ts';
import { isoTime } from '../lib/clock.ts';
import { type Phones, pictureUrl } from './phones.ts';
import { render } from './render.ts';

type SendParts = {
  readonly phones: Phones;
  readonly newId: () => string;
  readonly now: () => number;
};

export const createSandboxChannels = (parts: SendParts): readonly Channel[] =>
  (['sms', 'telegram', 'bluesky'] as const).map((name) => ({
    name,
    hasPublicPlace: name !== 'sms',
    messagesPerSecond: null,
    send: async (delivery) => show(parts, name, delivery),
  }));

function show(
  { phones, newId, now }: SendParts,
  channel: ChannelName,
  { to, reply, place }: Delivery,
): SendOutcome {
  const isPublic = to === null || place !== null;
  let first: string | undefined;
  let withWords: string | undefined;
  for (const { pictures, ...shown } of render(channel, reply, isPublic)) {
    const id = newId();
    first ??= id;
    if (shown.text !== '') withWords ??= id;
    phones.add({
      channel,
      person: to,
      message: {
        ...shown,
        id,
        direction: 'out',
        at: isoTime(now()),
        ...(pictures.length === 0 ? {} : { pictures: pictures.map(pictureUrl) }),
        ...(isPublic ? { public: true } : {}),
      },
    });
  }
  // As on Telegram, people answer the message that has the words and not the album before it.
  return { ok: true, providerId: withWords ?? first ?? null };
}
