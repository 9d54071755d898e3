/** One person's language in one city: everything said to that person goes through it. */

import type { RefusalCode } from '../languages/language.ts';
import type { Language, TextKey, TextParams, Texts } from '../languages/texts.ts';
import type { Refusal } from '../lib/result.ts';
import type { Choice, PictureReason, Reply } from './message.ts';

export type Voice = {
  readonly language: Language;
  readonly say: (key: TextKey, params?: TextParams) => string;
  /** Why something was refused, in words that help. */
  readonly refusal: (refusal: Refusal<RefusalCode | PictureReason>) => string;
  /** A number of credits with the city's word for them. */
  readonly credits: (count: number) => string;
  /** A time or a span (ms) in the city's time zone. */
  readonly when: (startMs: number, endMs?: number | null) => string;
  /** When a task is; times in ms. */
  readonly taskTime: (task: {
    readonly startsAt: number;
    readonly endsAt: number | null;
    readonly isAnyTime: number;
  }) => string;
  readonly duration: (ms: number) => string;
  /** Days of the week, from 0 for Sunday, as people choose by them: `weekends`. */
  readonly days: (days: readonly number[]) => string;
  /** A number that names something, such as a task's, in the language's digits. */
  readonly number: (number: number) => string;
  /** The language's word for a command or an answer, as people are told to write it: `word('join')`. */
  readonly word: (command: string) => string;
};

/** Speaks one language; `now` (ms) decides whether a date needs its year. */
export const speechIn = (texts: Texts, language: Language, now: number): Voice => ({
  language,
  say: (key, params) => texts.say(language, key, params),
  refusal: (refusal) => texts.refusal(language, refusal),
  credits: (count) => texts.credits(language, count),
  when: (startMs, endMs = null) => texts.when(language, { startMs, endMs, nowMs: now }),
  taskTime: ({ startsAt, endsAt, isAnyTime }) =>
    isAnyTime === 1 && endsAt !== null
      ? texts.say(language, 'when.any-time', {
          end: texts.when(language, { startMs: endsAt, nowMs: now }),
        })
      : texts.when(language, { startMs: startsAt, endMs: endsAt, nowMs: now }),
  duration: (ms) => texts.duration(language, ms),
  days: (days) => texts.days(language, days),
  number: (number) => texts.number(language, number),
  word: (command) => texts.word(language, command),
});

/** A reply of text, with what the person may want to say next. */
export const replyWith = (text: string, choices: readonly Choice[] = []): Reply => ({
  text,
  choices,
  pictures: [],
});

/** A reply that tells nothing about the person that others may not read. */
export const publicly = (reply: Reply): Reply => ({ ...reply, isPublic: true });

/** A reply for which the last of the day's texts are kept. */
export const essentially = (reply: Reply): Reply => ({ ...reply, isEssential: true });

/** Something a person is told that they did not just ask for. */
export type Notice = {
  readonly personId: number;
  /** In the person's language. */
  readonly build: (voice: Voice) => Reply;
  /** `contact-hours` waits for the hours in which the city may call on people. */
  readonly when: 'at-once' | 'contact-hours';
  /** The task that it is about, by its number: its organizer hears of it when it does not arrive. */
  readonly task?: number | undefined;
  /** Many are told the same: replies go out before it. */
  readonly isBulk?: boolean;
  /**
   * The message that it is about, by its id in the inbox. If they sent that in public, the place
   * hears `inPublic`, and how to be told where private messages are closed.
   */
  readonly about?: {
    readonly inboxId: number | null;
    readonly inPublic?: (voice: Voice) => Reply;
  };
};
