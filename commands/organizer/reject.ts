import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { hasParts } from '../../src/conversation/draft-line.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { withRecoveryCode } from '../../src/conversation/move-replies.ts';
import {
  askReading,
  isUnclear,
  otherDecision,
  readingStep,
} from '../../src/conversation/several.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { codesIn } from '../../src/domain/code.ts';
import { ok } from '../../src/lib/result.ts';
import { shorten } from '../../src/lib/text.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { seeNext } from '../../src/services/people/see-next.ts';

/** So much fits beside the facts; the public record has the whole. */
const REASON_SHOWN = 180;

/** Rejects one piece of evidence and tells its sender why; the refusal where that cannot be. */
function rejectOne(talk: Talk, evidenceId: number, reason: string) {
  const { context, person } = talk;
  const result = reviewEvidence(context, person, { evidenceId, approved: false, note: reason });
  if (!result.ok) return result;
  const { personId, taskTitle: title, credits, inboxId, recoveryCode, note } = result.value;
  talk.tell({
    personId,
    when: 'at-once',
    build: (voice) => {
      const said = { title, reason: shorten(note, REASON_SHOWN), contact: context.city.contact };
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
  return ok(title);
}

/** A number tells nobody why, nor does a letter, a thumb, a yes or thanks; nobody else is to read a code. */
function isReason({ read }: Talk, words: string): boolean {
  const isAnswer =
    read.isCourtesy(words) ||
    (['yes', 'no', 'because'] as const).some((name) => read.is(name, words));
  const isNumber = read.isNumbers(words) || codesIn(words).length > 0;
  return !isAnswer && !isNumber && !read.tellsNothing(words) && /\p{L}{2}/u.test(words);
}

/** Rejects what is named, for one reason; asks for that where there is none. */
function rejectAll(talk: Talk, numbers: readonly number[], words: string): Reply {
  const reason = isReason(talk, words) ? words : '';
  const { context, person } = talk;
  const unreasoned: number[] = [];
  const lines = numbers.map((evidence, at) => {
    const rejected = rejectOne(talk, evidence, reason);
    if (!rejected.ok) {
      if (rejected.refusal.code !== 'reason-missing') return talk.refusal(rejected.refusal);
      unreasoned.push(evidence);
      return '';
    }
    const isLast = at === numbers.length - 1;
    return talk.say('reject.rejected', {
      evidence,
      title: rejected.value,
      isLast: isLast ? 'yes' : 'no',
      waiting: isLast ? seeNext(context, person).waiting : 0,
    });
  });
  if (unreasoned.length > 0) {
    const evidence = unreasoned.map((id) => talk.number(id)).join(', ');
    talk.ask('reason', { evidence: unreasoned.join(' ') });
    lines.push(talk.refusal({ code: 'reason-missing', params: { evidence } }));
    return replyWith(lines.filter(Boolean).join('\n'));
  }
  const { waiting } = seeNext(context, person);
  return replyWith(lines.join('\n'), waiting > 0 ? [choice(talk, 'review')] : []);
}

/** 'APPROVE 31 after all' must not become the reason why 31 is rejected. */
function isOtherCommand(talk: Talk, text: string): boolean {
  const said = talk.commandIn(text);
  return said !== undefined && (talk.read.numbers(said.args) !== undefined || hasParts(text));
}

export const reject: Command = {
  name: 'reject',
  who: 'organizer',
  right: 'reviews',
  exact: true,
  summary: 'reject.summary',
  run: (talk, args) => {
    const named = talk.read.numbers(args);
    if (named === undefined) return replyWith(talk.say('reject.usage'), [choice(talk, 'review')]);
    if (isUnclear(named)) return askReading(talk, named);
    const other = otherDecision(talk, named.rest);
    if (other === undefined) return rejectAll(talk, named.numbers, named.rest);
    return [rejectAll(talk, named.numbers, ''), ...talk.run(other.name, other.args)];
  },
  steps: {
    ...readingStep(rejectAll, 'reject.kept'),
    reason: (talk, text, data) => {
      if (talk.read.is('no', text))
        return replyWith(talk.say('reject.kept'), [choice(talk, 'review')]);
      if (isOtherCommand(talk, text)) return null;
      return rejectAll(talk, String(data.evidence).split(' ').map(Number), text);
    },
  },
};
