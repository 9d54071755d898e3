/**
 * Turns away messages beyond their sender's budgets, in words that help, once. The words of the law
 * are carried out at any time, and so is a stranger's consent.
 */
import type { Reply } from '../conversation/message.ts';
import type { Reader } from '../conversation/reader.ts';
import { publicly, replyWith } from '../conversation/speech.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { admitMessage, isRepeated } from '../services/budgets/admit-message.ts';
import { type Spent, spend } from '../services/budgets/spend.ts';
import type { Context } from '../services/context.ts';
import type { WaitingMessage } from '../store/inbox.ts';

export type Admission =
  /** It is carried out, and answered unless `isSilent`. */
  | { readonly ok: true; readonly isSilent: boolean }
  | {
      readonly ok: false;
      readonly replies: readonly Reply[];
      /** The ids of messages that wait behind it and would be turned away as well. */
      readonly alsoDone: readonly number[];
    };

type Parts = {
  readonly mailer: Pick<Mailer, 'speech'>;
  readonly matcher: { readonly read: Reader };
};

const ADMITTED: Admission = { ok: true, isSilent: false };
/** How many messages are turned away together: a flood must not hold up others. */
const TOGETHER_MAX = 1000;

export function admit(parts: Parts, context: Context, row: WaitingMessage): Admission {
  // It was admitted before, and broke down.
  if (row.attempts > 0) return ADMITTED;
  const { person, channel, sentAt, stoppedAt } = row;
  const isStranger = person.joinedAt === null && stoppedAt === null;
  const room = admitMessage(context, { personId: person.id, channel, isStranger, sentAt });
  const { read } = parts.matcher;
  if (room.ok) {
    const isSilent =
      isStranger &&
      !isAlwaysHeard(read, context, row) &&
      isRepeated(context, person.id, row.payload.text);
    return { ok: true, isSilent };
  }
  if (!isAlwaysHeard(read, context, row)) return turnAway(parts, context, { row, room });
  context.refused.length = 0;
  if (!isLegal(read, row)) return ADMITTED;
  return { ok: true, isSilent: !spend(context, 'legalWords', person.id).ok };
}

const isLegal = ({ legalWord }: Reader, { payload }: WaitingMessage): boolean =>
  payload.answered !== undefined || legalWord(payload.text) !== null;

/** The words of the law, and the answer of somebody who is asked for their consent. */
function isAlwaysHeard(read: Reader, { now }: Context, row: WaitingMessage): boolean {
  const { session, person, payload } = row;
  const isAsked =
    person.joinedAt === null && session?.command === 'hello' && session.expiresAt > now;
  return isLegal(read, row) || (isAsked && read.is('yes', payload.text));
}

function turnAway(
  { mailer, matcher }: Parts,
  context: Context,
  { row, room }: { row: WaitingMessage; room: Extract<Spent, { readonly ok: false }> },
): Admission {
  const { tx, now, refused } = context;
  const behind = tx.inbox
    .behind(row.identityId, row.id, TOGETHER_MAX)
    .filter(
      (one) =>
        one.attempts === 0 && one.sentAt < room.until && !isAlwaysHeard(matcher.read, context, one),
    );
  refused.push({ budget: room.budget, isFirst: false, count: behind.length });
  const alsoDone = behind.map(({ id }) => id);
  // What everybody together used up is told to nobody: it would cost what is to be saved.
  if (!room.isFirst || room.budget === 'strangersTogether') {
    return { ok: false, replies: [], alsoDone };
  }
  const { say, duration } = mailer.speech(row.person.language, now);
  const wait = duration(Math.max(MINUTE_MS, room.until - now));
  const text = room.budget === 'strangers' ? 'limit.strangers' : 'limit.messages';
  return { ok: false, replies: [publicly(replyWith(say(text, { duration: wait })))], alsoDone };
}
