/**
 * Looks through Twilio's own list for what never arrived here: Twilio tries a webhook twice and
 * then forgets it, and a report of a delivery only once.
 */
import type { InboundMessage } from '../../conversation/message.ts';
import { DAY_MS, HOUR_MS } from '../../lib/clock.ts';
import type { ChannelDesk } from '../channel.ts';
import type { SmsClient } from './client.ts';
import { parseSms } from './parse.ts';
import type { SmsSettings } from './settings.ts';
import type { Statuses } from './statuses.ts';

/** When (ms) the list was last looked through to its end. */
const SWEPT_AT = 'sms-swept-at';
/** What came in while this was off, and what Twilio listed late. */
const OVERLAP_MS = HOUR_MS;
const FIRST_LOOK_MS = DAY_MS;
const PAGE = 1000;
const MESSAGES_MAX = 50_000;
const MEDIA_MAX = 10;

type Listed = Awaited<ReturnType<SmsClient['messages']['list']>>[number];

export function createSweep(options: {
  readonly client: SmsClient;
  readonly settings: SmsSettings;
  readonly desk: Pick<ChannelDesk, 'intakeAll' | 'known' | 'recall' | 'remember'>;
  readonly statuses: Statuses;
  readonly now: () => number;
}): () => Promise<void> {
  const { client, settings, desk, statuses, now } = options;

  /** An account may have other numbers, which are none of this city's business. */
  const isOurs = ({ to, from, messagingServiceSid }: Listed): boolean =>
    settings.messagingServiceSid === undefined
      ? to === settings.from || from === settings.from
      : messagingServiceSid === settings.messagingServiceSid;

  const mediaOf = async ({ sid, numMedia }: Listed): Promise<string[]> => {
    if (Number(numMedia) === 0) return [];
    const media = await client.messages(sid).media.list({ limit: MEDIA_MAX });
    return media.map(({ uri }) => new URL(uri.replace(/\.json$/, ''), settings.apiBaseUrl).href);
  };

  const takeIn = async (messages: readonly Listed[]): Promise<void> => {
    const known = desk.known(messages.map(({ sid }) => sid));
    const found: InboundMessage[] = [];
    // As they came: the list begins with the newest.
    for (const message of messages.filter(({ sid }) => !known.has(sid)).toReversed()) {
      const parsed = parseSms({
        sid: message.sid,
        from: message.from,
        body: message.body,
        media: await mediaOf(message),
        segments: Number(message.numSegments) || 1,
        receivedAt: message.dateCreated.getTime(),
      });
      if (parsed.ok) found.push(parsed.value);
    }
    if (found.length > 0) await desk.intakeAll(found);
  };

  return async () => {
    const startedAt = now();
    const sweptAt = Number(desk.recall(SWEPT_AT));
    const since = sweptAt > 0 ? sweptAt - OVERLAP_MS : startedAt - FIRST_LOOK_MS;
    const listed = await client.messages.list({
      dateSentAfter: new Date(since),
      pageSize: PAGE,
      limit: MESSAGES_MAX,
    });
    const messages = listed.filter(isOurs);
    await takeIn(messages.filter(({ direction }) => direction === 'inbound'));
    for (const { sid, status, errorCode, direction } of messages) {
      if (direction !== 'inbound') await statuses.hear(sid, status, errorCode || undefined);
    }
    await desk.remember(SWEPT_AT, String(startedAt));
  };
}
