/** Asks the organizer of a task something, without the number or name of whoever asks. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { publicWords } from '../../src/domain/public-words.ts';
import { QUESTION_LENGTH_MAX } from '../../src/domain/task.ts';
import { seeNext } from '../../src/services/people/see-next.ts';
import { askOrganizer } from '../../src/services/tasks/ask-organizer.ts';

/** The task that is named, replied to, or the only one that the person takes part in. */
function taskOf(talk: Talk, number: number | undefined): number | undefined {
  const { leave, evidence } = seeNext(talk.context, talk.person);
  const [only, ...others] = new Set([...leave, ...evidence].map(({ id }) => id));
  return number ?? talk.message.repliesToTask ?? (others.length === 0 ? only : undefined);
}

function pass(talk: Talk, taskId: number, words: string): Reply {
  const text = publicWords(words, QUESTION_LENGTH_MAX);
  const asked = askOrganizer(talk.context, talk.person, { taskId, text });
  if (!asked.ok) return replyWith(talk.refusal(asked.refusal), [choice(talk, 'tasks')]);
  return replyWith(talk.say('ask.passed', { issuer: asked.value.issuer }));
}

export const ask: Command = {
  name: 'ask',
  who: 'resident',
  exact: true,
  summary: 'ask.summary',
  run: (talk, args) => {
    const named = talk.read.leadingNumber(args) ?? talk.read.numberAndWords(args);
    const taskId = taskOf(talk, named?.number);
    const words = (named?.words ?? args).trim();
    if (taskId === undefined) return replyWith(talk.say('ask.usage'), [choice(talk, 'tasks')]);
    if (words !== '') return pass(talk, taskId, words);
    talk.ask('words', { task: taskId });
    return replyWith(talk.say('ask.words', { task: taskId }));
  },
  steps: {
    words: (talk, text, { task }) =>
      talk.read.is('no', text)
        ? replyWith(talk.say('ask.left'), [choice(talk, 'task', Number(task))])
        : talk.commandIn(text) !== undefined || text.trim() === ''
          ? null
          : pass(talk, Number(task), text),
  },
};
