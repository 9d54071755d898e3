/**
 * Looks through Twilio's own list for what never arrived here: Twilio tries a webhook twice and
 * then forgets it, and a report of a delivery only once.
 */
import type { InboundMessage } from '../../conversation/message.ts';
import { type Clock, DAY_MS, HOUR_MS } from '../../lib/clock.ts';
import type { Inbox, Memory } from '../channel.ts';
import type { SmsClient } from './client.ts';
import { isServed, parseSms } from './parse.ts';
import type { SmsSettings } from './settings.ts';
import type { Statuses } from './statuses.ts';

/** When (ms) the list was last looked through to its end. */
const SWEPT_AT = 'sms-swept-at';
/** Twilio lists some messages late. Those from long before the first start are not answered. */
const OVERLAP_MS = HOUR_MS;
const PAGE = 1000;
const RECEIVED_MAX = 50_000;
/** The newest of what went out: an announcement to a whole city must not hide what came in. */
const SENT_MAX = 10_000;
const MEDIA_MAX = 10;

type Listed = Awaited<ReturnType<SmsClient['messages']['list']>>[number];

const isOutbound = ({ direction }: Listed): boolean => direction !== 'inbound';

export type SweepOptions = {
  readonly client: SmsClient;
  readonly settings: SmsSettings;
  readonly inbox: Pick<Inbox, 'known' | 'receiveAll' | 'caughtUp'>;
  readonly memory: Memory;
  readonly statuses: Pick<Statuses, 'report'>;
  readonly clock: Clock;
};

export function createSweep(options: SweepOptions): () => Promise<void> {
  const { client, settings, inbox, memory, statuses, clock } = options;

  /**
   * Lists the texts of the city's own numbers: an account may have others. The numbers of a
   * messaging service are those that it sent from: a text that came in need not name it.
   */
  const list = async (dateSentAfter: Date): Promise<Listed[]> => {
    const { from, messagingServiceSid: service } = settings;
    const about = { dateSentAfter, pageSize: PAGE };
    if (service === undefined) {
      const own = from ?? '';
      const received = await client.messages.list({ ...about, to: own, limit: RECEIVED_MAX });
      const sent = await client.messages.list({ ...about, from: own, limit: SENT_MAX });
      return [...received, ...sent];
    }
    const all = await client.messages.list({ ...about, limit: RECEIVED_MAX });
    const ofService = all.filter((one) => one.messagingServiceSid === service);
    const numbers = new Set(ofService.filter(isOutbound).map((one) => one.from));
    return all.filter((one) => one.messagingServiceSid === service || numbers.has(one.to));
  };

  const mediaOf = async ({ sid, from, numMedia }: Listed): Promise<string[]> => {
    if (Number(numMedia) === 0 || !isServed(settings.countries, from)) return [];
    const media = await client.messages(sid).media.list({ limit: MEDIA_MAX });
    return media.map(({ uri }) => new URL(uri.replace(/\.json$/, ''), settings.apiBaseUrl).href);
  };

  const takeIn = async (messages: readonly Listed[]): Promise<void> => {
    const known = inbox.known(
      'sms',
      messages.map(({ sid }) => sid),
    );
    const found: InboundMessage[] = [];
    // As they came: the list begins with the newest.
    for (const message of messages.filter(({ sid }) => !known.has(sid)).toReversed()) {
      const sms = {
        sid: message.sid,
        from: message.from,
        body: message.body,
        media: await mediaOf(message),
        segments: Number(message.numSegments) || 1,
        sentAt: message.dateCreated.getTime(),
        receivedAt: message.dateCreated.getTime(),
      };
      const parsed = parseSms(sms, settings.countries);
      if (parsed.ok) found.push(parsed.value);
    }
    if (found.length > 0) await inbox.receiveAll(found);
  };

  return async () => {
    const startedAt = clock.now();
    const sweptAt = memory.recall(SWEPT_AT);
    // However long its first attempts fail, it begins where this city began.
    if (sweptAt === undefined) await memory.remember(SWEPT_AT, String(startedAt));
    const since = sinceOf(Number(sweptAt ?? startedAt), startedAt);
    const messages = await list(new Date(since));
    await takeIn(messages.filter((message) => !isOutbound(message)));
    // Together, so that they share their commits.
    await Promise.all(
      messages
        .filter(isOutbound)
        .map(({ sid, status, errorCode }) => statuses.report(sid, status, errorCode || undefined)),
    );
    await memory.remember(SWEPT_AT, String(startedAt));
    inbox.caughtUp?.('sms');
  };
}

/** A sweep in the future was one by a clock that was wrong: nobody knows what it did not find. */
const sinceOf = (sweptAt: number, now: number): number =>
  sweptAt > now ? now - DAY_MS : sweptAt - OVERLAP_MS;
