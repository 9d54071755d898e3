/** A command: everything about it in one place, the same for every channel. */
import type { Right } from '../domain/authority.ts';
import type { Language, RefusalCode, TextKey } from '../languages/language.ts';
import type { When } from '../languages/parse-when.ts';
import type { Coordinates } from '../lib/coordinates.ts';
import type { Refusal, Result } from '../lib/result.ts';
import type { Context } from '../services/context.ts';
import type { Roles } from '../services/roles.ts';
import type { ChannelName, CheckedPicture, Reply } from './message.ts';
import type { Reader } from './reader.ts';
import type { Notice, Voice } from './speech.ts';

export type { Language, RefusalCode, TextKey } from '../languages/language.ts';
export type { Roles } from '../services/roles.ts';

/** How a question is answered: each has the text `again.<hint>`, with an example and the way back. */
export type Hint =
  | ('which' | 'yes-no' | 'photo' | 'number' | 'per-day')
  | ('title' | 'place' | 'when' | 'offer' | 'read-back');

/** Who may say a command. Everyone who takes part is a resident; `anyone` may be a stranger. */
export type Talker = 'anyone' | 'resident' | 'organizer' | 'redeemer' | 'admin';

/** May somebody with these roles say a command? */
export function maySay(
  roles: Roles,
  { who, right }: { readonly who: Talker; readonly right?: Right | undefined },
): boolean {
  if (who === 'anyone' || who === 'resident') return true;
  const hasRight = right === undefined || roles.rights.includes(right);
  if (who === 'admin') return roles.admin || (right !== undefined && hasRight);
  if (right === 'reviews' && roles.reviewsInPlaceOf.length > 0) return true;
  // A code that lives is honored by a redeemer that is suspended, too.
  if (right === 'codes') return hasRight;
  return hasRight && (who === 'organizer' ? roles.issuers : roles.redeemers).length > 0;
}

/** The data that a question keeps until it is answered: small, flat, nothing secret. */
export type SessionData = Readonly<Record<string, string | number | boolean | null>>;

/** The person who speaks, as a command sees them. */
type Speaker = {
  readonly id: number;
  readonly participantId: string;
  readonly language: Language;
  readonly joinedAt: number | null;
  readonly publicEvidenceAt: number | null;
  readonly publicDid: string | null;
};

/** All that a command has to work with, for one message of one person. */
export type Talk = Voice & {
  readonly context: Context;
  readonly channel: ChannelName;
  readonly identityId: number;
  readonly person: Speaker;
  readonly message: MessageSent & {
    readonly pictures: readonly CheckedPicture[];
    /** Others can read it. */
    readonly isPublic: boolean;
    /** It is a post of the person's own, which stays where it is when it becomes evidence. */
    readonly isPost: boolean;
    /**
     * The address of the number that they shared as their own, null for a number that nobody has
     * here; undefined where they shared none.
     */
    readonly sharedNumber: number | null | undefined;
    /** The location that they shared; undefined where they shared none. */
    readonly location: Coordinates | undefined;
  };
  /** The same person in another language: for LANG, whose answer is in the new one. */
  readonly speechIn: (language: Language) => Voice;
  /** Opens a question of this command: the next message goes to `steps[step]`, with this data. */
  readonly ask: (step: string, data: SessionData) => void;
  /**
   * Asks a question of a command at another address, which `tellAt` has to tell there; false where
   * another question is open.
   */
  readonly askAt: (
    identityId: number,
    asked: {
      readonly command: string;
      readonly step: string;
      readonly data: SessionData;
      readonly expiresAt: number;
    },
  ) => boolean;
  /** Tells somebody else something. */
  readonly tell: (notice: Notice) => void;
  /** Tells one address, at once, in its person's language, of a decision about that address. */
  readonly tellAt: (identityId: number, build: (speech: Voice) => Reply) => void;
  /**
   * Announces a task in the public place of every channel that has one, and to those who asked for it;
   * how many of them are left out, since they got as many messages today as one gets.
   */
  readonly announce: (taskId: number, build: (speech: Voice) => Reply) => number;
  /**
   * Says something below the public post that announces a task, where a channel's posts cannot be
   * changed.
   */
  readonly postBelow: (
    task: { readonly id: number; readonly postUri: string | null; readonly postCid: string | null },
    build: (speech: Voice) => Reply,
  ) => void;
  /** Reads a date with its times (ms) in the person's language or another one of the city. */
  readonly readWhen: (text: string) => Result<When, Refusal<RefusalCode>>;
  /** Reads answers and amounts, in every language. */
  readonly read: Reader;
  /** The command that a text begins with, and what follows its word; undefined for none. */
  readonly commandIn: (
    text: string,
  ) => { readonly name: string; readonly args: string } | undefined;
  /**
   * Runs another command for the person as they are now: with the pictures of this message, or of
   * the message with that id.
   */
  readonly run: (command: string, args: string, inboxId?: number) => readonly Reply[];
  /** Understands the text of an earlier message as if the person, as they are now, just sent it. */
  readonly understand: (text: string, message: MessageSent) => readonly Reply[];
  /** Takes what waits to be told where it belongs, such as a photo; it waits no longer. */
  readonly takeKept: () => SessionData | undefined;
  /** The commands this person can use now, for HELP. */
  readonly available: () => readonly CommandSummary[];
};

