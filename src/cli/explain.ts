/** Tells in a line what the router decided about a message, and why. */
import type { Decision } from '../conversation/router.ts';
import type { Matcher } from '../conversation/words.ts';

/** What made it a command: the words themselves. */
function whyCommand({ match, read }: Matcher, text: string, command: string): string {
  if (read.legalWord(text) === command) return 'a word of the law';
  const found = match(text);
  if (found?.command.name !== command) return 'the way things stand';
  return found.isExact ? 'exact word' : 'near word';
}

/** The decision about a text, such as `JOIN "2" (exact word)`. */
export function explain(matcher: Matcher, decision: Decision, text: string): string {
  switch (decision.kind) {
    case 'command': {
      const { command, args } = decision;
      const said = args === '' ? '' : ` "${args}"`;
      return `${command.toUpperCase()}${said} (${whyCommand(matcher, text, command)})`;
    }
    case 'bare':
      return `${decision.command.toUpperCase()} without a word (evidence)`;
    case 'step':
      return `an answer to the question ${decision.question.command}.${decision.question.step}`;
    case 'reread':
      return `number of the last answer: ${decision.text}`;
    case 'role-missing':
      return `a command for another role (${decision.who})`;
    case 'unread':
      return `a part that nobody can read (${decision.unread})`;
    case 'unknown':
      return 'not understood';
    default:
      return decision.kind;
  }
}
