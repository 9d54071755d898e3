import { alsoSaid } from '../../src/conversation/also-said.ts';
import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import type { Numbers } from '../../src/conversation/numbers.ts';
import { askWhich, PICK_HINTS, PICKED_MAX, pickSteps } from '../../src/conversation/pick.ts';
import { seriesIn } from '../../src/conversation/series-in.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { plainDigits } from '../../src/lib/digits.ts';
import { publicAddress } from '../../src/lib/public-address.ts';
import { joinSeries } from '../../src/services/tasks/join-series.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import { seeTask } from '../../src/services/tasks/see-task.ts';
import { seeTasks } from '../../src/services/tasks/see-tasks.ts';

const ASKED_MAX = 3;

type Listed = ReturnType<typeof seeTasks>[number]['task'];

/** Without a number, words narrow the choice where they can; of one task alone nobody is asked. */
function joinUnnamed(talk: Talk, words: string): Reply {
  const matching = words === '' ? [] : seeTasks(talk.context, words, ASKED_MAX);
  const open = matching.length > 0 ? matching : seeTasks(talk.context, '', ASKED_MAX);
  const [only] = open;
  if (only === undefined) return replyWith(talk.say('tasks.none'));
  if (open.length === 1 && words === '') return joinNumber(talk, only.task.id);
  const from = open.map(({ task }) => task);
  return askWhich(talk, { question: 'join.which', from, command: 'join' });
}

/** Joins the tasks that are named, or asks where the words can be read in two ways. */
function joinNamed(talk: Talk, { numbers, rest, isChoice }: Numbers): readonly Reply[] {
  const { repliesToTask } = talk.message;
  const isSeveral = numbers.length > 1;
  const isOther = repliesToTask !== undefined && !numbers.includes(repliesToTask);
  const isUnclear =
    isChoice || numbers.length > PICKED_MAX || (rest !== '' && (isSeveral || isOther));
  if (!isUnclear) return numbers.map((id) => joinNumber(talk, id));
  const named = repliesToTask === undefined ? numbers : [repliesToTask, ...numbers];
  const from = [...new Set(named)]
    .map((id) => seeTask(talk.context, talk.person.id, id)?.task)
    .filter((task) => task !== undefined)
    .slice(0, PICKED_MAX);
  const [only, ...others] = from;
  if (only === undefined) return [joinUnnamed(talk, rest)];
  if (others.length === 0) return [joinNumber(talk, only.id)];
  return [askWhich(talk, { question: 'join.which', from, command: 'join' })];
}

function joinNumber(talk: Talk, taskId: number, guests = 0): Reply {
  const result = joinTask(talk.context, talk.person, taskId, guests);
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
    when: talk.taskTime(task),
    place: task.place,
  };
  const text = guests > 0 ? 'join.guests' : 'join.joined';
  return state === 'joined'
    ? replyWith(`${talk.say(text, { ...facts, guests })}${calendarOf(talk, task.id)}`, [
        choice(talk, 'task', task.id),
        choice(talk, 'drop', task.id),
      ])
    : replyWith(talk.say('join.standby', { ...facts, position: place }), [
        choice(talk, 'drop', task.id),
        choice(talk, 'tasks'),
      ]);
}

/** Joins every date of a series. */
function joinAll(talk: Talk, taskId: number): Reply {
  const result = joinSeries(talk.context, talk.person, taskId);
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'join', taskId)]);
  const { task, joined, standby } = result.value;
  const facts = { task: taskId, title: task.title, joined, standby };
  return replyWith(talk.say('join.series', facts), [choice(talk, 'task', taskId)]);
}

/** Where the task can be taken over into a calendar; by SMS each letter costs. */
function calendarOf(talk: Talk, taskId: number): string {
  const { publicUrl } = talk.context;
  if (publicUrl === undefined || talk.channel === 'sms') return '';
  const url = publicAddress(publicUrl, `/tasks/${taskId}.ics`);
  return `\n${talk.say('join.calendar', { url })}`;
}

/** People without a phone who come along: `12 +3`. */
const GUESTS = /(?:^|\s)[+＋]\s?(?<count>\p{Nd}{1,3})(?!\p{Nd})/u;

function guestsIn(args: string): { readonly guests: number; readonly rest: string } {
  const found = GUESTS.exec(args);
  if (found === null) return { guests: 0, rest: args };
  const guests = Number(plainDigits(found.groups?.['count'] ?? ''));
  return { guests, rest: args.replace(found[0], ' ').trim() };
}

/** The second of the open tasks may be another one than task 2: then it is asked. */
function joinPlace(talk: Talk, task: Listed, listed: readonly Listed[]): Reply {
  const place = listed.indexOf(task) + 1;
  const named = listed.find(({ id }) => id === place);
  if (named === undefined || named === task) return joinNumber(talk, task.id);
  return askWhich(talk, { question: 'join.which', from: [task, named], command: 'join' });
}

export const join: Command = {
  name: 'join',
  who: 'resident',
  isPublic: true,
  summary: 'join.summary',
  run: (talk, said) => {
    const { guests, rest: args } = guestsIn(said);
    const all = seriesIn(talk, args);
    if (all !== undefined) return joinAll(talk, all);
    const named = talk.read.numbers(args);
    const [only] = named?.numbers ?? [talk.message.repliesToTask];
    if (guests > 0 && only !== undefined && (named?.numbers.length ?? 1) === 1) {
      return joinNumber(talk, only, guests);
    }
    if (named !== undefined) {
      const other = alsoSaid(talk, named.rest);
      if (other === undefined) return joinNamed(talk, named);
      return [...joinNamed(talk, { ...named, rest: '' }), ...other()];
    }
    const { repliesToTask } = talk.message;
    const listed = seeTasks(talk.context, '', PICKED_MAX).map(({ task }) => task);
    const place = talk.read.pick(args, listed);
    if (place !== undefined && repliesToTask === undefined) return joinPlace(talk, place, listed);
    return repliesToTask === undefined
      ? joinUnnamed(talk, talk.read.plain(args))
      : joinNumber(talk, repliesToTask);
  },
  steps: pickSteps((talk, taskId) => joinNumber(talk, taskId)),
  hints: PICK_HINTS,
};
