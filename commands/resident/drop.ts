import { alsoSaid } from '../../src/conversation/also-said.ts';
import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, SessionData, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { askWhich, PICK_HINTS, PICKED_MAX, pickSteps } from '../../src/conversation/pick.ts';
import { seriesIn } from '../../src/conversation/series-in.ts';
import { publicly, replyWith } from '../../src/conversation/speech.ts';
import { nextState } from '../../src/domain/claim.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { seeNext } from '../../src/services/people/see-next.ts';
import { dropTask } from '../../src/services/tasks/drop-task.ts';
import { dropSeries } from '../../src/services/tasks/join-series.ts';
import { seeTask } from '../../src/services/tasks/see-task.ts';

const ASKED_MAX = 5;

function dropNumber(talk: Talk, taskId: number) {
  const result = dropTask(talk.context, talk.person.id, taskId);
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'tasks')]);
  const { task, isFree } = result.value;
  const facts = { task: task.id, title: task.title };
  return replyWith(talk.say('drop.dropped', { ...facts, isFree: isFree ? 'yes' : 'no' }), [
    choice(talk, 'tasks'),
  ]);
}

/** Leaves every date of a series. */
function dropAll(talk: Talk, taskId: number): Reply {
  const result = dropSeries(talk.context, talk.person.id, taskId);
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'tasks')]);
  const { task, left } = result.value;
  return replyWith(talk.say('drop.series', { title: task.title, left }), [choice(talk, 'tasks')]);
}

/** Who says below the post of a task that they cannot come is asked whether to leave it. */
function askWhether(talk: Talk): Reply | readonly Reply[] {
  const { context, person, identityId, message } = talk;
  const found = seeTask(context, person.id, message.repliesToTask ?? 0);
  if (found?.claim === undefined || nextState(found.claim, 'leave') === undefined) return [];
  const { id: task, title } = found.task;
  const expiresAt = context.now + context.city.policies.sessionMinutes * MINUTE_MS;
  const asked = { command: 'drop', step: 'sure', data: { task }, expiresAt };
  // Another question is open, and goes on waiting: the word alone leaves the task.
  if (!talk.askAt(identityId, asked)) {
    return replyWith(talk.say('task.joined', { task, anyTime: 'yes' }), [
      choice(talk, 'drop', task),
    ]);
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

/** 'Cancel my spot' may be about one task or about all messages: says how to do either. */
function explain(talk: Talk, text: string) {
  const { leave } = seeNext(talk.context, talk.person);
  const named = talk.read.numbers(/\p{Nd}{1,9}/u.exec(text)?.[0] ?? '')?.numbers[0];
  const { id } = leave.find((one) => one.id === named) ?? leave[0] ?? {};
  if (id === undefined)
    return publicly(replyWith(talk.say('drop.none-or-stop'), [choice(talk, 'tasks')]));
  const task = talk.number(id);
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
    const all = seriesIn(talk, args);
    if (all !== undefined) return dropAll(talk, all);
    const named = talk.read.numbers(args);
    const { repliesToTask } = talk.message;
    const { leave } = seeNext(talk.context, talk.person);
    const isClear = named?.isChoice === false && named.numbers.length <= PICKED_MAX;
    const other = isClear ? alsoSaid(talk, named.rest) : undefined;
    if (isClear && other !== undefined) {
      const dropped = named.numbers.map((id) => dropNumber(talk, id));
      return [...dropped, ...other()];
    }
    if (isClear && (named.rest === '' || named.numbers.length === 1)) {
      return named.numbers.map((id) => dropNumber(talk, id));
    }
    if (named === undefined && repliesToTask !== undefined) return dropNumber(talk, repliesToTask);
    if (leave.length === 0) return replyWith(talk.say('drop.none'), [choice(talk, 'tasks')]);
    // Leaving costs a slot: even with one task the person says which.
    const from = leave.slice(0, ASKED_MAX);
    return askWhich(talk, { question: 'drop.which', from, command: 'drop' });
  },
  runBare: (talk, text) =>
    talk.message.repliesToTask === undefined ? explain(talk, text) : askWhether(talk),
  steps: { ...pickSteps(dropNumber), sure },
  hints: { ...PICK_HINTS, sure: 'yes-no' },
};
