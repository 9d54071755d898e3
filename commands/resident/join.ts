import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumber, parseNumberAndRest } from '../../src/conversation/words.ts';
import { shorten } from '../../src/lib/text.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { seeTasks } from '../../src/services/tasks/see-tasks.ts';

const ASKED_MAX = 3;
const TITLE_SHOWN = 40;
/** Asks which task is meant; words narrow the choice where they can. */
function askWhich(talk: Talk, words: string) {
  const matching = words === '' ? [] : seeTasks(talk.context, words, ASKED_MAX);
  const open = matching.length > 0 ? matching : seeTasks(talk.context, '', ASKED_MAX);
  if (open.length === 0) return replyWith(talk.say('tasks.none'));
  const [only] = open;
  if (only !== undefined && open.length === 1 && words === '') return joined(talk, only.task.id);
  talk.ask('which', {});
  const list = open.map(({ task }) => `${task.id} ${shorten(task.title, TITLE_SHOWN)}`).join('\n');
  return replyWith(
    `${talk.say('join.which')}\n${list}`,
    open.map(({ task }) => choice(talk, 'join', task.id)),
  );
}

function joined(talk: Talk, taskId: number) {
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
  exact: false,
  isPublic: true,
  summary: 'join.summary',
  run: (talk, args) => {
    const number = parseNumberAndRest(args)?.number ?? talk.message.repliesToTask;
    return number === undefined ? askWhich(talk, args) : joined(talk, number);
  },
  steps: {
    which: (talk, text) => {
      const number = parseNumber(text);
      return number === undefined ? null : joined(talk, number);
    },
  },
};
