/** Tells everybody who joined a task something, read back before it goes out. */
import { yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Step, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { toGsm7 } from '../../src/lib/gsm7.ts';
import { smsSegments } from '../../src/lib/sms-pieces.ts';
import { checkTell, tellPeople } from '../../src/services/tasks/tell-people.ts';

const SEGMENTS_MAX = 2;

/** So many segments it takes as a text, with all that stands around it. */
function segmentsOf(talk: Talk, task: { id: number; title: string }, text: string): number {
  const facts = { task: task.id, title: task.title, text };
  return smsSegments(toGsm7(talk.say('notice.told', facts)));
}

function readBack(talk: Talk, taskId: number, text: string): Reply {
  const checked = checkTell(talk.context, talk.person.id, taskId);
  if (!checked.ok) return replyWith(talk.refusal(checked.refusal));
  const { task, people, left } = checked.value;
  if (segmentsOf(talk, task, text) > SEGMENTS_MAX) return replyWith(talk.say('tell.long'));
  talk.ask('confirm', { task: taskId, text });
  return replyWith(
    talk.say('tell.read-back', { task: taskId, title: task.title, text, people, left }),
    yesOrNo(talk),
  );
}

const confirm: Step = (talk, said, { task, text }) => {
  if (talk.read.is('no', said)) return replyWith(talk.say('tell.discarded'));
  if (!talk.read.is('yes', said)) return null;
  const words = String(text);
  const result = tellPeople(talk.context, talk.person.id, { taskId: Number(task), text: words });
  if (!result.ok) return replyWith(talk.refusal(result.refusal));
  const { people, left } = result.value;
  return replyWith(talk.say('tell.told', { task: Number(task), people, left }));
};

export const tell: Command = {
  name: 'tell',
  who: 'organizer',
  right: 'tasks',
  exact: true,
  summary: 'tell.summary',
  run: (talk, args) => {
    const named = talk.read.leadingNumber(args) ?? talk.read.numberAndWords(args);
    if (named === undefined || named.words === '') return replyWith(talk.say('tell.usage'));
    return readBack(talk, named.number, named.words.replace(/\s+/gu, ' ').trim());
  },
  steps: { confirm },
  hints: { confirm: 'yes-no' },
};
