/**
 * Reads what the network notifies us of. The list is newest first, its times can be set back by
 * whoever writes, and other clients move its read mark: so nothing is believed of it but its posts.
 * A glance reads until it meets what it saw before; a look, at the start and every few minutes,
 * reads back to a day before the last one.
 */
import { type Clock, DAY_MS } from '../../../lib/clock.ts';
import type { Memory } from '../../channel.ts';
import type { Account } from '../account.ts';
import { asked } from './ask.ts';
import { fieldsOf, listOf } from './fields.ts';
import type { Posts } from './posts.ts';
import type { Heed } from './rounds.ts';

export type Notifications = {
  /** One request where there is nothing new. */
  readonly glance: (account: Account, heed: Heed) => Promise<void>;
  readonly look: (account: Account, heed: Heed) => Promise<void>;
};

const MARK = 'bluesky-notified-until';
const OVERLAP_MS = DAY_MS;
const PAGE = 100;
/** A hundred thousand: a server that never comes to an end. */
const PAGES_MAX = 1000;
const SEEN_MAX = 20_000;
const REASONS = new Set(['mention', 'reply', 'quote']);

export function createNotifications(options: {
  readonly memory: Memory;
  readonly posts: Pick<Posts, 'take'>;
  readonly clock: Clock;
}): Notifications {
  const { memory, posts, clock } = options;
  /** What was on the pages read since the start, so that a glance knows where to stop. */
  const seen = new Set<string>();

  /** Reads pages until one of them `isEnough`, and answers what is on them. */
  const read = async (
    { agent }: Account,
    heed: Heed,
    isEnough: (page: readonly unknown[]) => boolean,
  ): Promise<readonly unknown[]> => {
    const all: unknown[] = [];
    const cursors = new Set<string>();
    let cursor: string | undefined;
    while (cursors.size < PAGES_MAX) {
      const data = await heed(
        asked(
          agent.app.bsky.notification.listNotifications({
            limit: PAGE,
            ...(cursor === undefined ? {} : { cursor }),
          }),
        ),
      );
      const page = listOf(fieldsOf(data)['notifications']);
      for (const one of page) if (REASONS.has(String(fieldsOf(one)['reason']))) all.push(one);
      if (isEnough(page)) return all;
      const next = fieldsOf(data)['cursor'];
      // A page may be empty, or short, with others behind it.
      if (typeof next !== 'string' || cursors.has(next)) return all;
      cursors.add(next);
      cursor = next;
    }
    return all;
  };

  const note = (shown: readonly unknown[]): void => {
    if (seen.size > SEEN_MAX) seen.clear();
    for (const one of shown) seen.add(idOf(one));
  };

  return {
    glance: async (account, heed) => {
      const all = new Set<unknown>();
      const shown = await read(account, heed, (page) => {
        const isFamiliar = page.some((one) => seen.has(idOf(one)));
        for (const one of page) all.add(one);
        return isFamiliar;
      });
      const fresh = shown.filter((one) => !seen.has(idOf(one)));
      if (fresh.length > 0) await posts.take(fresh, account);
      note([...all]);
    },
    look: async (account, heed) => {
      const mark = memory.recall(MARK);
      const all: unknown[] = [];
      let newest = Number.NEGATIVE_INFINITY;
      const shown = await read(account, heed, (page) => {
        all.push(...page.map(idOnly));
        const times = page.map(timeOf).filter((at) => !Number.isNaN(at));
        newest = Math.max(newest, ...times);
        // The first look of all goes back a day from what is there.
        const since = Math.min(mark === undefined ? newest : Date.parse(mark), clock.now());
        return times.length > 0 && Math.max(...times) < since - OVERLAP_MS;
      });
      const before = mark === undefined ? Number.NEGATIVE_INFINITY : Date.parse(mark);
      // What claims to come from the future does not shorten the next look.
      const until = Math.max(before, Math.min(newest, clock.now()));
      const remember = Number.isFinite(until) ? { [MARK]: new Date(until).toISOString() } : {};
      const isMoved = Number.isFinite(until) && until !== before;
      await posts.take(shown, account, isMoved ? remember : undefined);
      note(all);
    },
  };
}

const timeOf = (shown: unknown): number => Date.parse(String(fieldsOf(shown)['indexedAt']));

const idOf = (shown: unknown): string => `${fieldsOf(shown)['reason']} ${fieldsOf(shown)['uri']}`;

/** What `idOf` needs of it, and no more is kept. */
const idOnly = (shown: unknown): { readonly reason: unknown; readonly uri: unknown } => ({
  reason: fieldsOf(shown)['reason'],
  uri: fieldsOf(shown)['uri'],
});
