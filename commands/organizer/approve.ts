import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Step, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { withRecoveryCode } from '../../src/conversation/move-replies.ts';
import { seriesWith } from '../../src/conversation/series-in.ts';
import {
  askReading,
  isUnclear,
  otherDecision,
  readingStep,
} from '../../src/conversation/several.ts';
import { publicly, replyWith } from '../../src/conversation/speech.ts';
import { ok } from '../../src/lib/result.ts';
import { shorten } from '../../src/lib/text.ts';
import { countWaitingEvidence } from '../../src/services/evidence/count-waiting-evidence.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { seeWaitingOnTask } from '../../src/services/evidence/see-waiting-on-task.ts';

/** So much fits beside the facts; the public record has the whole. */
const NOTE_SHOWN = 180;
/** So many are approved at once: a reviewer has looked at each. */
const TOGETHER_MAX = 20;

/** Approves one piece of evidence and tells its sender; the refusal where that cannot be. */
function approveOne(talk: Talk, evidenceId: number, note: string) {
  const { context, person } = talk;
  const result = reviewEvidence(context, person, { evidenceId, approved: true, note });
  if (!result.ok) return result;
  const { personId, taskTitle: title, credits, inboxId, recoveryCode, note: told } = result.value;
  talk.tell({
    personId,
    when: 'at-once',
    build: (voice) =>
      replyWith(
        withRecoveryCode(
          voice,
          recoveryCode,
          voice.say('approve.told', {
            title,
            credits: voice.credits(credits),
            hasNote: told === '' ? 'no' : 'yes',
            note: shorten(told, NOTE_SHOWN),
          }),
        ),
        [choice(voice, 'offers'), choice(voice, 'balance')],
      ),
    about: {
      inboxId,
      inPublic: (voice) => publicly(replyWith(voice.say('approve.public', { title }))),
    },
  });
  return ok({ title, credits });
}

function approveNamed(talk: Talk, numbers: readonly number[], note: string): Reply {
  const lines = numbers.map((evidence, at) => {
    const approved = approveOne(talk, evidence, note);
    if (!approved.ok) return talk.refusal(approved.refusal);
    const isLast = at === numbers.length - 1;
    return talk.say('approve.approved', {
      evidence,
      title: approved.value.title,
      credits: talk.credits(approved.value.credits),
      isLast: isLast ? 'yes' : 'no',
      waiting: isLast ? countWaitingEvidence(talk.context, talk.person.id) : 0,
    });
  });
  return withReview(talk, lines);
}

function withReview(talk: Talk, lines: readonly string[]): Reply {
  const waiting = countWaitingEvidence(talk.context, talk.person.id);
  return replyWith(lines.join('\n'), waiting > 0 ? [choice(talk, 'review')] : []);
}

/** Reads back what waits on a task, which is then approved together: `ALL 12 well done`. */
function askAll(talk: Talk, words: string): Reply {
  const named = talk.read.numberAndWords(words);
  if (named === undefined)
    return replyWith(talk.say('approve.usage-all'), [choice(talk, 'review')]);
  const { number: taskId, words: note } = named;
  const limits = { taskId, limit: TOGETHER_MAX };
  const waiting = seeWaitingOnTask(talk.context, talk.person.id, limits);
  if (waiting === undefined) {
    return replyWith(talk.say('approve.none-on-task', { task: taskId }), [choice(talk, 'review')]);
  }
  const { title, credits, evidence } = waiting;
  talk.ask('all', { evidence: evidence.join(' '), note, task: taskId, title });
  return replyWith(
    talk.say('approve.read-back', {
      ...{ task: taskId, title, count: evidence.length },
      list: evidence.map((id) => talk.number(id)).join(', '),
      credits: talk.credits(credits),
      total: talk.credits(credits * evidence.length),
    }),
    yesOrNo(talk),
  );
}

/** Approves those that were read back, one decision each; what came in since waits on. */
const approveAll: Step = (talk, text, data) => {
  if (talk.read.is('no', text)) return replyWith(talk.say('reject.kept'), [choice(talk, 'review')]);
  if (!talk.read.is('yes', text)) return null;
  const results = String(data.evidence)
    .split(' ')
    .map((id) => approveOne(talk, Number(id), String(data.note)));
  const approved = results.flatMap((one) => (one.ok ? [one.value] : []));
  const refused = results.flatMap((one) => (one.ok ? [] : [talk.refusal(one.refusal)]));
  const total = approved.reduce((sum, { credits }) => sum + credits, 0);
  const done = talk.say('approve.approved-all', {
    ...{ count: approved.length, task: Number(data.task), title: String(data.title) },
    credits: talk.credits(total),
    waiting: countWaitingEvidence(talk.context, talk.person.id),
  });
  return withReview(talk, [...new Set(refused), ...(approved.length > 0 ? [done] : [])]);
};

export const approve: Command = {
  name: 'approve',
  who: 'organizer',
  right: 'reviews',
  exact: true,
  summary: 'approve.summary',
  run: (talk, args) => {
    const all = seriesWith(talk, args);
    if (all.isAll) return askAll(talk, all.words);
    const named = talk.read.numbers(args);
    if (named === undefined) return replyWith(talk.say('approve.usage'), [choice(talk, 'review')]);
    if (isUnclear(named)) return askReading(talk, named);
    const other = otherDecision(talk, named.rest);
    if (other === undefined) return approveNamed(talk, named.numbers, named.rest);
    return [approveNamed(talk, named.numbers, ''), ...talk.run(other.name, other.args)];
  },
  steps: { ...readingStep(approveNamed, 'reject.kept'), all: approveAll },
  hints: { all: 'yes-no' },
};
