import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumber, parseNumberAndRest } from '../../src/conversation/words.ts';
import { shorten } from '../../src/lib/text.ts';
import { seeNext } from '../../src/services/people/see-next.ts';
import { dropTask } from '../../src/services/tasks/join-task.ts';

const ASKED_MAX = 5;
const TITLE_SHOWN = 40;
function dropped(talk: Talk, taskId: number) {
  const result = dropTask(talk.context, talk.person.id, taskId);
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'tasks')]);
  const { task, promoted } = result.value;
  if (promoted !== undefined) {
    talk.tell(
      promoted,
      (voice) =>
        replyWith(
          voice.say('drop.promoted', {
            task: task.id,
            title: task.title,
            when: voice.when(task.startsAt, task.endsAt),
            place: task.place,
          }),
          [choice(voice, 'task', task.id), choice(voice, 'drop', task.id)],
        ),
      'contact-hours',
    );
  }
  return replyWith(talk.say('drop.dropped', { task: task.id, title: task.title }), [
    choice(talk, 'tasks'),
  ]);
}

export const drop: Command = {
  name: 'drop',
  who: 'resident',
  exact: false,
  isPublic: true,
  summary: 'drop.summary',
  run: (talk, args) => {
    const number = parseNumberAndRest(args)?.number ?? talk.message.repliesToTask;
    if (number !== undefined) return dropped(talk, number);
    const { leave } = seeNext(talk.context, talk.person);
    if (leave.length === 0) return replyWith(talk.say('drop.none'), [choice(talk, 'tasks')]);
    // Leaving costs a slot: even with one task the person says which.
    talk.ask('which', {});
    const shown = leave.slice(0, ASKED_MAX);
    const list = shown.map(({ id, title }) => `${id} ${shorten(title, TITLE_SHOWN)}`).join('\n');
    return replyWith(
      `${talk.say('drop.which')}\n${list}`,
      shown.map(({ id }) => choice(talk, 'drop', id)),
    );
  },
  steps: {
    which: (talk, text) => {
      const number = parseNumber(text);
      return number === undefined ? null : dropped(talk, number);
    },
  },
};
