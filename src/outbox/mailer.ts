/** Puts what is to be said in the outbox, in the transaction that decided it. */

import type { ChannelName, Reply } from '../conversation/message.ts';
import { smsPage } from '../conversation/sms-page.ts';
import { replyWith, speechIn, type Voice } from '../conversation/speech.ts';
import type { Language, Texts } from '../languages/texts.ts';
import { HOUR_MS } from '../lib/clock.ts';
import { createSignal, type Signal } from '../lib/signal.ts';
import type { Identity } from '../store/people.ts';
import type { Tx } from '../store/store.ts';
import { needsWayOut, withWayOut } from './opt-out-hint.ts';

/** Where a message came from: its address, and the place where others read along. */
type Origin = {
  readonly channel: ChannelName;
  readonly identityId: number;
  readonly inboxId: number;
  /** In the channel's own words; null for a private message. */
  readonly place: string | null;
  /** The conversation that the place belongs to. */
  readonly thread: string | null;
};

type Address = Omit<Origin, 'channel' | 'inboxId'> & {
  readonly channel: string;
  readonly inboxId: number | null;
};

/** What the outbox keeps of a reply. */
export type DeliveryBody = Reply & {
  /** What is said in public once it is known what became of this private answer. */
  readonly afterwards?: {
    readonly place: string;
    readonly thread: string | null;
    readonly sent: Reply | null;
    readonly closed: Reply;
  };
  /** How often it was sent before and not delivered. */
  readonly sentAgain?: number;
};

export type Mailer = {
  /** Is given when a broadcast begins, which a job carries out. */
  readonly broadcastBegun: Signal;
  readonly speech: (language: Language, now: number) => Voice;
  /**
   * The answers to a message, to where it came from. To a public message only what is public goes
   * there: the rest goes to its sender alone, and the place hears no more than that.
   */
  readonly answer: (
    tx: Tx,
    to: Origin,
    replies: readonly Reply[],
    language: Language,
    now: number,
  ) => void;
  /**
   * Tells a person something they did not just ask for, on the first channel that reaches them;
   * `contact-hours` waits for the hours in which the city may call on people. About a message that
   * they sent in public (`about`, its id in the inbox) the place hears `inPublic`, if it is given,
   * and how to be told where private messages are closed.
   */
  readonly tell: (
    tx: Tx,
    personId: number,
    build: (speech: Voice) => Reply,
    when: 'at-once' | 'contact-hours',
    now: number,
    about?: { readonly inboxId: number | null; readonly inPublic?: (speech: Voice) => Reply },
  ) => void;
  /** Tells one address, at once, in its person's language. */
  readonly tellAt: (
    tx: Tx,
    identityId: number,
    build: (speech: Voice) => Reply,
    now: number,
  ) => void;
  /**
   * Announces a task in every public place, in the city's first language, and begins a broadcast
   * to everybody who asked for it.
   */
  readonly announce: (tx: Tx, taskId: number, build: (speech: Voice) => Reply, now: number) => void;
  /** Brings the announcement of a task on a channel up to date. */
  readonly update: (
    tx: Tx,
    channel: string,
    taskId: number,
    build: (speech: Voice) => Reply,
    now: number,
  ) => void;
};

/**
 * More answers to one person within an hour go to them alone: so many in one conversation, where
 * others read on, and so many in all, since whoever writes says which conversation it is.
 */
const THREAD_ANSWERS_PER_HOUR = 6;
const PUBLIC_ANSWERS_PER_HOUR = 20;

