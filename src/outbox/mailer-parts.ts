/** The values that the parts of the mailer share. */
import type { ChannelName } from '../conversation/message.ts';
import type { Voice } from '../conversation/speech.ts';
import type { Language } from '../languages/texts.ts';
import type { Tx } from '../store/store.ts';

export type MailerParts = {
  readonly speech: (language: Language, now: number) => Voice;
  /** Whether these words move credits or codes. */
  readonly isCareful: (words: string) => boolean;
  readonly publicPlaces: readonly ChannelName[];
  /** The language of public announcements. */
  readonly firstLanguage: Language;
  /** When the city may next call on people (ms). */
  readonly nextContactTime: (now: number) => number;
  /** A broadcast was begun, which a job carries out. */
  readonly broadcastBegun: () => void;
};

/** The transaction that decides what is said, and its time (ms). */
export type Moment = { readonly tx: Tx; readonly now: number };
