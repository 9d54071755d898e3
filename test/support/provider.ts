// A provider of messages as channels have one: a server that takes messages over HTTP, remembers
// them, and answers as it is told; and the channel that talks to it.
import { serve } from '#test-serve';
import type { Channel, Delivery, SendOutcome } from '../../src/channels/channel.ts';
import type { ChannelName } from '../../src/conversation/message.ts';
import type { Answer, Served } from './serve.ts';

/** One message as the provider got it. */
type Received = Delivery & {
  readonly channel: ChannelName;
  /** When it came (ms). */
  readonly at: number;
};

/** What the provider does with a message. */
type Verdict =
  | 'take'
  /** Never answers. */
  | 'hang'
  /** Takes it and breaks the connection before the answer. */
  | 'break'
  | {
      readonly status: 400 | 401 | 403 | 404 | 429 | 500;
      readonly retryAfterSeconds?: number;
    };

export type Provider = Served & {
  readonly received: readonly Received[];
  /** Decides about every message from now on. */
  readonly decide: (verdict: (message: Received) => Verdict) => void;
  /** Calls `listener` with each message as it comes, before it is answered. */
  readonly onReceived: (listener: (message: Received) => void) => void;
};

export async function startProvider(): Promise<Provider> {
  const received: Received[] = [];
  const listeners: ((message: Received) => void)[] = [];
  let verdictOf = (_: Received): Verdict => 'take';

  const served = await serve((body) => {
    const delivery = JSON.parse(body) as Delivery & { channel: ChannelName };
    const message = { ...delivery, at: Date.now() };
    received.push(message);
    for (const listener of listeners) listener(message);
    return answerOf(verdictOf(message), `${message.channel}-${received.length}`);
  });
  return {
    ...served,
    received,
    decide: (verdict) => {
      verdictOf = verdict;
    },
    onReceived: (listener) => listeners.push(listener),
  };
}

function answerOf(verdict: Verdict, text: string): Answer {
  if (verdict === 'hang' || verdict === 'break') return verdict;
  if (verdict === 'take') return { status: 200, headers: {}, text };
  const { status, retryAfterSeconds: seconds } = verdict;
  return { status, headers: seconds === undefined ? {} : { 'retry-after': `${seconds}` }, text };
}

const ERRORS: Readonly<Record<number, 'stopped' | 'rejected' | 'misconfigured' | 'unreachable'>> = {
  400: 'rejected',
  401: 'misconfigured',
  403: 'stopped',
  404: 'unreachable',
};

/** A channel over a provider, which may be another program's. */
export function providerChannel(
  { url, ask = fetch }: Pick<Served, 'url'> & Partial<Pick<Served, 'ask'>>,
  name: ChannelName,
  facts: Partial<Pick<Channel, 'hasPublicPlace' | 'messagesPerSecond'>> = {},
): Channel {
  const send = async (delivery: Delivery): Promise<SendOutcome> => {
    const response = await ask(url, {
      method: 'POST',
      body: JSON.stringify({ ...delivery, channel: name }),
    }).catch(() => undefined);
    if (response === undefined) return failed('retry', 'no answer');
    const providerId = await response.text();
    if (response.ok) return { ok: true, providerId };
    const kind = ERRORS[response.status] ?? 'retry';
    const seconds = response.headers.get('retry-after');
    return failed(kind, String(response.status), seconds === null ? undefined : Number(seconds));
  };
  return { name, hasPublicPlace: false, messagesPerSecond: null, ...facts, send };
}

const failed = (
  kind: 'retry' | (typeof ERRORS)[number],
  detail: string,
  seconds?: number,
): SendOutcome => ({
  ok: false,
  error: { kind, detail, ...(seconds === undefined ? {} : { retryAfterMs: seconds * 1000 }) },
});
