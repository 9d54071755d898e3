/** Keeps a spot after a reminder, takes one that is free, or answers a yes that no question asked for. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWithNext } from '../../src/conversation/next-steps.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeNext } from '../../src/services/people/see-next.ts';
import { confirmTask } from '../../src/services/tasks/confirm-task.ts';

function confirm(talk: Talk, taskId: number): Reply {
  const result = confirmTask(talk.context, talk.person.id, taskId);
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'task', taskId)]);
  const { task, did } = result.value;
  const facts = {
    task: task.id,
    title: task.title,
    when: talk.taskTime(task),
    place: task.place,
  };
  return replyWith(talk.say(`ok.${did}`, facts), [
    choice(talk, 'task', task.id),
    choice(talk, 'drop', task.id),
  ]);
}

export const ok: Command = {
  name: 'ok',
  who: 'resident',
  // The words are so short that others one letter away mean something else.
  exact: true,
  run: (talk, args) => {
    const named = talk.read.numbers(args);
    if (named !== undefined && named.rest === '' && !named.isChoice) {
      return named.numbers.map((id) => confirm(talk, id));
    }
    return replyWithNext(talk, talk.say('ok.nothing-open'), seeNext(talk.context, talk.person));
  },
};
