/** Takes what is typed on a sandbox phone to the inbox; acknowledged once it is stored there. */

import type { Inbox } from '../channels/channel.ts';
import type { SpooledPicture } from '../conversation/message.ts';
import { isoTime } from '../lib/clock.ts';
import type { Spool } from '../media/spool.ts';
import type { PageData } from './page/page-data.ts';
import { parseAddress, parseMessage } from './parse.ts';
import { type Phones, pictureUrl } from './phones.ts';

/** A phone shows no more characters of a message; the inbox reads no more of it either. */
const TEXT_SHOWN_MAX = 5000;

/** A slice would keep the whole text in memory. */
const shownText = (text: string): string =>
  text.length <= TEXT_SHOWN_MAX ? text : structuredClone(text.slice(0, TEXT_SHOWN_MAX));

export function createIngress(options: {
  readonly inbox: Pick<Inbox, 'receive'>;
  readonly phones: Phones;
  readonly spool: Pick<Spool, 'put'>;
  /** A message id; ids sort by time. */
  readonly newId: () => string;
  readonly now: () => number;
}): PageData['send'] {
  const { phones } = options;
  return async (message) => {
    const { channel, text } = message;
    const address = parseAddress(channel, message.from);
    if (!address.ok) return { refused: address.refusal.sentence };
    const id = options.newId();
    const receivedAt = options.now();
    const pictures: SpooledPicture[] = [];
    for (const { bytes } of message.media) {
      pictures.push({ spoolKey: await options.spool.put(bytes) });
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
        ...(pictures.length === 0
          ? {}
          : { pictures: pictures.map(({ spoolKey }) => pictureUrl(spoolKey)) }),
        ...(replyTo === null ? {} : { replyTo }),
      },
    });
    await options.inbox.receive(parsed.value);
    return { id };
  };
}
