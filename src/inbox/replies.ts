/** What a command answers, as it is sent: who it speaks for, who may read it, how much it matters. */
import type { Command, Talk } from '../conversation/command.ts';
import type { Reply } from '../conversation/message.ts';
import { essentially, publicly } from '../conversation/speech.ts';

/**
 * The replies of a command; they are public where the command's answers are, and the first names the
 * partner that was acted for, where the person acts for several.
 */
export function repliesOf(
  { context, say }: Talk,
  command: Command,
  replies: Reply | readonly Reply[],
): readonly Reply[] {
  let list = 'text' in replies ? [replies] : replies;
  const name = [...context.actedFor].join(', ');
  context.actedFor.clear();
  if (name !== '') {
    list = list.map((reply, at) =>
      at > 0 ? reply : { ...reply, text: say('as.answer', { name, text: reply.text }) },
    );
  }
  if (command.isPublic === true) list = list.map(publicly);
  return command.isEssential === true ? list.map(essentially) : list;
}
