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
import { replyWith, type Voice } from '../../src/conversation/speech.ts';
import { parseNumber } from '../../src/conversation/words.ts';
import { codesIn } from '../../src/domain/code.ts';
import { REJECT_REASONS, type RejectReason } from '../../src/domain/review.ts';
import { ok } from '../../src/lib/result.ts';
import { shorten } from '../../src/lib/text.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { seeNext } from '../../src/services/people/see-next.ts';

/** So much fits beside the facts; the public record has the whole. */
const REASON_SHOWN = 180;

/** Why something is not approved: a code, and the reviewer's words, which may be empty. */
type Why = { readonly reason: RejectReason; readonly note: string };

/** A reason in words of a language, as the person reads it. */
const whyIn = (voice: Voice, { reason, note }: Why): string =>
  voice.say(`reason.${reason}`, {
    hasNote: note === '' ? 'no' : 'yes',
    note: shorten(note, REASON_SHOWN),
  });

/** Rejects one piece of evidence and tells its sender why; the refusal where that cannot be. */
function rejectOne(talk: Talk, evidenceId: number, why: Why) {
  const { context, person } = talk;
  const result = reviewEvidence(context, person, { evidenceId, approved: false, ...why });
  if (!result.ok) return result;
  const { personId, taskTitle: title, credits, inboxId, recoveryCode, note } = result.value;
  talk.tell({
    personId,
    when: 'at-once',
    build: (voice) => {
      const reason = whyIn(voice, { reason: why.reason, note });
      const said = { title, reason, contact: context.city.contact };
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

/** A usual reason has a code; any other is told by its words. */
function whyOf(talk: Talk, words: string): Why {
  const said = talk.read.reason(words);
  if (said !== undefined) return { ...said, note: isReason(talk, said.note) ? said.note : '' };
  return { reason: 'other', note: isReason(talk, words) ? words : '' };
}

/** The usual reasons, which are chosen by their number; `other` is said in own words. */
const LISTED = REJECT_REASONS.filter((reason) => reason !== 'other');

/** Asks why, with the usual reasons to choose from. */
function askWhy(talk: Talk, numbers: readonly number[]): Reply {
  talk.ask('reason', { evidence: numbers.join(' ') });
  const list = LISTED.map((reason, at) =>
    talk.say('reject.why-line', {
      number: talk.number(at + 1),
      reason: talk.say(`why.${reason}`),
    }),
  ).join('\n');
  const evidence = numbers.map((id) => talk.number(id)).join(', ');
  // One that is pressed later, when nothing is asked any more, still says what it is about.
  const command = numbers.length === 1 ? `${talk.word('reject')} ${numbers[0]} ` : '';
  return replyWith(
    talk.say('reject.why', { evidence, list }),
    LISTED.map((reason) => ({
      label: talk.say(`why.${reason}`),
      send: `${command}${talk.word(reason)}`,
    })),
  );
}

/** Rejects what is named, for one reason; asks for that where there is none. */
function rejectAll(talk: Talk, numbers: readonly number[], words: string): Reply {
  return rejectFor(talk, numbers, whyOf(talk, words));
}

function rejectFor(talk: Talk, numbers: readonly number[], why: Why): Reply {
  const { context, person } = talk;
  const unreasoned: number[] = [];
  const lines = numbers.map((evidence, at) => {
    const rejected = rejectOne(talk, evidence, why);
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
    const asked = askWhy(talk, unreasoned);
    return { ...asked, text: [...lines, asked.text].filter(Boolean).join('\n') };
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
      const numbers = String(data.evidence).split(' ').map(Number);
      const listed = LISTED[(parseNumber(text) ?? 0) - 1];
      if (listed !== undefined) return rejectFor(talk, numbers, { reason: listed, note: '' });
      return rejectAll(talk, numbers, text);
    },
  },
};
