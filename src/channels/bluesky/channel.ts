/** Bluesky as a channel: our own durable intake, and replies as posts and private messages. */

import { XRPCError } from '@atproto/api';
import type { Session } from '../../account/session.ts';
import { type Clock, MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { systemWait, type Wait } from '../../lib/wait.ts';
import { createGate } from '../../media/gate.ts';
import {
  type Capabilities,
  type Channel,
  ChannelError,
  type Inbox,
  type Ingress,
  type SendError,
  type SendOutcome,
  type TwoWayChannel,
} from '../channel.ts';
import { createProblems, type Problems } from '../problems.ts';
import { type Account, createAccount } from './account.ts';
import { isWithoutChat, NO_CHAT_ACCESS, sentenceOf, signInSentence } from './errors.ts';
import { createChat } from './in/chat.ts';
import { createNotifications } from './in/notifications.ts';
import { createPictureFetch } from './in/pictures.ts';
import { createPosts } from './in/posts.ts';
import { createRounds, type Heed } from './in/rounds.ts';
import { lookThroughThreads } from './in/threads.ts';
import { prepareProfile } from './out/profile.ts';
import { createSend } from './out/send.ts';
import type { BlueskySettings } from './settings.ts';

/** How often threads, older notifications and conversations are looked through. */
const SWEEP_MS = 5 * MINUTE_MS;
/** How often what could not be loaded or stored is tried again. */
const RETRY_MS = MINUTE_MS;
/** How often a password without access to private messages is tried again. */
const NO_CHAT_MS = 10 * MINUTE_MS;

/** A server writes the records of one account one after the other: more at once only wait there. */
const AT_ONCE = 4;
const IN_LINE_MS_MAX = 20 * SECOND_MS;
const IN_LINE: SendError = {
  kind: 'retry',
  detail: 'others are before it',
  retryAfterMs: SECOND_MS,
  isUntried: true,
};

/** There is no session yet, for a reason that `sentence` tells. */
class NoSession extends Error {
  override readonly name = 'NoSession';
}

/** Something of our own broke: no answer of the network, and not the want of one. */
const isOurs = (error: unknown): boolean =>
  error !== undefined && !(error instanceof XRPCError) && !(error instanceof NoSession);

export type BlueskyOptions = Capabilities & {
  readonly settings: BlueskySettings;
  readonly session: Session;
  readonly clock: Clock;
  readonly wait?: Wait;
  /** For tests, whose servers are on this machine: asks for strangers' pictures. */
  readonly fetchPublic?: typeof fetch;
};

type About = 'intake' | 'chat' | 'profile';

export function createBlueskyChannel(options: BlueskyOptions): TwoWayChannel {
  const { settings, session, clock } = options;
  const open = createAccount({ session, chatDid: settings.chatDid });
  const gate = createGate(AT_ONCE);
  const problems = createProblems<About>();
  let senders: { readonly account: Account; readonly send: Channel['send'] } | undefined;
  return {
    name: 'bluesky',
    hasPublicPlace: true,
    messagesPerSecond: null,
    send: async (delivery): Promise<SendOutcome> => {
      const opened = await open();
      if (opened.kind !== 'ok') {
        const kind = opened.kind === 'refused' ? 'misconfigured' : 'retry';
        return { ok: false, error: { kind, detail: 'there is no session', isUntried: true } };
      }
      if (senders?.account !== opened.value) {
        const us = opened.value;
        senders = { account: us, send: createSend({ ...options, account: us }) };
      }
      const { send } = senders;
      const askedAt = clock.now();
      return await gate(1, async () => {
        // The outbox takes what it hears nothing of for a minute for unanswered.
        if (clock.now() - askedAt > IN_LINE_MS_MAX) return { ok: false, error: IN_LINE };
        return await send(delivery);
      });
    },
    fetchPicture: createPictureFetch({
      plcUrl: settings.plcUrl,
      service: settings.service,
      ...(options.fetchPublic === undefined ? {} : { fetch: options.fetchPublic }),
    }),
    status: problems.status,
    createIngress: (inbox) => createIngress({ ...options, open, problems, inbox }),
  };
}

type IngressOptions = BlueskyOptions & {
  readonly open: ReturnType<typeof createAccount>;
  readonly problems: Problems<About>;
  readonly inbox: Inbox;
};

function createIngress(options: IngressOptions): Ingress {
  const { settings, open, clock, problems, failed, wait = systemWait } = options;
  const problem = (about: About, error: unknown): void => {
    if (error === undefined) problems.set(about, undefined);
    else if (error instanceof NoSession) problems.set(about, error.message);
    else if (about === 'chat' && isWithoutChat(error)) problems.set(about, NO_CHAT_ACCESS);
    else problems.set(about, sentenceOf(error));
  };

  const account = async (): Promise<Account> => {
    const opened = await open();
    if (opened.kind === 'ok') return opened.value;
    throw new NoSession(signInSentence(opened));
  };

  const posts = createPosts(options);
  const notifications = createNotifications({ ...options, posts });
  const chat = createChat(options);

  /** Whether it is time for what is done now and then, and that it was. */
  const nowAndThen = (everyMs: number) => {
    let doneAt: number | undefined;
    return {
      // A clock that was put back does not keep it from happening.
      isDue: () => doneAt === undefined || Math.abs(clock.now() - doneAt) >= everyMs,
      /** It counts from when it began: what was said meanwhile may not be in it. */
      done: (beganAt: number) => {
        doneAt = beganAt;
      },
    };
  };
  const rounds = (round: (us: Account, heed: Heed) => Promise<void>, about: About) =>
    createRounds({
      everyMs: settings.pollSeconds * SECOND_MS,
      round: async (heed) => round(await heed(account()), heed),
      ended: (error) => {
        problem(about, error);
        if (isOurs(error)) failed(error);
      },
      pauseMs: (error) => (about === 'chat' && isWithoutChat(error) ? NO_CHAT_MS : 0),
      clock,
      wait,
    });

  const looks = nowAndThen(SWEEP_MS);
  const retries = nowAndThen(RETRY_MS);
  const reading = rounds(async (us, heed) => {
    const now = clock.now();
    if (looks.isDue()) {
      await notifications.look(us, heed);
      await lookThroughThreads({ ...options, account: us, posts, heed });
      looks.done(now);
    } else {
      await notifications.glance(us, heed);
    }
    if (!retries.isDue()) return;
    await posts.retry(us, heed);
    retries.done(now);
  }, 'intake');

  const sweeps = nowAndThen(SWEEP_MS);
  const chatting = rounds(async (us, heed) => {
    const now = clock.now();
    const isNew = await chat.read(us, heed);
    if (!isNew && !sweeps.isDue()) return;
    await chat.sweep(us, heed);
    sweeps.done(now);
  }, 'chat');

  /** Once, and again after a while where it fails: the rest does not wait for it. */
  let isPrepared = false;
  const preparing = createRounds({
    everyMs: SWEEP_MS,
    round: async (heed) => {
      if (isPrepared) return;
      await heed(prepareProfile({ account: await heed(account()), settings }));
      isPrepared = true;
    },
    ended: (error) => problem('profile', error),
    clock,
    wait,
  });

  return {
    start: async () => {
      const opened = await open();
      // Where nobody answers, or for a while, it goes on trying.
      if (opened.kind === 'refused') throw new ChannelError(signInSentence(opened));
      for (const one of [preparing, reading, chatting]) one.start();
    },
    stop: async () => {
      await Promise.all([preparing, reading, chatting].map((one) => one.stop()));
    },
  };
}
