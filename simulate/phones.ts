/** The phones of everybody: what somebody says goes in, and the answer comes back to who waits for it. */
import type { Delivery, Inbox } from '../src/channels/channel.ts';
import type { ChannelName, InboundMessage } from '../src/conversation/message.ts';
import { smsSegments } from '../src/lib/sms-pieces.ts';
import type { Figures } from './figures.ts';
import { PATIENCE_MS } from './limits.ts';
import type { Person } from './population.ts';
import type { Scheduler } from './scheduler.ts';

export type Phones = {
  /** Says something; the answer, or undefined where none came in the time that people wait. */
  readonly say: (
    person: Person,
    text: string,
    pictures?: InboundMessage['pictures'],
  ) => Promise<string | undefined>;
  /** A message has reached its recipient. */
  readonly arrived: (channel: ChannelName, delivery: Delivery) => void;
};

type Waiting = { readonly since: number; readonly hear: (text: string | undefined) => void };

export function createPhones(
  { clock, timers }: Scheduler,
  figures: Figures,
  inbox: () => Pick<Inbox, 'receive'>,
): Phones {
  const waiting = new Map<string, Waiting>();
  let said = 0;
  const keyOf = (channel: ChannelName, address: string): string => `${channel} ${address}`;

  const waitFor = (key: string): Promise<string | undefined> =>
    new Promise((resolve) => {
      const cancel = timers.after(PATIENCE_MS, () => {
        waiting.delete(key);
        figures.now().unanswered += 1;
        resolve(undefined);
      });
      const hear: Waiting['hear'] = (text) => {
        cancel();
        resolve(text);
      };
      waiting.set(key, { since: clock.now(), hear });
    });

  return {
    say: async ({ channel, address }, text, pictures = []) => {
      said += 1;
      figures.now().in[channel] += 1;
      const hasPhoto = pictures.length > 0;
      const segments = channel === 'sms' && !hasPhoto ? smsSegments(text) : 0;
      figures.now().segmentsIn += segments;
      if (channel === 'sms' && hasPhoto) figures.now().photosIn += 1;
      const answer = waitFor(keyOf(channel, address));
      await inbox().receive({
        ...{ channel, text, pictures, sender: address },
        ...{ externalId: `said-${said}`, replyTo: null, isPublic: false },
        receivedAt: clock.now(),
        ...(channel === 'sms' ? { segments } : {}),
      });
      return answer;
    },
    arrived: (channel, { to, kind, reply }) => {
      if (to === null || kind !== 'reply') return;
      const key = keyOf(channel, to);
      const waits = waiting.get(key);
      if (waits === undefined) return;
      waiting.delete(key);
      figures.answered(clock.now() - waits.since);
      waits.hear(reply.text);
    },
  };
}
