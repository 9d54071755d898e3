/** A word from an old address stops the move of its account, whatever else it says. */
import type { Reader } from '../conversation/reader.ts';
import { replyWith } from '../conversation/speech.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { Context } from '../services/context.ts';
import { seeAddress } from '../services/people/see-address.ts';
import { stopMoves } from '../services/people/stop-moves.ts';
import type { WaitingMessage } from '../store/inbox.ts';

type Parts = {
  readonly mailer: Pick<Mailer, 'tellAt'>;
  readonly matcher: { readonly read: Reader };
};

/** By SMS the answer may have to be a number that was sent to that phone. */
const saysYes = (
  read: Reader,
  text: string,
  asked: { readonly number?: string | null },
): boolean => (asked.number == null ? read.is('yes', text) : text.trim() === asked.number);

/** Answers to the question whether the account may move at once are left to that question. */
export function stopMovesBy(
  { mailer, matcher }: Parts,
  context: Context,
  row: WaitingMessage,
): void {
  const { session, identityId, payload } = row;
  const isAnswer =
    session?.command === 'move' &&
    session.step === 'now' &&
    session.expiresAt > context.now &&
    saysYes(matcher.read, payload.text, JSON.parse(context.keys.openText(session.data)));
  if (isAnswer) return;
  for (const { identityId: to } of stopMoves(context, identityId)) {
    const address = seeAddress(context, to);
    mailer.tellAt(context, {
      identityId,
      build: (voice) => replyWith(voice.say('move.stopped', address)),
    });
    mailer.tellAt(context, {
      identityId: to,
      build: (voice) => replyWith(voice.say('move.stopped-there')),
    });
  }
}
