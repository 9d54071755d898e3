/** Answers a question about a task, by its number. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { publicWords } from '../../src/domain/public-words.ts';
import { QUESTION_LENGTH_MAX } from '../../src/domain/task.ts';
import { answerQuestion } from '../../src/services/tasks/answer-question.ts';

export const answer: Command = {
  name: 'answer',
  who: 'organizer',
  right: 'roster',
  exact: true,
  summary: 'answer.summary',
  run: (talk, args) => {
    const named = talk.read.leadingNumber(args) ?? talk.read.numberAndWords(args);
    if (named === undefined || named.words === '') return replyWith(talk.say('answer.usage'));
    const text = publicWords(named.words, QUESTION_LENGTH_MAX);
    const result = answerQuestion(talk.context, talk.person.id, { question: named.number, text });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    return replyWith(talk.say('answer.passed', { task: result.value.task.id }));
  },
};
