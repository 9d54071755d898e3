import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';

export const close: Command = {
  name: 'close',
  who: 'organizer',
  right: 'tasks',
  exact: true,
  summary: 'close.summary',
  run: (talk, args) => {
    const number = talk.read.number(args);
    if (number === undefined) return replyWith(talk.say('close.usage'));
    const result = closeTask(talk.context, talk.person.id, number);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { task, releasing, waiting } = result.value;
    const facts = { task: task.id, title: task.title, released: releasing, waiting };
    const text = talk.say('close.closed', facts);
    return replyWith(text, waiting > 0 ? [choice(talk, 'review')] : []);
  },
};
