/** Adds somebody without a phone or account to a task, and says what to write on their slip. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { showCode } from '../../src/domain/code.ts';
import { walkIn } from '../../src/services/tasks/walk-in.ts';

export const walkin: Command = {
  name: 'walkin',
  who: 'organizer',
  right: 'roster',
  exact: true,
  // In Spanish the word is also how a resident joins.
  forOthers: 'join',
  summary: 'walkin.summary',
  run: (talk, args) => {
    const named = talk.read.numbers(args);
    const [taskId, ...others] = named?.rest === '' ? named.numbers : [];
    if (taskId === undefined || others.length > 0) return replyWith(talk.say('walkin.usage'));
    const result = walkIn(talk.context, talk.person.id, taskId);
    if (!result.ok) {
      return replyWith(talk.refusal(result.refusal), [choice(talk, 'roster', taskId)]);
    }
    const { task, position, code, expiresAt: until } = result.value;
    const facts = { task: task.id, position, code: showCode(code), until };
    return replyWith(talk.say('walkin.added', facts), [choice(talk, 'roster', task.id)]);
  },
};
