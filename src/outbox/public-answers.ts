/** Answers in public: what is private about a person goes to that person alone. */
import type { Reply } from '../conversation/message.ts';
import { replyWith, type Voice } from '../conversation/speech.ts';
import { HOUR_MS } from '../lib/clock.ts';
import { type Answers, addReply, type MailerParts, type Moment } from './deliveries.ts';

/**
 * More answers to one person within an hour go to them alone: so many in one conversation, where
 * others read on, and so many in all, since whoever writes says which conversation it is.
 */
const THREAD_ANSWERS_PER_HOUR = 6;
const PUBLIC_ANSWERS_PER_HOUR = 20;

/** Answers a message in the `place` where others read it. */
export function answerInPublic(
  parts: MailerParts,
  at: Moment,
  { to, language, replies, place }: Answers & { readonly place: string },
): void {
  const maySay = mayAnswer(at, to);
  const open = replies.filter(({ isPublic }) => isPublic === true && maySay);
  if (open.length > 0) addReply(at, to, joinReplies(open));
  const hidden = replies.filter((reply) => !open.includes(reply));
  const privately = { ...to, place: null, thread: null };
  for (const reply of hidden.slice(0, -1)) addReply(at, privately, reply);
  const last = hidden.at(-1);
  if (last === undefined) return;
  if (!maySay) {
    addReply(at, privately, last);
    return;
  }
  const afterwards = buildAfterwards(place, to.thread, parts.speech(language, at.now));
  // A place that was answered need not hear of the rest, unless the rest cannot be sent.
  const sent = open.length > 0 ? null : afterwards.sent;
  addReply(at, privately, { ...last, afterwards: { ...afterwards, sent } });
}

function mayAnswer({ tx, now }: Moment, { identityId, thread }: Answers['to']): boolean {
  const answered = tx.outbox.publicAnswers(identityId, thread, now - HOUR_MS);
  return answered.inThread < THREAD_ANSWERS_PER_HOUR && answered.count < PUBLIC_ANSWERS_PER_HOUR;
}

/** Builds what is said in public of a private answer: only that it was sent, or how to get it. */
export const buildAfterwards = (place: string, thread: string | null, voice: Voice) => ({
  place,
  thread,
  sent: replyWith(voice.say('public.sent')),
  closed: replyWith(voice.say('public.closed')),
});

/** Makes several public answers to one message one: what others read is kept short. */
const joinReplies = (replies: readonly Reply[]): Reply =>
  replies.reduce((joined, reply) => ({
    ...reply,
    text: `${joined.text}\n\n${reply.text}`,
    pictures: [...joined.pictures, ...reply.pictures],
  }));
