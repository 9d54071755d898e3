import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, SessionData, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { askWhich, pickSteps } from '../../src/conversation/pick.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumberAndRest } from '../../src/conversation/words.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { seeNext } from '../../src/services/people/see-next.ts';
import { dropTask } from '../../src/services/tasks/drop-task.ts';
import { seeTask } from '../../src/services/tasks/see-task.ts';

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

/** Who says below the post of a task that they cannot come is asked whether to leave it. */
function askWhether(talk: Talk): Reply | readonly Reply[] {
  const { context, person, identityId, message } = talk;
  const found = seeTask(context, person.id, message.repliesToTask ?? 0);
  if (found?.claim !== 'active' && found?.claim !== 'standby') return [];
  const { id: task, title } = found.task;
  const expiresAt = context.now + context.city.policies.sessionMinutes * MINUTE_MS;
  const asked = { command: 'drop', step: 'sure', data: { task }, expiresAt };
  // Another question is open, and goes on waiting: the word alone leaves the task.
  if (!talk.askAt(identityId, asked)) {
    return replyWith(talk.say('task.active', { task }), [choice(talk, 'drop', task)]);
  }
  return replyWith(talk.say('drop.sure', { task, title }), yesOrNo(talk));
}

function sure(talk: Talk, text: string, data: SessionData): Reply | null {
  const task = Number(data.task);
  if (talk.read.is('yes', text)) return dropNumber(talk, task);
  if (!talk.read.is('no', text)) return null;
  const title = seeTask(talk.context, talk.person.id, task)?.task.title ?? '';
  return replyWith(talk.say('drop.kept', { task, title }), [choice(talk, 'task', task)]);
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
  runBare: askWhether,
  steps: { ...pickSteps(dropNumber), sure },
};
