/** Calls a task off, with a reason, read back before anybody hears it. */
import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Step, Talk } from '../../src/conversation/command.ts';
import { onOneLine } from '../../src/conversation/draft-line.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { callOffTask, checkCallOff } from '../../src/services/tasks/call-off-task.ts';

function readBack(talk: Talk, taskId: number, words: string): Reply {
  const why = onOneLine(words);
  const checked = checkCallOff(talk.context, talk.person.id, { taskId, why });
  if (!checked.ok) {
    if (checked.refusal.code === 'why-missing') talk.ask('why', { task: taskId });
    return replyWith(talk.refusal(checked.refusal));
  }
  const { task, people } = checked.value;
  talk.ask('confirm', { task: taskId, why });
  const facts = { task: taskId, title: task.title, when: talk.taskTime(task), why, people };
  return replyWith(talk.say('calloff.read-back', facts), yesOrNo(talk));
}

const askedWhy: Step = (talk, text, { task }) => {
  if (talk.read.is('no', text)) return replyWith(talk.say('calloff.kept', { task: Number(task) }));
  return talk.commandIn(text) === undefined ? readBack(talk, Number(task), text) : null;
};

const confirm: Step = (talk, text, data) => {
  const taskId = Number(data.task);
  if (talk.read.is('no', text)) return replyWith(talk.say('calloff.kept', { task: taskId }));
  if (!talk.read.is('yes', text)) return null;
  const asked = { taskId, why: String(data.why) };
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
    return readBack(talk, named.number, named.words);
  },
  steps: { why: askedWhy, confirm },
  hints: { confirm: 'yes-no' },
};
