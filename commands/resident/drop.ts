import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { askWhich, PICKED_MAX, pickSteps } from '../../src/conversation/pick.ts';
import { publicly, replyWith } from '../../src/conversation/speech.ts';
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

/** 'Cancel my spot' may be about one task or about all messages: says how to do either. */
function explain(talk: Talk, text: string) {
  const { leave } = seeNext(talk.context, talk.person);
  const named = /\p{Nd}{1,9}/u.exec(text)?.[0];
  const task = named ?? (leave.length === 1 ? talk.number(leave[0]?.id ?? 0) : '');
  const said = replyWith(
    talk.say('drop.or-stop', { task }),
    leave.slice(0, ASKED_MAX).map(({ id }) => choice(talk, 'drop', id)),
  );
  return publicly(said);
}

export const drop: Command = {
  name: 'drop',
  who: 'resident',
  isPublic: true,
  summary: 'drop.summary',
  run: (talk, args) => {
    const named = talk.read.numbers(args);
    const { repliesToTask } = talk.message;
    const { leave } = seeNext(talk.context, talk.person);
    const isClear = named?.isChoice === false && named.numbers.length <= PICKED_MAX;
    if (isClear && (named.rest === '' || named.numbers.length === 1)) {
      return named.numbers.map((id) => dropNumber(talk, id));
    }
    if (named === undefined && repliesToTask !== undefined) return dropNumber(talk, repliesToTask);
    if (leave.length === 0) return replyWith(talk.say('drop.none'), [choice(talk, 'tasks')]);
    // Leaving costs a slot: even with one task the person says which.
    const from = leave.slice(0, ASKED_MAX);
    return askWhich(talk, { question: 'drop.which', from, command: 'drop' });
  },
  runBare: explain,
  steps: pickSteps(dropNumber),
};
