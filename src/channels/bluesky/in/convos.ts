/** The conversations of the account: with whom they are, and which of them wait. */
import { XRPCError } from '@atproto/api';
import { NOT_ALLOWED } from '../../../account/session.ts';
import { BoundedMap } from '../../../lib/memo.ts';
import type { Account } from '../account.ts';
import { fieldsOf, listOf } from '../fields.ts';
import { asked, pagesOf } from './ask.ts';
import { isBot } from './parse.ts';

export type Convo = {
  readonly id: string;
  readonly isDirect: boolean;
  /** Its other member labels itself a bot. */
  readonly isWithBot: boolean;
  readonly isRequest: boolean;
  readonly members: readonly string[];
  readonly unread: number;
};

export type Convos = ReturnType<typeof createConvos>;

const KEPT_MAX = 5000;
const PAGE = 100;
const PAGES_MAX = 100;
/** Stands for a count of unread messages that is not told. */
const ALL_UNREAD = 100;

export function createConvos() {
  const kept = new BoundedMap<string, Convo>(KEPT_MAX);

  const keep = (view: unknown, did: string): Convo | undefined => {
    const convo = convoOf(view, did);
    if (convo !== undefined) kept.set(convo.id, convo);
    return convo;
  };

  const fetchOne = async ({ chat, did }: Account, convoId: string): Promise<Convo | undefined> => {
    try {
      const { convo } = await asked(chat.chat.bsky.convo.getConvo({ convoId }));
      return keep(convo, did);
    } catch (error) {
      if (error instanceof XRPCError && error.error === 'InvalidConvo') return undefined;
      throw error;
    }
  };

  return {
    /** Undefined for one that is not ours any more. */
    find: async (account: Account, id: string): Promise<Convo | undefined> =>
      kept.get(id) ?? (await fetchOne(account, id)),
    /** Those with something unread, requests, and `also`. */
    waiting: async (account: Account, also: readonly string[]): Promise<readonly Convo[]> => {
      const { convo: api } = account.chat.chat.bsky;
      const found = new Map<string, Convo>();
      for (const which of [{ readState: 'unread' }, { status: 'request' }] as const) {
        const list = (page: object) => api.listConvos({ ...which, limit: PAGE, ...page });
        for await (const { convos } of pagesOf(list, PAGES_MAX)) {
          for (const view of listOf(convos)) {
            const convo = keep(view, account.did);
            if (convo !== undefined) found.set(convo.id, convo);
          }
        }
      }
      for (const id of also) {
        const convo = found.get(id) ?? (await fetchOne(account, id));
        // Somebody may have read it since; whatever of it is stored is known.
        if (convo !== undefined) found.set(id, { ...convo, unread: ALL_UNREAD });
      }
      return [...found.values()];
    },
    isRequest: (id: string): boolean => kept.get(id)?.isRequest === true,
    accept: async ({ chat }: Account, convoId: string): Promise<void> => {
      await chat.chat.bsky.convo.acceptConvo({ convoId });
      const convo = kept.get(convoId);
      if (convo !== undefined) kept.set(convoId, { ...convo, isRequest: false });
    },
  };
}

/** Whether an error is about one conversation, rather than about all. */
export const isAboutConvo = (error: unknown): boolean =>
  error instanceof XRPCError &&
  error.status >= 400 &&
  ![401, 403, 429].includes(error.status) &&
  error.message !== NOT_ALLOWED;

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