/** A message by its id in the inbox, and the task whose announcement it replied to. */
export type MessageSent = {
  readonly inboxId: number;
  readonly repliesToTask: number | undefined;
};

export type CommandSummary = {
  readonly name: string;
  readonly word: string;
  readonly who: Talker;
  readonly summary: TextKey;
};

export type Step = (talk: Talk, text: string, data: SessionData) => Reply | readonly Reply[] | null;

export type Command = {
  /** The name in sessions and code; each language has words for it. */
  readonly name: string;
  readonly who: Talker;
  /** What the person has to be allowed to do for a partner; an admin says a command of `admin` all the same. */
  readonly right?: Right;
  /** The command that those get who may not say this one, unless they fill it in: `OFFER 3` shows that offer. */
  readonly forOthers?: string;
  /** It moves authority: by SMS the sender has to send back a number first. */
  readonly movesAuthority?: true;
  /** Answers what moves nothing, such as how to write it, before a number is asked for. */
  readonly explain?: (talk: Talk, args: string) => Reply | undefined;
  /** True where credits or codes move: no typing error is forgiven. */
  readonly exact?: true;
  /** Its answers tell nothing about the person that others may not read. */
  readonly isPublic?: true;
  /** The last of the day's texts are kept for its answers. */
  readonly isEssential?: true;
  /** One line for HELP, which lists no command without. */
  readonly summary?: TextKey;
  /** `args` is what follows the word, as written. */
  readonly run: (talk: Talk, args: string) => Reply | readonly Reply[];
  /** Takes a message that has no command's word in it, such as a photo. */
  readonly runBare?: (talk: Talk, text: string) => Reply | readonly Reply[];
  /** Answers a message without any command that names something of this one; null for all others. */
  readonly recognize?: (talk: Talk, text: string) => Reply | readonly Reply[] | null;
  /** Questions that stay open while another command is answered in between. */
  readonly stepsThatStayOpen?: readonly string[];
  /** Questions that hold what the person sent, which is not lost when another question is asked. */
  readonly stepsThatKeep?: readonly string[];
  /** Answers to this command's questions. Null: this was no answer, understand it afresh. */
  readonly steps?: Readonly<Record<string, Step>>;
  /**
   * How a question is answered, for those whose answer was not understood. A question with a hint
   * stays open where nothing else is understood either.
   */
  readonly hints?: Readonly<Record<string, Hint>>;
};
