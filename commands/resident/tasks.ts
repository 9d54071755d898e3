import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { shorten } from '../../src/lib/text.ts';
import { seeTasks } from '../../src/services/tasks/see-tasks.ts';

/** Three lines of these lengths are three segments of an SMS. */
const LINES_MAX = 3;
const TITLE_SHOWN = 30;
const PLACE_SHOWN = 20;

export const tasks: Command = {
  name: 'tasks',
  who: 'resident',
  isPublic: true,
  summary: 'tasks.summary',
  run: (talk, args) => {
    const words = talk.read.plain(args);
    const found = seeTasks(talk.context, words, LINES_MAX + 1);
    const shown = found.slice(0, LINES_MAX);
    const [first] = shown;
    if (first === undefined) {
      if (words === '') return replyWith(talk.say('tasks.none'));
      const none = talk.say('tasks.none-with', { words: shorten(words, TITLE_SHOWN) });
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
