import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumber } from '../../src/conversation/words.ts';
import { closeTask } from '../../src/services/tasks/close-task.ts';

export const close: Command = {
  name: 'close',
  who: 'organizer',
  exact: true,
  summary: 'close.summary',
  run: (talk, args) => {
    const number = parseNumber(args);
    if (number === undefined) return replyWith(talk.say('close.usage'));
    const result = closeTask(talk.context, talk.person.id, number);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { task, released, waiting } = result.value;
    for (const personId of released) {
      talk.tell({
        personId,
        when: 'contact-hours',
        build: (voice) =>
          replyWith(voice.say('close.told', { task: task.id, title: task.title }), [
            choice(voice, 'tasks'),
          ]),
      });
    }
    const text = talk.say('close.closed', {
      task: task.id,
      title: task.title,
      released: released.length,
      waiting,
    });
    return replyWith(text, waiting > 0 ? [choice(talk, 'review')] : []);
  },
};