export function createMailer(options: {
  readonly texts: Texts;
  readonly word: (command: string, language: Language) => string;
  /** Do these words move credits or codes? */
  readonly isCareful: (words: string) => boolean;
  readonly publicPlaces: readonly ChannelName[];
  /** The language of public announcements. */
  readonly firstLanguage: Language;
  /** When the city may next call on people (ms). */
  readonly nextContactTime: (now: number) => number;
}): Mailer {
  const { texts } = options;
  const broadcastBegun = createSignal();
  const speech = (language: Language, now: number): Voice => ({
    ...speechIn(texts, language, now),
    word: (command) => options.word(command, language),
  });

  const add = (tx: Tx, to: Address, reply: DeliveryBody, now: number): void => {
    tx.outbox.add({
      ...to,
      kind: 'reply',
      body: JSON.stringify(reply),
      notBefore: now,
      createdAt: now,
    });
  };

  /** What nobody waited for carries the way out now and then; what tells of an answer does not. */
  const unasked = (
    tx: Tx,
    identity: Identity,
    reply: Reply,
    voice: Voice,
    when: 'at-once' | 'contact-hours',
    now: number,
  ): Reply => {
    if (when === 'at-once' || !needsWayOut(identity, now)) return reply;
    tx.people.setWayOut(identity.id, now);
    return withWayOut(reply, voice);
  };

  /** What the place hears of a private answer: nothing of it but where it is, or how to get it. */
  const afterwardsIn = (place: string, thread: string | null, voice: Voice) => ({
    place,
    thread,
    sent: replyWith(voice.say('public.sent')),
    closed: replyWith(voice.say('public.closed')),
  });

  /** By SMS the last answer is a page: what it leaves over, and what numbers say, is kept. */
  const pageOfSms = (
    tx: Tx,
    { identityId }: Origin,
    replies: readonly Reply[],
    voice: Voice,
    now: number,
  ): readonly Reply[] => {
    const last = replies.at(-1);
    if (last === undefined) return replies;
    const isAsked = tx.people.session(identityId) !== undefined;
    const more = voice.say('more.hint', { word: voice.word('more') });
    const { reply, rest, numbers } = smsPage(last, more, isAsked, options.isCareful);
    const hasNumbers = Object.keys(numbers).length > 0;
    if (rest === null && !hasNumbers) tx.followUps.end(identityId);
    else {
      tx.followUps.put({
        identityId,
        rest: rest && JSON.stringify(rest),
        choices: hasNumbers ? JSON.stringify(numbers) : null,
        expiresAt: now + HOUR_MS,
      });
    }
    return [...replies.slice(0, -1), reply];
  };

  const answerInPublic = (
    tx: Tx,
    to: Origin & { readonly place: string },
    replies: readonly Reply[],
    voice: Voice,
    now: number,
  ): void => {
    const { identityId, thread } = to;
    const answered = tx.outbox.publicAnswers(identityId, thread, now - HOUR_MS);
    const maySay =
      answered.inThread < THREAD_ANSWERS_PER_HOUR && answered.count < PUBLIC_ANSWERS_PER_HOUR;
    const open = replies.filter(({ isPublic }) => isPublic === true && maySay);
    if (open.length > 0) add(tx, to, joined(open), now);
    const hidden = replies.filter((reply) => !open.includes(reply));
    const afterwards = maySay ? afterwardsIn(to.place, thread, voice) : undefined;
    hidden.forEach((reply, at) => {
      const isLast = at === hidden.length - 1;
      const isTold = isLast && afterwards !== undefined;
      // A place that was answered need not hear of the rest, unless the rest cannot be sent.
      const said = isTold
        ? { ...afterwards, sent: open.length > 0 ? null : afterwards.sent }
        : null;
      const body = said === null ? reply : { ...reply, afterwards: said };
      add(tx, { ...to, place: null, thread: null }, body, now);
    });
  };

  return {
    broadcastBegun,
    speech,
    answer: (tx, to, replies, language, now) => {
      const { place } = to;
      if (place !== null) {
        answerInPublic(tx, { ...to, place }, replies, speech(language, now), now);
        return;
      }
      const paged =
        to.channel === 'sms' ? pageOfSms(tx, to, replies, speech(language, now), now) : replies;
      for (const reply of paged) add(tx, to, reply, now);
    },
    tell: (tx, personId, build, when, now, about) => {
      const person = tx.people.person(personId);
      if (person?.joinedAt == null) return;
      const voice = speech(person.language, now);
      const identities = tx.people.identitiesOf(personId);
      const origin = about?.inboxId == null ? undefined : tx.inbox.origin(about.inboxId);
      const asked = identities.find(({ id }) => id === origin?.identityId);
      const place = asked?.stoppedAt === null ? (origin?.place ?? null) : null;
      const said = about?.inPublic?.(voice);
      if (place !== null && origin !== undefined && said !== undefined) {
        const { channel, identityId } = origin;
        add(tx, { channel, identityId, inboxId: null, place, thread: null }, said, now);
      }
      const identity = identities.find(isReached);
      if (identity === undefined) return;
      const isThere = place !== null && identity.id === asked?.id;
      const reply = unasked(tx, identity, build(voice), voice, when, now);
      const body = isThere
        ? { ...reply, afterwards: { ...afterwardsIn(place, null, voice), sent: null } }
        : reply;
      tx.outbox.add({
        channel: identity.channel,
        identityId: identity.id,
        kind: 'notice',
        body: JSON.stringify(body satisfies DeliveryBody),
        notBefore: when === 'at-once' ? now : options.nextContactTime(now),
        createdAt: now,
      });
    },
    tellAt: (tx, identityId, build, now) => {
      const identity = tx.people.identity(identityId);
      const person = identity && tx.people.person(identity.personId);
      if (identity === undefined || person?.joinedAt == null || !isReached(identity)) return;
      tx.outbox.add({
        channel: identity.channel,
        identityId,
        kind: 'notice',
        body: JSON.stringify(build(speech(person.language, now))),
        notBefore: now,
        createdAt: now,
      });
    },
    announce: (tx, taskId, build, now) => {
      const body = JSON.stringify(build(speech(options.firstLanguage, now)));
      for (const channel of options.publicPlaces) {
        tx.outbox.add({
          channel,
          kind: 'announcement',
          taskId,
          body,
          notBefore: now,
          createdAt: now,
        });
      }
      const announcer = tx.tasks.get(taskId)?.createdBy;
      const total = announcer === undefined ? 0 : tx.broadcasts.subscribers(announcer, now);
      if (total === 0) return;
      tx.broadcasts.add({ taskId, total, createdAt: now });
      broadcastBegun.give();
    },
    update: (tx, channel, taskId, build, now) => {
      tx.outbox.add({
        channel,
        kind: 'update',
        bulk: 1,
        taskId,
        body: JSON.stringify(build(speech(options.firstLanguage, now))),
        notBefore: now,
        createdAt: now,
      });
    },
  };
}

const isReached = ({ stoppedAt, unreachableAt }: Identity): boolean =>
  stoppedAt === null && unreachableAt === null;

/** Several public answers to one message are one: a conversation that others read is kept short. */
function joined(replies: readonly Reply[]): Reply {
  const last = replies.at(-1) as Reply;
  return {
    ...last,
    text: replies.map(({ text }) => text).join('\n\n'),
    pictures: replies.flatMap(({ pictures }) => pictures),
  };
}
