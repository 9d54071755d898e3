/**
 * Takes posts over, whoever found them: each once, the oldest first. One that cannot be loaded or
 * stored is parked, on disk, and asked for again, and the rest goes on.
 */
import type { InboundMessage } from '../../../conversation/message.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Capabilities, Inbox } from '../../channel.ts';
import type { Account } from '../account.ts';
import { asked } from './ask.ts';
import { fieldsOf, listOf } from './fields.ts';
import { parsePost } from './parse.ts';
import type { Heed } from './rounds.ts';

export type Posts = {
  /**
   * Of posts as the network shows them, those that are for us and new; and what is remembered with
   * them. Answers which of them are parked.
   */
  readonly take: (
    shown: readonly unknown[],
    account: Account,
    remember?: Readonly<Record<string, string>>,
  ) => Promise<readonly string[]>;
  /** Asks again for what is parked. */
  readonly retry: (account: Account, heed: Heed) => Promise<void>;
};

const PARKED = 'bluesky-parked-posts';
/** Further ones are found again by the next look a day back. */
const PARKED_MAX = 500;
/** Tries with a minute between them: a day and a half. */
const TRIES_MAX = 2000;
/** As many as one transaction stores, and as many as are asked for at once. */
const BATCH = 100;
const ASKED_MAX = 25;

type Parked = { readonly uri: string; readonly tries: number };

export function createPosts(options: {
  readonly inbox: Inbox;
  readonly memory: Capabilities['memory'];
  readonly announcements: Capabilities['announcements'];
  readonly failed: Capabilities['failed'];
  readonly clock: Clock;
}): Posts {
  const { inbox, memory, announcements, failed, clock } = options;

  const parked = (): readonly Parked[] =>
    JSON.parse(memory.recall(PARKED) ?? '[]') as readonly Parked[];

  const park = async (uris: readonly string[]): Promise<void> => {
    const before = parked();
    const fresh = uris.filter((uri) => !before.some((one) => one.uri === uri));
    if (fresh.length === 0) return;
    const all = [...before, ...fresh.map((uri) => ({ uri, tries: 0 }))];
    await memory.remember(PARKED, JSON.stringify(all.slice(-PARKED_MAX)));
  };

  /** One by one, after all of them together were refused. */
  const storeEach = async (messages: readonly InboundMessage[]): Promise<readonly string[]> => {
    const refused: string[] = [];
    for (const message of messages) {
      await inbox.receive(message).catch((error: unknown) => {
        failed(error);
        refused.push(message.externalId);
      });
    }
    // Where the store itself is in trouble this fails as well, and all is asked for again.
    await park(refused);
    return refused;
  };

  const store = async (
    messages: readonly InboundMessage[],
    remember: Readonly<Record<string, string>>,
  ): Promise<readonly string[]> => {
    const refused: string[] = [];
    for (let at = 0; at < Math.max(1, messages.length); at += BATCH) {
      const batch = messages.slice(at, at + BATCH);
      // The last of them go with what is remembered: either both are there or neither is.
      const isLast = at + BATCH >= messages.length;
      const mark = isLast ? remember : {};
      if (batch.length === 0 && Object.keys(mark).length === 0) continue;
      await inbox.receiveAll(batch, mark).catch(async (error: unknown) => {
        if (batch.length === 0) throw error;
        refused.push(...(await storeEach(batch)));
        if (Object.keys(mark).length > 0) await inbox.receiveAll([], mark);
      });
    }
    return refused;
  };

  const take: Posts['take'] = async (shown, { did }, remember = {}) => {
    const announced = new Set(announcements.open());
    const around = { did, isAnnouncement: (uri: string) => announced.has(uri) };
    const parsed = shown.toSorted(byTime).map((post) => parsePost(post, around));
    const missing = parsed.flatMap((one) => (one.kind === 'missing' ? [one.uri] : []));
    const said = parsed.flatMap((one) => (one.kind === 'said' ? [one.message] : []));
    const known = inbox.known(
      'bluesky',
      said.map(({ externalId }) => externalId),
    );
    const receivedAt = clock.now();
    const fresh = said.flatMap((message) =>
      known.has(message.externalId) ? [] : [{ ...message, receivedAt }],
    );
    await park(missing);
    return [...missing, ...(await store(fresh, remember))];
  };

  return {
    take,
    retry: async (account, heed) => {
      const waiting = parked().map(({ uri }) => uri);
      const done = new Set<unknown>();
      for (let at = 0; at < waiting.length; at += ASKED_MAX) {
        const uris = waiting.slice(at, at + ASKED_MAX);
        const data = await heed(asked(account.agent.app.bsky.feed.getPosts({ uris })));
        const shown = listOf(fieldsOf(data)['posts']);
        const again = new Set<unknown>(await take(shown, account));
        for (const { uri } of shown.map(fieldsOf)) if (!again.has(uri)) done.add(uri);
      }
      if (waiting.length === 0) return;
      // Others may have been parked meanwhile. What is not shown was deleted, or is not there yet.
      const left = parked()
        .filter(({ uri }) => !done.has(uri))
        .map(({ uri, tries }) => ({ uri, tries: tries + (waiting.includes(uri) ? 1 : 0) }))
        .filter(({ tries }) => tries < TRIES_MAX);
      await memory.remember(PARKED, JSON.stringify(left));
    },
  };
}

/** Notifications and posts tell the same time: that of the post, or of its arrival where it is earlier. */
const timeOf = (shown: unknown): number => {
  const at = Date.parse(String(fieldsOf(shown)['indexedAt']));
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
};

const byTime = (one: unknown, other: unknown): number => {
  const [first, second] = [timeOf(one), timeOf(other)];
  return first === second ? 0 : first - second;
};
