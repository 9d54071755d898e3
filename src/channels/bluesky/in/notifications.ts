/**
 * Reads what the network notifies us of. The list is newest first, its times can be set back by
 * whoever writes, and other clients move its read mark: so nothing is believed of it but its posts.
 */
import { type Clock, DAY_MS } from '../../../lib/clock.ts';
import type { Memory } from '../../channel.ts';
import type { Account } from '../account.ts';
import { fieldsOf, listOf } from '../fields.ts';
import { pagesOf } from './ask.ts';
import type { Posts } from './posts.ts';

type State = {
  readonly memory: Memory;
  readonly posts: Pick<Posts, 'take'>;
  readonly clock: Clock;
  /** The ids of all that was read since the start, so that a glance knows where to stop. */
  readonly seen: Set<string>;
};

const MARK = 'bluesky-notified-until';
const OVERLAP_MS = DAY_MS;
const PAGE = 100;
/** A hundred thousand notifications: a server that never comes to an end. */
const PAGES_MAX = 1000;
const SEEN_MAX = 20_000;
const REASONS = new Set(['mention', 'reply', 'quote']);

export function createNotifications(options: Omit<State, 'seen'>) {
  const state: State = { ...options, seen: new Set() };
  return {
    /** Reads until it meets what it saw before: one request where there is nothing new. */
    glance: (account: Account) => glance(state, account),
    /** Reads back to a day before the last look: at the start and every few minutes. */
    look: (account: Account) => look(state, account),
  };
}

async function glance({ posts, seen }: State, account: Account): Promise<void> {
  const ids: string[] = [];
  const fresh: unknown[] = [];
  for await (const page of pagesFor(account)) {
    const isFamiliar = page.some((one) => seen.has(idOf(one)));
    ids.push(...page.map(idOf));
    fresh.push(...page.filter((one) => isAboutPost(one) && !seen.has(idOf(one))));
    if (isFamiliar) break;
  }
  if (fresh.length > 0) await posts.take(fresh, account);
  note(seen, ids);
}

async function look({ memory, posts, clock, seen }: State, account: Account): Promise<void> {
  const mark = memory.recall(MARK);
  const before = mark === undefined ? Number.NEGATIVE_INFINITY : Date.parse(mark);
  const ids: string[] = [];
  const shown: unknown[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  for await (const page of pagesFor(account)) {
    ids.push(...page.map(idOf));
    shown.push(...page.filter(isAboutPost));
    const times = page.map(timeOf).filter((at) => !Number.isNaN(at));
    newest = Math.max(newest, ...times);
    // The first look of all goes back a day from what is there.
    const since = Math.min(mark === undefined ? newest : before, clock.now());
    if (times.length > 0 && Math.max(...times) < since - OVERLAP_MS) break;
  }
  // A notification from the future does not shorten the next look.
  const until = Math.max(before, Math.min(newest, clock.now()));
  const isMoved = Number.isFinite(until) && until !== before;
  const remember = isMoved ? { [MARK]: new Date(until).toISOString() } : undefined;
  await posts.take(shown, account, remember);
  note(seen, ids);
}

/** Pages of notifications, of whatever kind. */
async function* pagesFor({ agent }: Account): AsyncGenerator<readonly unknown[], void> {
  const list = (page: object) =>
    agent.app.bsky.notification.listNotifications({ limit: PAGE, ...page });
  for await (const { notifications } of pagesOf(list, PAGES_MAX)) yield listOf(notifications);
}

function note(seen: Set<string>, ids: readonly string[]): void {
  if (seen.size > SEEN_MAX) seen.clear();
  for (const id of ids) seen.add(id);
}

const isAboutPost = (shown: unknown): boolean => REASONS.has(String(fieldsOf(shown)['reason']));

const timeOf = (shown: unknown): number => Date.parse(String(fieldsOf(shown)['indexedAt']));

const idOf = (shown: unknown): string => `${fieldsOf(shown)['reason']} ${fieldsOf(shown)['uri']}`;
