/** Takes what is typed on a sandbox phone to the inbox; acknowledged once it is stored there. */

import type { Inbox } from '../channels/channel.ts';
import type { SpooledPicture } from '../conversation/message.ts';
import { isoTime } from '../lib/clock.ts';
import type { Spool } from '../media/spool-port.ts';
import { parseAddress } from './addresses.ts';
import type { PageData } from './page/page-data.ts';
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
  const { inbox, phones, spool, newId, now } = options;
  return async ({ channel, from, text, media, replyTo }) => {
    const address = parseAddress(channel, from);
    if (!address.ok) return { refused: address.refusal.sentence };
    const sender = address.value;
    const id = newId();
    const receivedAt = now();
    const pictures: SpooledPicture[] = [];
    for (const { bytes } of media) pictures.push({ spoolKey: await spool.put(bytes) });
    phones.add({
      channel,
      person: sender,
      message: {
        id,
        direction: 'in',
        text: shownText(text),
        choices: [],
        at: isoTime(receivedAt),
        ...(pictures.length === 0
          ? {}
          : { pictures: pictures.map(({ spoolKey }) => pictureUrl(spoolKey)) }),
        ...(replyTo === undefined ? {} : { replyTo }),
      },
    });
    await inbox.receive({
      ...{ channel, sender, text, pictures, receivedAt },
      externalId: id,
      replyTo: replyTo ?? null,
      isPublic: false,
    });
    return { id };
  };
}
