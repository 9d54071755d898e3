import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { askWhich, PICK_HINTS, pickSteps } from '../../src/conversation/pick.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumberAndRest } from '../../src/conversation/words.ts';
import { seeNext } from '../../src/services/people/see-next.ts';
import { dropTask } from '../../src/services/tasks/drop-task.ts';

const ASKED_MAX = 5;

function dropNumber(talk: Talk, taskId: number) {
  const result = dropTask(talk.context, talk.person.id, taskId);
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'tasks')]);
  const { task, promoted } = result.value;
  const facts = { task: task.id, title: task.title };
  if (promoted !== undefined) {
    talk.tell({
      personId: promoted,
      when: 'contact-hours',
      task: task.id,
      build: (voice) =>
        replyWith(
          voice.say('drop.promoted', {
            ...facts,
            when: voice.when(task.startsAt, task.endsAt),
            place: task.place,
          }),
          [choice(voice, 'task', task.id), choice(voice, 'drop', task.id)],
        ),
    });
  }
  return replyWith(talk.say('drop.dropped', facts), [choice(talk, 'tasks')]);
}

export const drop: Command = {
  name: 'drop',
  who: 'resident',
  isPublic: true,
  summary: 'drop.summary',
  run: (talk, args) => {
    const number = parseNumberAndRest(args)?.number ?? talk.message.repliesToTask;
    if (number !== undefined) return dropNumber(talk, number);
    const { leave } = seeNext(talk.context, talk.person);
    if (leave.length === 0) return replyWith(talk.say('drop.none'), [choice(talk, 'tasks')]);
    // Leaving costs a slot: even with one task the person says which.
    const from = leave.slice(0, ASKED_MAX);
    return askWhich(talk, { question: 'drop.which', from, command: 'drop' });
  },
  steps: pickSteps(dropNumber),
  hints: PICK_HINTS,
};
