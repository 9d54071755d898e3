/**
 * Announcements that are written into the channel itself. A post has no author: Telegram tells at
 * most a signature. It is taken for the words of the one organizer of this city among the channel's
 * human administrators, or of the one among several whose name signs it. Nothing is announced by
 * that: the organizer is asked in private first, as for every announcement.
 */

import type { ChatMember } from 'grammy/types';
import { GrammyError } from 'grammy/web';
import type { TalkerFacts } from '../channel.ts';
import type { Posted } from './parse.ts';
import type { Parts } from './parts.ts';

type Author =
  | { readonly kind: 'known'; readonly address: string }
  /** These organizers may be meant; nobody where no administrator is one. */
  | { readonly kind: 'unclear'; readonly organizers: readonly Organizer[] };

type Organizer = { readonly address: string; readonly talker: TalkerFacts };

const REFUSED: ReadonlySet<number> = new Set([400, 403]);

const nameOf = ({ user }: ChatMember): string =>
  [user.first_name, user.last_name].filter(Boolean).join(' ');

const maySign = (member: ChatMember, signature: string): boolean =>
  nameOf(member) === signature || ('custom_title' in member && member.custom_title === signature);

const mayPost = (member: ChatMember): boolean =>
  member.status === 'creator' ||
  (member.status === 'administrator' && member.can_post_messages === true);

/** Finds the author of a post in the channel. Throws when Telegram does not tell just now. */
export async function authorOf(
  { api, talkerOf }: Pick<Parts, 'api' | 'talkerOf'>,
  { chat, signature }: Pick<Posted, 'chat' | 'signature'>,
): Promise<Author> {
  const administrators = await api.getChatAdministrators(chat).catch((error: unknown) => {
    // A bot that is not told now is not told later either.
    if (error instanceof GrammyError && REFUSED.has(error.error_code)) return [];
    throw error;
  });
  const members = administrators.filter((member) => !member.user.is_bot && mayPost(member));
  const found = members.flatMap((member) => {
    const address = String(member.user.id);
    const talker = talkerOf(address);
    return talker?.organizer === true ? [{ member, address, talker }] : [];
  });
  const signed =
    signature === undefined ? found : found.filter(({ member }) => maySign(member, signature));
  // The name may be that of another administrator, who is no organizer.
  const isAmbiguous =
    signature !== undefined && members.filter((member) => maySign(member, signature)).length > 1;
  const [only] = signed;
  return only !== undefined && signed.length === 1 && !isAmbiguous
    ? { kind: 'known', address: only.address }
    : { kind: 'unclear', organizers: found };
}
