/** Puts what is to be said in the outbox, in the transaction that decided it. */

import type { Language, Texts } from '../conversation/language/texts.ts';
import type { ChannelName, Reply } from '../conversation/message.ts';
import { speechIn, type Voice } from '../conversation/speech.ts';
import type { Tx } from '../store/store.ts';

export type Post = {
  readonly speech: (language: Language, now: number) => Voice;
  /** The answer to a message, to where it came from. */
  readonly answer: (
    tx: Tx,
    to: { readonly channel: ChannelName; readonly identityId: number; readonly inboxId: number },
    reply: Reply,
    now: number,
  ) => void;
  /**
   * Tells a person something they did not just ask for, on the first channel that they have not
   * stopped; `contact-hours` waits for the hours in which the city may call on people.
   */
  readonly tell: (
    tx: Tx,
    personId: number,
    build: (speech: Voice) => Reply,
    when: 'at-once' | 'contact-hours',
    now: number,
  ) => void;
  /** Announces a task in every public place, in the city's first language. */
  readonly announce: (tx: Tx, taskId: number, build: (speech: Voice) => Reply, now: number) => void;
};

export function createPost(options: {
  readonly texts: Texts;
  readonly word: (command: string, language: Language) => string;
  readonly publicPlaces: readonly ChannelName[];
  /** The language of public announcements. */
  readonly firstLanguage: Language;
  /** When the city may next call on people (ms). */
  readonly nextContactTime: (now: number) => number;
}): Post {
  const { texts } = options;
  const speech = (language: Language, now: number): Voice => ({
    ...speechIn(texts, language, now),
    word: (command) => options.word(command, language),
  });
  return {
    speech,
    answer: (tx, to, reply, now) => {
      tx.outbox.addDelivery({
        ...to,
        kind: 'reply',
        taskId: null,
        body: JSON.stringify(reply),
        notBefore: now,
        createdAt: now,
      });
    },
    tell: (tx, personId, build, when, now) => {
      const person = tx.people.person(personId);
      const identity = tx.people.identitiesOf(personId).find((one) => one.stoppedAt === null);
      if (person?.joinedAt == null || identity === undefined) return;
      tx.outbox.addDelivery({
        channel: identity.channel,
        identityId: identity.id,
        inboxId: null,
        kind: 'notice',
        taskId: null,
        body: JSON.stringify(build(speech(person.language, now))),
        notBefore: when === 'at-once' ? now : options.nextContactTime(now),
        createdAt: now,
      });
    },
    announce: (tx, taskId, build, now) => {
      const body = JSON.stringify(build(speech(options.firstLanguage, now)));
      for (const channel of options.publicPlaces) {
        tx.outbox.addDelivery({
          channel,
          identityId: null,
          inboxId: null,
          kind: 'announcement',
          taskId,
          body,
          notBefore: now,
          createdAt: now,
        });
      }
    },
  };
}
