import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { withRecoveryCode } from '../../src/conversation/move-replies.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseNumberAndRest } from '../../src/conversation/words.ts';
import { shorten } from '../../src/lib/text.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { seeNext } from '../../src/services/people/see-next.ts';

/** So much fits beside the facts; the public record has the whole. */
const REASON_SHOWN = 180;
const COMMAND_WITH_FACTS = /^\S+\s+#?\p{Nd}|[;؛；]/u;

function rejectWith(talk: Talk, evidenceId: number, reason: string) {
  const { context, person } = talk;
  const decision = { evidenceId, approved: false, note: reason };
  const result = reviewEvidence(context, person, decision);
  if (!result.ok) {
    const isAsked = result.refusal.code === 'reason-missing';
    if (isAsked) talk.ask('reason', { evidence: evidenceId });
    return replyWith(talk.refusal(result.refusal), isAsked ? [] : [choice(talk, 'review')]);
  }
  const { personId, taskTitle: title, credits, inboxId, recoveryCode } = result.value;
  talk.tell({
    personId,
    when: 'at-once',
    build: (voice) => {
      const said = { title, reason: shorten(reason, REASON_SHOWN), contact: context.city.contact };
      // The city's policy decides whether honest work that was not accepted still counts.
      const text =
        credits > 0
          ? withRecoveryCode(
              voice,
              recoveryCode,
              voice.say('reject.told-credited', { ...said, credits: voice.credits(credits) }),
            )
          : voice.say('reject.told', said);
      return replyWith(text, [choice(voice, credits > 0 ? 'balance' : 'tasks')]);
    },
    about: { inboxId },
  });
  const { waiting } = seeNext(context, person);
  return replyWith(
    talk.say('reject.rejected', { evidence: evidenceId, title, waiting }),
    waiting > 0 ? [choice(talk, 'review')] : [],
  );
}

export const reject: Command = {
  name: 'reject',
  who: 'organizer',
  right: 'reviews',
  exact: true,
  summary: 'reject.summary',
  run: (talk, args) => {
    const named = parseNumberAndRest(args);
    if (named === undefined) return replyWith(talk.say('reject.usage'), [choice(talk, 'review')]);
    return rejectWith(talk, named.number, named.rest);
  },
  steps: {
    reason: (talk, text, data) => {
      if (talk.read.is('no', text))
        return replyWith(talk.say('reject.kept'), [choice(talk, 'review')]);
      // 'APPROVE 31 after all' must not become the reason why 31 is rejected.
      if (talk.commandIn(text) !== undefined && COMMAND_WITH_FACTS.test(text)) return null;
      return rejectWith(talk, Number(data.evidence), text);
    },
  },
};
