import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { askWhich, PICK_HINTS, pickSteps } from '../../src/conversation/pick.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumberAndRest } from '../../src/conversation/words.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { seeTasks } from '../../src/services/tasks/see-tasks.ts';

const ASKED_MAX = 3;

/** Without a number, words narrow the choice where they can; of one task alone nobody is asked. */
function joinUnnamed(talk: Talk, words: string) {
  const matching = words === '' ? [] : seeTasks(talk.context, words, ASKED_MAX);
  const open = matching.length > 0 ? matching : seeTasks(talk.context, '', ASKED_MAX);
  const [only] = open;
  if (only === undefined) return replyWith(talk.say('tasks.none'));
  if (open.length === 1 && words === '') return joinNumber(talk, only.task.id);
  const from = open.map(({ task }) => task);
  return askWhich(talk, { question: 'join.which', from, command: 'join' });
}

function joinNumber(talk: Talk, taskId: number) {
  const result = joinTask(talk.context, talk.person, taskId);
  if (!result.ok) {
    const { code } = result.refusal;
    const isIn = code === 'joined-already' || code === 'standby-already';
    const next = isIn ? choice(talk, 'task', taskId) : choice(talk, 'tasks');
    return replyWith(talk.refusal(result.refusal), [next]);
  }
  const { task, state, place } = result.value;
  const facts = {
    task: task.id,
    title: task.title,
    when: talk.when(task.startsAt, task.endsAt),
    place: task.place,
  };
  return state === 'active'
    ? replyWith(talk.say('join.joined', facts), [
        choice(talk, 'task', task.id),
        choice(talk, 'drop', task.id),
      ])
    : replyWith(talk.say('join.standby', { ...facts, position: place }), [
        choice(talk, 'drop', task.id),
        choice(talk, 'tasks'),
      ]);
}

export const join: Command = {
  name: 'join',
  who: 'resident',
  isPublic: true,
  summary: 'join.summary',
  run: (talk, args) => {
    const number = parseNumberAndRest(args)?.number ?? talk.message.repliesToTask;
    return number === undefined ? joinUnnamed(talk, args) : joinNumber(talk, number);
  },
  steps: pickSteps(joinNumber),
  hints: PICK_HINTS,
};
