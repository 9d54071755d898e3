/** Checks in with the code that is shown on site; an organizer marks who is there. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { plainDigits } from '../../src/lib/digits.ts';
import { checkIn, checkInAt } from '../../src/services/tasks/check-in.ts';
import { markThere } from '../../src/services/tasks/mark-there.ts';

/** Four digits, with whatever stands around them. */
const CODE = /(?<!\d)\d{4}(?!\d)/;
/** A task, and after a colon the numbers of people in its roster, such as `12: 1 3 5-8`. */
const ATTENDANCE = /^\D{0,10}(?<task>\d{1,9})\s{0,3}[:：](?<people>[\s\d,;.&+–-]{1,300})$/u;
const PEOPLE_MAX = 100;

/** The numbers of a list, in which `5-8` is all from 5 to 8. */
function numbersIn(list: string): readonly number[] {
  const found = [...list.matchAll(/(\d{1,5})(?:\s?[–-]\s?(\d{1,5}))?/gu)];
  const all = found.flatMap(([, from = '', to = from]) =>
    Array.from(
      { length: Math.min(PEOPLE_MAX, Math.max(0, Number(to) - Number(from) + 1)) },
      (_, at) => Number(from) + at,
    ),
  );
  return [...new Set(all)].slice(0, PEOPLE_MAX);
}

function checkInWith(talk: Talk, result: ReturnType<typeof checkIn | typeof checkInAt>): Reply {
  if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'tasks')]);
  const { task, did } = result.value;
  return replyWith(talk.say(`here.${did}`, { task: task.id, title: task.title }), [
    choice(talk, 'task', task.id),
  ]);
}

function mark(talk: Talk, taskId: number, people: string): Reply {
  const positions = numbersIn(people);
  const result = markThere(talk.context, talk.person.id, { taskId, positions });
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { task, there, already, unknown } = result.value;
  const list = (numbers: readonly number[]): string => numbers.map(talk.number).join(', ');
  const lines = [
    there.length > 0 ? talk.say('here.marked', { people: list(there) }) : '',
    already.length > 0 ? talk.say('here.marked-already', { people: list(already) }) : '',
    unknown.length > 0 ? talk.say('here.marked-none', { people: list(unknown) }) : '',
    talk.say('here.marked-next', { task: task.id }),
  ];
  return replyWith(lines.filter(Boolean).join(' '), [choice(talk, 'roster', task.id)]);
}

export const here: Command = {
  name: 'here',
  who: 'resident',
  summary: 'here.summary',
  run: (talk, said) => {
    const { context, person, message } = talk;
    if (message.location !== undefined) {
      const result = checkInAt(context, person.id, message.location);
      // Nobody waits for them: a location is then of no use, and is not kept.
      if (!result.ok && result.refusal.code === 'check-in-none') {
        return replyWith(talk.say('unread.location', { tasks: talk.word('tasks') }), [
          choice(talk, 'tasks'),
        ]);
      }
      return checkInWith(talk, result);
    }
    const args = plainDigits(said);
    const { task, people } = ATTENDANCE.exec(args)?.groups ?? {};
    if (task !== undefined && people !== undefined) return mark(talk, Number(task), people);
    const [code] = CODE.exec(args) ?? [];
    return code === undefined
      ? replyWith(talk.say('here.usage'))
      : checkInWith(talk, checkIn(context, person.id, code));
  },
};
