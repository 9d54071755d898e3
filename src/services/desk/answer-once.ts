import type { Context } from '../context.ts';
import type { DeskAnswer } from './deed.ts';
import type { AtDesk } from './find-session.ts';

type At = Pick<AtDesk, 'session'>;

/** What a form was answered with, by its token; undefined for one that was not sent. */
export function seeAnswer(
  { tx, keys }: Context,
  { session }: At,
  form: string,
): DeskAnswer | undefined {
  const found = tx.desk.answer(session.id, form);
  return found && (JSON.parse(keys.openText(found.answer)) as DeskAnswer);
}

/** Does what a form asks for once: sent again it is answered alike, and nothing is done. */
export function answerOnce(
  context: Context,
  at: At,
  form: string,
  act: () => DeskAnswer,
): DeskAnswer {
  const before = seeAnswer(context, at, form);
  if (before !== undefined) return before;
  const answer = act();
  const { tx, keys, now } = context;
  const sealed = keys.sealText(JSON.stringify(answer));
  tx.desk.addAnswer({ sessionId: at.session.id, form, answer: sealed, at: now });
  return answer;
}
