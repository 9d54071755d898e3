/** Where two people share a phone, an answer says for whom it is. */
import type { Reply } from '../conversation/message.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { Context } from '../services/context.ts';
import { seeTurn } from '../services/people/share-phone.ts';
import type { WaitingMessage } from '../store/inbox.ts';

/** The second of two people on one phone reads whose turn it is, whatever they hear. */
export function withTurn(
  { speech }: Pick<Mailer, 'speech'>,
  context: Context,
  { identityId, person }: WaitingMessage,
  replies: readonly Reply[],
): readonly Reply[] {
  const turn = seeTurn(context, identityId);
  if (turn === undefined || turn === 1) return replies;
  const prefix = speech(person.language, context.now).say('me.turn', { turn });
  return replies.map((reply) => ({ ...reply, text: prefix + reply.text }));
}
