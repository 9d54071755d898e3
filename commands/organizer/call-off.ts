/** Calls a task off, with a reason, read back before anybody hears it. */
import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Step, Talk } from '../../src/conversation/command.ts';
import { onOneLine } from '../../src/conversation/draft-line.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { seriesWith } from '../../src/conversation/series-in.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { callOffTask, checkCallOff } from '../../src/services/tasks/call-off-task.ts';
import { endSeries, seriesFrom } from '../../src/services/tasks/change-series.ts';
import { seeTask } from '../../src/services/tasks/see-task.ts';

/** What another reason mends. */
const OF_THE_REASON: readonly string[] = ['why-missing', 'why-long', 'names-contact'];

function readBack(talk: Talk, taskId: number, said: string, isAll = false): Reply {
  const why = onOneLine(said);
  const checked = checkCallOff(talk.context, talk.person.id, { taskId, why });
  if (!checked.ok) {
    if (OF_THE_REASON.includes(checked.refusal.code)) talk.ask('why', { task: taskId, isAll });
    return replyWith(talk.refusal(checked.refusal));
  }
  const { task, people } = checked.value;
  talk.ask('confirm', { task: taskId, why, isAll });
  const dates = isAll ? (seriesFrom(talk.context, taskId)?.dates.length ?? 1) : 1;
  const facts = { task: taskId, title: task.title, when: talk.taskTime(task), why, people, dates };
  const text = isAll ? 'calloff.read-back-all' : 'calloff.read-back';
  return replyWith(talk.say(text, facts), yesOrNo(talk));
}

const askedWhy: Step = (talk, text, { task, isAll }) => {
  if (talk.read.is('no', text)) return replyWith(talk.say('calloff.kept', { task: Number(task) }));
  return talk.commandIn(text) === undefined
    ? readBack(talk, Number(task), text, isAll === true)
    : null;
};

type TaskCalledOff = Parameters<Talk['postBelow']>[0] &
  Parameters<Talk['taskTime']>[0] & { readonly title: string };

/** Keeps the post of a task true, where it cannot be changed. */
function sayBelow(talk: Talk, task: TaskCalledOff, why: string): void {
  const issuer = seeTask(talk.context, talk.person.id, task.id)?.issuer ?? '';
  talk.postBelow(task, (voice) =>
    replyWith(
      voice.say('calloff.public', {
        ...{ task: task.id, title: task.title, why, issuer },
        when: voice.taskTime(task),
      }),
    ),
  );
}

/** Calls off this date of a series and all later ones. */
function endAll(talk: Talk, asked: { readonly taskId: number; readonly why: string }): Reply {
  const result = endSeries(talk.context, talk.person.id, asked);
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { task, dates } = result.value;
  for (const date of dates) sayBelow(talk, date, asked.why);
  return replyWith(talk.say('calloff.done-all', { title: task.title, dates: dates.length }), [
    choice(talk, 'announce'),
  ]);
}

const confirm: Step = (talk, text, data) => {
  const taskId = Number(data.task);
  if (talk.read.is('no', text)) return replyWith(talk.say('calloff.kept', { task: taskId }));
  if (!talk.read.is('yes', text)) return null;
  const asked = { taskId, why: String(data.why) };
  if (data.isAll === true) return endAll(talk, asked);
  const result = callOffTask(talk.context, talk.person.id, asked);
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { task, people } = result.value;
  const facts = { task: taskId, title: task.title, why: asked.why, people };
  sayBelow(talk, task, asked.why);
  return replyWith(talk.say('calloff.done', facts), [choice(talk, 'announce')]);
};

export const callOff: Command = {
  name: 'calloff',
  who: 'organizer',
  right: 'tasks',
  exact: true,
  summary: 'calloff.summary',
  run: (talk, args) => {
    const named = talk.read.leadingNumber(args) ?? talk.read.numberAndWords(args);
    if (named === undefined) return replyWith(talk.say('calloff.usage'));
    const { isAll, words } = seriesWith(talk, named.words);
    // `CALLOFF 12 All are sick` is a reason, where there is but one date.
    const isSeries = isAll && seriesFrom(talk.context, named.number) !== undefined;
    return readBack(talk, named.number, isSeries ? words : named.words, isSeries);
  },
  steps: { why: askedWhy, confirm },
  hints: { confirm: 'yes-no' },
};
