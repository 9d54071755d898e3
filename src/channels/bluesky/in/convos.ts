/** The conversations of the account: with whom they are, and which of them wait. */
import { XRPCError } from '@atproto/api';
import type { Account } from '../account.ts';
import { asked } from './ask.ts';
import { fieldsOf, listOf } from './fields.ts';
import { isBot } from './parse.ts';
import type { Heed } from './rounds.ts';

export type Convo = {
  readonly id: string;
  readonly isDirect: boolean;
  /** Its other member labels itself a bot. */
  readonly isWithBot: boolean;
  readonly isRequest: boolean;
  readonly members: readonly string[];
  readonly unread: number;
};

export type Convos = {
  /** Undefined for one that is not ours any more. */
  readonly find: (account: Account, id: string, heed: Heed) => Promise<Convo | undefined>;
  /** Those with something unread, requests, and `also`. */
  readonly waiting: (
    account: Account,
    also: readonly string[],
    heed: Heed,
  ) => Promise<readonly Convo[]>;
  readonly isRequest: (id: string) => boolean;
  readonly accept: (account: Account, id: string, heed: Heed) => Promise<void>;
  /** Whether an error is about one conversation, rather than about all. */
  readonly isSingular: (error: unknown) => boolean;
};

const KEPT_MAX = 5000;
const PAGE = 100;
const PAGES_MAX = 100;
/** Of one whose count of unread messages is not told. */
const ALL_UNREAD = 100;

export function createConvos(): Convos {
  const kept = new Map<string, Convo>();

  const keep = (view: unknown, did: string): Convo | undefined => {
    const convo = convoOf(view, did);
    if (convo === undefined) return undefined;
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(convo.id, convo);
    return convo;
  };

  const fetchOne = async (
    { chat, did }: Account,
    convoId: string,
    heed: Heed,
  ): Promise<Convo | undefined> => {
    try {
      const data = await heed(asked(chat.chat.bsky.convo.getConvo({ convoId })));
      return keep(fieldsOf(data)['convo'], did);
    } catch (error) {
      if (error instanceof XRPCError && error.error === 'InvalidConvo') return undefined;
      throw error;
    }
  };

  return {
    find: async (account, id, heed) => kept.get(id) ?? (await fetchOne(account, id, heed)),
    waiting: async (account, also, heed) => {
      const found = new Map<string, Convo>();
      const asks = [{ readState: 'unread' }, { status: 'request' }] as const;
      for (const ask of asks) {
        let cursor: string | undefined;
        for (let page = 0; page < PAGES_MAX; page += 1) {
          const data = await heed(
            asked(
              account.chat.chat.bsky.convo.listConvos({
                ...ask,
                limit: PAGE,
                ...(cursor === undefined ? {} : { cursor }),
              }),
            ),
          );
          for (const view of listOf(fieldsOf(data)['convos'])) {
            const convo = keep(view, account.did);
            if (convo !== undefined) found.set(convo.id, convo);
          }
          const next = fieldsOf(data)['cursor'];
          if (typeof next !== 'string' || next === cursor) break;
          cursor = next;
        }
      }
      for (const id of also) {
        const convo = found.get(id) ?? (await fetchOne(account, id, heed));
        // Somebody may have read it since; whatever of it is stored is known.
        if (convo !== undefined) found.set(id, { ...convo, unread: ALL_UNREAD });
      }
      return [...found.values()];
    },
    isRequest: (id) => kept.get(id)?.isRequest === true,
    accept: async ({ chat }, convoId, heed) => {
      await heed(chat.chat.bsky.convo.acceptConvo({ convoId }));
      const convo = kept.get(convoId);
      if (convo !== undefined) kept.set(convoId, { ...convo, isRequest: false });
    },
    isSingular: (error) =>
      error instanceof XRPCError &&
      error.status >= 400 &&
      error.status !== 429 &&
      error.status !== 401 &&
      error.status !== 403 &&
      error.message !== 'Bad token method',
  };
}

function convoOf(view: unknown, did: string): Convo | undefined {
  const { id, kind, members, status, unreadCount } = fieldsOf(view);
  if (typeof id !== 'string') return undefined;
  const all = listOf(members);
  const others = all.filter((member) => fieldsOf(member)['did'] !== did);
  const $type = fieldsOf(kind)['$type'];
  return {
    id,
    // Services that know no groups do not say of what kind a conversation is.
    isDirect: $type === undefined ? all.length <= 2 : $type === 'chat.bsky.convo.defs#directConvo',
    isWithBot: others.some((member) => isBot(member, String(fieldsOf(member)['did']))),
    isRequest: status === 'request',
    members: others.map((member) => String(fieldsOf(member)['did'])),
    // Nobody has read a request, whatever was counted.
    unread: typeof unreadCount === 'number' && status !== 'request' ? unreadCount : ALL_UNREAD,
  };
}
