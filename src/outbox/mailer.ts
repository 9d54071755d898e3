/** Puts what is to be said in the outbox, in the transaction that decided it. */
import type { Notice } from '../conversation/notice.ts';
import { speechIn, type Voice } from '../conversation/speech.ts';
import type { Language, Texts } from '../languages/texts.ts';
import { createSignal, type Signal } from '../lib/signal.ts';
import { type Announcement, announce, type ShownAnnouncement, update } from './announcing.ts';
import { type Answers, addReply } from './deliveries.ts';
import type { MailerParts, Moment } from './mailer-parts.ts';
import { answerInPublic } from './public-answers.ts';
import { pageLast } from './sms-paging.ts';
import { type AddressNotice, tell, tellAt } from './telling.ts';

export type Mailer = {
  /** Is given when a broadcast begins, which a job carries on. */
  readonly broadcastBegun: Pick<Signal, 'listen'>;
  readonly speech: (language: Language, now: number) => Voice;
  /**
   * Answers a message where it came from. To a public message only what is public goes there: the
   * rest goes to its sender alone, and the place hears no more than that.
   */
  readonly answer: (at: Moment, answers: Answers) => void;
  /**
   * Tells a person something they did not just ask for, on the first channel that reaches them;
   * nothing before they have joined.
   */
  readonly tell: (at: Moment, notice: Notice) => void;
  /** Tells one address, at once, in its person's language. */
  readonly tellAt: (at: Moment, notice: AddressNotice) => void;
  /**
   * Announces a task in every public place, in the city's first language, and begins a broadcast
   * to everybody who asked for it.
   */
  readonly announce: (at: Moment, announcement: Announcement) => void;
  /** Brings the announcement of a task on a channel up to date. */
  readonly update: (at: Moment, shown: ShownAnnouncement) => void;
};

export function createMailer({
  texts,
  ...others
}: Omit<MailerParts, 'speech' | 'broadcastBegun'> & { readonly texts: Texts }): Mailer {
  const speech = (language: Language, now: number): Voice => speechIn(texts, language, now);
  const broadcastBegun = createSignal();
  const parts: MailerParts = { ...others, speech, broadcastBegun: broadcastBegun.give };
  return {
    broadcastBegun,
    speech,
    answer: (at, answers) => answer(parts, at, answers),
    tell: (at, notice) => tell(parts, at, notice),
    tellAt: (at, notice) => tellAt(parts, at, notice),
    announce: (at, announcement) => announce(parts, at, announcement),
    update: (at, shown) => update(parts, at, shown),
  };
}

function answer(parts: MailerParts, at: Moment, answers: Answers): void {
  const { to, replies } = answers;
  if (to.place !== null) {
    answerInPublic(parts, at, { ...answers, place: to.place });
    return;
  }
  const paged = to.channel === 'sms' ? pageLast(parts, at, answers) : replies;
  for (const reply of paged) addReply(at, to, reply);
}
