/** Reads what people say on Bluesky, in rounds, until the channel stops. */
import { XRPCError } from '@atproto/api';
import { isAboutAccount } from '../../../account/refusal.ts';
import type { Session } from '../../../account/session.ts';
import { type Clock, MINUTE_MS, SECOND_MS } from '../../../lib/clock.ts';
import { createDue, repeat } from '../../../lib/repeat.ts';
import { storageFault } from '../../../lib/storage-fault.ts';
import { unlessAborted, type Wait } from '../../../lib/wait.ts';
import { type Capabilities, ChannelError, type Inbox, type Ingress } from '../../channel.ts';
import { type Account, createAccount } from '../account.ts';
import {
  isWithoutChat,
  NO_CHAT_ACCESS,
  pauseAsked,
  sentenceOf,
  signInSentence,
} from '../errors.ts';
import { prepareProfile } from '../out/profile.ts';
import type { BlueskySettings } from '../settings.ts';
import { createChat } from './chat.ts';
import { createNotifications } from './notifications.ts';
import { createPosts } from './posts.ts';
import { lookThroughThreads } from './threads.ts';

export type Problem = 'intake' | 'chat' | 'profile';

export type IngressOptions = Capabilities & {
  readonly settings: BlueskySettings;
  readonly session: Session;
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly problem: (about: Problem, sentence: string | undefined) => void;
};

type State = IngressOptions & {
  /** Hears that posts, or private messages, were looked through once. */
  readonly lookedThrough: (about: 'posts' | 'chat') => void;
  /** Throws a `NoSession` where there is none. */
  readonly account: () => Promise<Account>;
  readonly signal: AbortSignal;
};

/** How often threads, older notifications and conversations are looked through. */
const SWEEP_MS = 5 * MINUTE_MS;
/** How often what could not be loaded or stored is tried again. */
const RETRY_MS = MINUTE_MS;
/** How often a password without access to private messages is tried again. */
const NO_CHAT_MS = 10 * MINUTE_MS;

/** There is no session yet; the message is a sentence for the operator. */
class NoSession extends Error {
  override readonly name = 'NoSession';
}

export function createIngress(options: IngressOptions): Ingress {
  const ending = new AbortController();
  const { signal } = ending;
  const open = createAccount({
    session: untilAborted(options.session, signal),
    chatDid: options.settings.chatDid,
  });
  const account = async (): Promise<Account> => {
    const opened = await open();
    if (opened.kind === 'ok') return opened.value;
    throw new NoSession(signInSentence(opened));
  };
  const looked = new Set<string>();
  const lookedThrough = (about: 'posts' | 'chat'): void => {
    looked.add(about);
    if (looked.size === 2) options.inbox.caughtUp?.('bluesky');
  };
  const state = { ...options, account, signal, lookedThrough };
  let running: Promise<unknown> | undefined;
  return {
    start: async () => {
      const opened = await open();
      // Where nobody answers, or the account is not active, it goes on trying.
      const isWrong = opened.kind === 'refused' && !isAboutAccount(opened.code);
      if (isWrong) throw new ChannelError(signInSentence(opened));
      running ??= Promise.all([prepare(state), readPosts(state), readChat(state)]);
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

/** The session for one who does not wait for its answers any longer than `signal` says. */
const untilAborted = (session: Session, signal: AbortSignal): Session => ({
  signIn: () => unlessAborted(session.signIn(), signal),
  request: (path, init) => unlessAborted(session.request(path, init), signal),
});

/** Once, and again after a while where it fails: the rest does not wait for it. */
const prepare = (state: State): Promise<void> =>
  inRounds(state, 'profile', async (account) => {
    await prepareProfile({ account, settings: state.settings });
    return true;
  });

function readPosts(state: State): Promise<void> {
  const { clock } = state;
  const posts = createPosts(state);
  const notifications = createNotifications({ ...state, posts });
  const looks = createDue(SWEEP_MS, clock.elapsed);
  const retries = createDue(RETRY_MS, clock.elapsed);
  return inRounds(state, 'intake', async (account) => {
    const beganAt = clock.elapsed();
    if (looks.isDue()) {
      await notifications.look(account);
      await lookThroughThreads(state, account, posts);
      looks.done(beganAt);
      state.lookedThrough('posts');
    } else {
      await notifications.glance(account);
    }
    if (retries.isDue()) {
      await posts.retry(account);
      retries.done(beganAt);
    }
    return false;
  });
}

function readChat(state: State): Promise<void> {
  const { clock } = state;
  const chat = createChat(state);
  const sweeps = createDue(SWEEP_MS, clock.elapsed);
  return inRounds(state, 'chat', async (account) => {
    const beganAt = clock.elapsed();
    const isNew = await chat.read(account);
    if (isNew || sweeps.isDue()) {
      await chat.sweep(account);
      sweeps.done(beganAt);
      state.lookedThrough('chat');
    }
    return false;
  });
}

const inRounds = (
  { settings, failed, clock, account, problem, wait, signal }: State,
  about: Problem,
  round: (account: Account) => Promise<boolean>,
): Promise<void> =>
  repeat({
    everyMs: settings.pollSeconds * SECOND_MS,
    round: async () => round(await account()),
    ended: (error) => {
      // A disk that is full is no trouble of the network's.
      if (storageFault(error) === undefined) {
        problem(about, error === undefined ? undefined : sentenceFor(about, error));
      }
      if (isOurs(error)) failed(error);
    },
    leastPauseMs: (error) =>
      about === 'chat' && isWithoutChat(error) ? NO_CHAT_MS : pauseAsked(error, clock.now()),
    wait,
    signal,
  });

function sentenceFor(about: Problem, error: unknown): string {
  if (error instanceof NoSession) return error.message;
  return about === 'chat' && isWithoutChat(error) ? NO_CHAT_ACCESS : sentenceOf(error);
}

/** Something of our own broke: no answer of the network, and not the want of one. */
const isOurs = (error: unknown): boolean =>
  error !== undefined && !(error instanceof XRPCError) && !(error instanceof NoSession);
