/** The channels' providers, simulated: each answers when it would, and takes no more than it may. */
import type { Channel, Delivery, Inbox, SendError, SendOutcome } from '../src/channels/channel.ts';
import { render as renderSms } from '../src/channels/sms/render.ts';
import type { ChannelName } from '../src/conversation/message.ts';
import { MINUTE_MS, SECOND_MS } from '../src/lib/clock.ts';
import type { Chance } from './chance.ts';
import type { Figures, Kind } from './figures.ts';
import { ANSWERS_MS, LIMITS, SMS_TRANSIT_MS } from './limits.ts';
import type { SimulatedPds } from './pds.ts';
import type { Scheduler } from './scheduler.ts';

type ProviderParts = {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly figures: Figures;
  /** A message has reached its recipient. */
  readonly arrived: (channel: ChannelName, delivery: Delivery) => void;
};

const kindOf = ({ to, kind }: Delivery): Kind =>
  to === null || kind === 'announcement' || kind === 'update' ? 'place' : kind;

const PUBLIC_URL = 'https://city.example';

const tooMuch = (detail: string, retryAfterMs: number): SendOutcome => {
  const error: SendError = { kind: 'retry', detail, retryAfterMs };
  return { ok: false, error };
};

/** Counts what a channel took over. */
function count({ figures }: ProviderParts, channel: ChannelName, delivery: Delivery): void {
  figures.now().out[channel] += 1;
  figures.now().kinds[kindOf(delivery)] += 1;
}

/** Twilio: takes a message at once, and its numbers send the segments one after the other. */
export function createSms(
  parts: ProviderParts & {
    readonly segmentsPerSecond: number;
    readonly report: (report: Parameters<Inbox['report']>[0]) => Promise<boolean>;
  },
): { readonly channel: Channel; readonly queueMs: () => number } {
  const { scheduler, chance, figures, arrived, segmentsPerSecond, report } = parts;
  const { clock, timers } = scheduler;
  let freeAt = 0;
  let taken = 0;
  const queueMs = (): number => Math.max(0, freeAt - clock.now());

  const arrive = (delivery: Delivery, providerId: string): void => {
    arrived('sms', delivery);
    figures.now().reports += 1;
    void report({ channel: 'sms', providerId, state: 'delivered' });
  };

  const channel: Channel = {
    name: 'sms',
    hasPublicPlace: false,
    reportsDelivery: true,
    messagesPerSecond: segmentsPerSecond,
    send: async (delivery) => {
      await scheduler.sleep(chance.between(...ANSWERS_MS.sms));
      if (queueMs() >= LIMITS.smsQueueMs) {
        figures.now().turnedAway += 1;
        return tooMuch('the queue of the number is full', MINUTE_MS);
      }
      const segments = renderSms(delivery.reply, PUBLIC_URL).reduce(
        (sum, piece) => sum + piece.segments,
        0,
      );
      freeAt = Math.max(freeAt, clock.now()) + (segments * SECOND_MS) / segmentsPerSecond;
      taken += 1;
      const providerId = `SM${taken}`;
      count(parts, 'sms', delivery);
      figures.now().segmentsOut += segments;
      const arrivesMs = queueMs() + chance.between(...SMS_TRANSIT_MS);
      timers.after(arrivesMs, () => arrive(delivery, providerId));
      return { ok: true, providerId, segments };
    },
  };
  return { channel, queueMs };
}

/** Takes so many in a stretch of time that begins with the first of them. */
function createTurnstile(max: number, ms: number, now: () => number): () => number {
  let endsAt = 0;
  let count = 0;
  /** How long (ms) to wait; 0 where it was taken. */
  return () => {
    if (now() >= endsAt) {
      endsAt = now() + ms;
      count = 0;
    }
    count += 1;
    return count <= max ? 0 : endsAt - now();
  };
}

/** Telegram: so many a second in all, and so many a minute in its channel. */
export function createTelegram(parts: ProviderParts): Channel {
  const { scheduler, chance, figures, arrived } = parts;
  const { now } = scheduler.clock;
  const all = createTurnstile(LIMITS.telegramPerSecond, SECOND_MS, now);
  const place = createTurnstile(LIMITS.telegramPlacePerMinute, MINUTE_MS, now);
  let taken = 0;
  return {
    name: 'telegram',
    hasPublicPlace: true,
    canUpdate: true,
    messagesPerSecond: LIMITS.telegramPerSecond,
    send: async (delivery) => {
      await scheduler.sleep(chance.between(...ANSWERS_MS.telegram));
      const waitMs = Math.max(all(), delivery.to === null ? place() : 0);
      if (waitMs > 0) {
        figures.now().turnedAway += 1;
        // Telegram counts in whole seconds.
        return tooMuch('too many requests', Math.ceil(waitMs / SECOND_MS) * SECOND_MS);
      }
      taken += 1;
      count(parts, 'telegram', delivery);
      arrived('telegram', delivery);
      return { ok: true, providerId: `telegram-${taken}` };
    },
  };
}

/** Bluesky: its posts are records of the city's account, and cost what records cost. */
export function createBluesky(parts: ProviderParts & { readonly pds: SimulatedPds }): Channel {
  const { scheduler, chance, arrived, pds } = parts;
  let taken = 0;
  return {
    name: 'bluesky',
    hasPublicPlace: true,
    messagesPerSecond: null,
    send: async (delivery) => {
      if (delivery.to === null) {
        const waitMs = await pds.post();
        if (waitMs > 0) return tooMuch('the account may write no more', waitMs);
      } else {
        await scheduler.sleep(chance.between(...ANSWERS_MS.bluesky));
      }
      taken += 1;
      count(parts, 'bluesky', delivery);
      arrived('bluesky', delivery);
      return { ok: true, providerId: `bluesky-${taken}` };
    },
  };
}
