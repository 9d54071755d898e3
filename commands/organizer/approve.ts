import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { withRecoveryCode } from '../../src/conversation/move-replies.ts';
import {
  askReading,
  isUnclear,
  otherDecision,
  readingStep,
} from '../../src/conversation/several.ts';
import { publicly, replyWith } from '../../src/conversation/speech.ts';
import { shorten } from '../../src/lib/text.ts';
import { countWaitingEvidence } from '../../src/services/evidence/count-waiting-evidence.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';

/** So much fits beside the facts; the public record has the whole. */
const NOTE_SHOWN = 180;

/** Approves one piece of evidence and tells its sender; answers what the reviewer hears of it. */
function approveOne(
  talk: Talk,
  { evidenceId, note, isLast }: { evidenceId: number; note: string; isLast: boolean },
): string {
  const { context, person } = talk;
  const result = reviewEvidence(context, person, { evidenceId, approved: true, note });
  if (!result.ok) return talk.refusal(result.refusal);
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
  return talk.say('approve.approved', {
    evidence: evidenceId,
    title,
    credits: talk.credits(credits),
    isLast: isLast ? 'yes' : 'no',
    waiting: isLast ? countWaitingEvidence(context, person.id) : 0,
  });
}

function approveAll(talk: Talk, numbers: readonly number[], note: string): Reply {
  const lines = numbers.map((evidenceId, at) =>
    approveOne(talk, { evidenceId, note, isLast: at === numbers.length - 1 }),
  );
  const waiting = countWaitingEvidence(talk.context, talk.person.id);
  return replyWith(lines.join('\n'), waiting > 0 ? [choice(talk, 'review')] : []);
}

export const approve: Command = {
  name: 'approve',
  who: 'organizer',
  right: 'reviews',
  exact: true,
  summary: 'approve.summary',
  run: (talk, args) => {
    const named = talk.read.numbers(args);
    if (named === undefined) return replyWith(talk.say('approve.usage'), [choice(talk, 'review')]);
    if (isUnclear(named)) return askReading(talk, named);
    const other = otherDecision(talk, named.rest);
    if (other === undefined) return approveAll(talk, named.numbers, named.rest);
    return [approveAll(talk, named.numbers, ''), ...talk.run(other.name, other.args)];
  },
  steps: readingStep(approveAll, 'reject.kept'),
};
