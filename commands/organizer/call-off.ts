/** Calls a task off, with a reason, read back before anybody hears it. */
import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Step, Talk } from '../../src/conversation/command.ts';
import { onOneLine } from '../../src/conversation/draft-line.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { seriesWith } from '../../src/conversation/series-in.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { callOffTask, checkCallOff } from '../../src/services/tasks/call-off-task.ts';
import { endSeries } from '../../src/services/tasks/change-series.ts';

function readBack(talk: Talk, taskId: number, said: string, isAll = false): Reply {
  const why = onOneLine(said);
  const checked = checkCallOff(talk.context, talk.person.id, { taskId, why });
  if (!checked.ok) {
    if (checked.refusal.code === 'why-missing') talk.ask('why', { task: taskId, isAll });
    return replyWith(talk.refusal(checked.refusal));
  }
  const { task, people } = checked.value;
  talk.ask('confirm', { task: taskId, why, isAll });
  const facts = { task: taskId, title: task.title, when: talk.taskTime(task), why, people };
  return replyWith(talk.say('calloff.read-back', facts), yesOrNo(talk));
}

const askedWhy: Step = (talk, text, { task, isAll }) => {
  if (talk.read.is('no', text)) return replyWith(talk.say('calloff.kept', { task: Number(task) }));
  return talk.commandIn(text) === undefined
    ? readBack(talk, Number(task), text, isAll === true)
    : null;
};

/** Calls off this date of a series and all later ones. */
function endAll(talk: Talk, asked: { readonly taskId: number; readonly why: string }): Reply {
  const result = endSeries(talk.context, talk.person.id, asked);
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { task, dates } = result.value;
  return replyWith(talk.say('calloff.done-all', { title: task.title, dates }), [
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
  const { task, issuer, people } = result.value;
  const facts = { task: taskId, title: task.title, why: asked.why, people };
  talk.postBelow(task, (voice) =>
    replyWith(
      voice.say('calloff.public', { ...facts, when: voice.taskTime(task), issuer: issuer.name }),
    ),
  );
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
    return readBack(talk, named.number, words, isAll);
  },
  steps: { why: askedWhy, confirm },
  hints: { confirm: 'yes-no' },
};
