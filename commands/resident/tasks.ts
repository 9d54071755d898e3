import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { shorten } from '../../src/lib/text.ts';
import { findTasks, seeTasks } from '../../src/services/tasks/see-tasks.ts';

/** Three lines of these lengths are three segments of an SMS. */
const LINES_MAX = 3;
const TITLE_SHOWN = 30;
const PLACE_SHOWN = 20;

/** By area, day and words where an area or a day is named; else by the words alone. */
function find(talk: Talk, args: string, words: string) {
  const { now, city } = talk.context;
  const filter = talk.read.filter(args, { areas: city.areas, timeZone: city.timeZone, now });
  const hasDays = filter.days.length > 0 || filter.dates.length > 0;
  const isChosen = hasDays || filter.areas.length > 0;
  const suiting = isChosen ? findTasks(talk.context, filter, LINES_MAX + 1) : [];
  // A task that was announced before its area had a name has none.
  const isSettled = hasDays || suiting.length > 0;
  return { hasDays, found: isSettled ? suiting : seeTasks(talk.context, words, LINES_MAX + 1) };
}

export const tasks: Command = {
  name: 'tasks',
  who: 'resident',
  isPublic: true,
  summary: 'tasks.summary',
  run: (talk, args) => {
    const words = talk.read.plain(args);
    const { found, hasDays } = find(talk, args, words);
    const shown = found.slice(0, LINES_MAX);
    const [first] = shown;
    if (first === undefined) {
      if (words === '' && !hasDays) return replyWith(talk.say('tasks.none'));
      const none = talk.say('tasks.none-with', {
        words: shorten(hasDays ? args : words, TITLE_SHOWN),
      });
      return replyWith(none, [choice(talk, 'tasks')]);
    }
    const lines = shown.map(({ task, free }) =>
      talk.say('tasks.line', {
        task: task.id,
        title: shorten(task.title, TITLE_SHOWN),
        when: talk.taskTime(task),
        place: shorten(task.place, PLACE_SHOWN),
        credits: talk.credits(task.credits),
        free,
      }),
    );
    const more = found.length > LINES_MAX ? ` ${talk.say('tasks.more')}` : '';
    return replyWith(
      `${lines.join('\n')}\n${talk.say('tasks.how', { task: first.task.id })}${more}`,
      shown.flatMap(({ task }) => [choice(talk, 'task', task.id), choice(talk, 'join', task.id)]),
    );
  },
};
