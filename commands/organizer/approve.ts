import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { withRecoveryCode } from '../../src/conversation/move-replies.ts';
import { publicly, replyWith } from '../../src/conversation/speech.ts';
import { parseNumberAndRest } from '../../src/conversation/words.ts';
import { shorten } from '../../src/lib/text.ts';
import { countWaitingEvidence } from '../../src/services/evidence/count-waiting-evidence.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';

/** So much fits beside the facts; the public record has the whole. */
const NOTE_SHOWN = 180;

export const approve: Command = {
  name: 'approve',
  who: 'organizer',
  right: 'reviews',
  exact: true,
  summary: 'approve.summary',
  run: (talk, args) => {
    const { context, person } = talk;
    const named = parseNumberAndRest(args);
    if (named === undefined) return replyWith(talk.say('approve.usage'), [choice(talk, 'review')]);
    const result = reviewEvidence(context, person, {
      evidenceId: named.number,
      approved: true,
      note: named.rest,
    });
    if (!result.ok) return replyWith(talk.refusal(result.refusal), [choice(talk, 'review')]);
    const { personId, taskTitle: title, credits, inboxId, recoveryCode } = result.value;
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
              hasNote: named.rest === '' ? 'no' : 'yes',
              note: shorten(named.rest, NOTE_SHOWN),
            }),
          ),
          [choice(voice, 'offers'), choice(voice, 'balance')],
        ),
      about: {
        inboxId,
        inPublic: (voice) => publicly(replyWith(voice.say('approve.public', { title }))),
      },
    });
    const waiting = countWaitingEvidence(context, person.id);
    const text = talk.say('approve.approved', {
      evidence: named.number,
      title,
      credits: talk.credits(credits),
      waiting,
    });
    return replyWith(text, waiting > 0 ? [choice(talk, 'review')] : []);
  },
};
