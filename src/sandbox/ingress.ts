/** Takes what is typed on a sandbox phone to the inbox; acknowledged once it is stored there. */

import type { Intake } from '../channels/channel.ts';
import type { ChannelName, SpooledPicture } from '../conversation/message.ts';
import { isoTime } from '../lib/clock.ts';
import { parseAddress, parseMessage } from './parse.ts';
import type { Phones } from './phones.ts';

/** What a phone shows of a message; the inbox reads no more of it either. */
const TEXT_SHOWN_MAX = 5000;

type PhoneInbound = {
  readonly channel: ChannelName;
  readonly from: string;
  readonly text: string;
  readonly media: readonly { readonly mediaType: string; readonly bytes: Uint8Array }[];
  readonly replyTo?: string;
};

export type SandboxIngress = (
  message: PhoneInbound,
) => Promise<{ readonly id: string } | { readonly refused: string }>;

/** A slice would keep the whole text in memory. */
const shownText = (text: string): string =>
  text.length <= TEXT_SHOWN_MAX ? text : structuredClone(text.slice(0, TEXT_SHOWN_MAX));

export function createIngress(options: {
  readonly intake: Intake;
  readonly phones: Phones;
  /** Keeps a picture until it was looked at; its key. */
  readonly keepPicture: (bytes: Uint8Array) => Promise<string>;
  /** Keeps a picture for the phone to show, while it is remembered; its key. */
  readonly showPicture: (bytes: Uint8Array) => string;
  /** A message id; ids sort by time. */
  readonly newId: () => string;
  readonly now: () => number;
}): SandboxIngress {
  const { phones } = options;
  return async (message) => {
    const { channel, text } = message;
    const address = parseAddress(channel, message.from);
    if (!address.ok) return { refused: address.refusal.sentence };
    const id = options.newId();
    const receivedAt = options.now();
    const pictures: SpooledPicture[] = [];
    for (const { bytes } of message.media) {
      pictures.push({ spoolKey: await options.keepPicture(bytes) });
    }
    const replyTo = message.replyTo ?? null;
    const parsed = parseMessage(
      { id, channel, from: address.value, text, replyTo },
      pictures,
      receivedAt,
    );
    if (!parsed.ok) return { refused: parsed.refusal.sentence };
    phones.add({
      channel,
      person: address.value,
      message: {
        id,
        direction: 'in',
        text: shownText(text),
        choices: [],
        at: isoTime(receivedAt),
        ...(message.media.length === 0
          ? {}
          : { pictures: message.media.map(({ bytes }) => options.showPicture(bytes)) }),
        ...(replyTo === null ? {} : { replyTo }),
      },
    });
    await options.intake(parsed.value);
    return { id };
  };
}
