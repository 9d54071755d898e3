/** What a language must have. It is one folder; `docs/languages.md` tells how to write one. */
import type { Locale } from 'date-fns/locale';
import type { CommentWords } from './comments.ts';
import type { PageKey } from './en/pages.ts';
import type { reasons } from './en/reasons.ts';
import type { limited, smallWords } from './en/small-words.ts';
import type { en } from './en/texts/index.ts';
import type { amounts, answers, words } from './en/words.ts';
import type { UnsaidWords } from './unsaid.ts';

/** The tag of a language (BCP 47), as the database, records and pages name it. */
export type Language = string;

/** The name of a text in the catalogs. */
export type TextKey = keyof typeof en;

type CodeIn<Key> = Key extends `refused.${infer Code}` ? Code : never;
/** The code of a refusal that has a text, `refused.<code>`. */
export type RefusalCode = CodeIn<TextKey>;

/** The name of a text of the pages. */
export type { PageKey };

/** Words by the name of the command, the main one first. */
export type CommandWords = Readonly<Record<keyof typeof words, readonly string[]>>;

/** Kinds of answers: `yes`, `no`, `back` and others. */
export type AnswerName = keyof typeof answers;

/** The code of a reason why evidence is not approved. */
export type ReasonName = keyof typeof reasons;

/** Kinds of small words: `before` a command, `between` it and its number, `after` both, and others. */
export type TaskField = 'when' | 'where' | 'slots' | 'note';
export type SmallWordName = keyof typeof smallWords;

/** Kinds of words that are commands only where little else is said: `whole`, `alone`, `numbered`, `aboutTask`. */
export type LimitName = keyof typeof limited;

/** Kinds of amounts, such as `credits`, `slots`, `perDay`, and what stands beside them. */
export type AmountName = keyof typeof amounts;

/**
 * How people opt out. Words and patterns are in upper case without accents or punctuation, apart
 * by single blanks.
 */
export type OptOut = {
  /** Whole messages with the force of law. */
  readonly stop: readonly string[];
  readonly start: readonly string[];
  readonly help: readonly string[];
  /** Words (a pattern) that may come before and after a wish, such as PLEASE. */
  readonly before: string;
  readonly after: string;
  /** Wishes (patterns) that are whole messages. */
  readonly whole: readonly string[];
  /** Wishes (patterns) that are whole messages, or the first or last sentence of one. */
  readonly wishes: readonly string[];
  /** Such wishes (patterns) that may go on: each has to say that it is about the messages. */
  readonly beginnings: readonly string[];
};

/** How a moment may be written. `day` 'Sat, Nov 28', `date` 'Nov 28', `full` with the year. */
export type MomentStyle = 'day' | 'dayYear' | 'date' | 'full' | 'time';

/** What a pattern finds, and what it means in the notation of `docs/languages.md`. */
export type Rule = readonly [RegExp, string];

export type Dates = {
  /** Names of days and months. */
  readonly locale: Locale;
  /** Patterns of date-fns. Digits are those of the language all the same. */
  readonly patterns: Readonly<Record<MomentStyle, string>>;
  /** Ends of a time of day that a span says once: ' AM' in '9:00–11:00 AM'. */
  readonly halves: readonly string[];
  /** Is 5/11 in May? */
  readonly isMonthFirst: boolean;
  /** What people write before a day of every week, as `every`, and before the last, as `until`. */
  readonly every: readonly string[];
  readonly until: readonly string[];
  /**
   * How people choose tasks by their days, beside the days' names: `weekends`, `this weekend`. The first
   * of each is what they are told. A name of a day that is `unclear`, since it means something else as
   * well, is none.
   */
  readonly days: Readonly<
    Record<
      'weekends' | 'weekdays' | 'today' | 'tomorrow' | 'thisWeekend' | 'unclear',
      readonly string[]
    >
  >;
  /** What people write before the end of a task that can be done whenever, as `any time until`. */
  readonly anyTime: readonly string[];
  /**
   * What is understood, in order; the text is in lower case without accents or punctuation. Those
   * of all languages hold for everybody, but `ownRules` only for those who speak this one.
   */
  readonly numbers: readonly Rule[];
  readonly ownRules: readonly Rule[];
  readonly rules: readonly Rule[];
};

export type LanguagePack = {
  readonly tag: Language;
  /** What the language calls itself. */
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  /** For numbers and plurals (BCP 47), with the region whose way of writing them is meant. */
  readonly locale: string;
  readonly words: CommandWords;
  /** Whole messages that stand for another. */
  readonly shorthands: Readonly<Record<string, string>>;
  /** What people call languages, by tag: for LANG. The tag itself is always understood. */
  readonly languageNames: Readonly<Record<Language, readonly string[]>>;
  /** Whole answers, the main one first. */
  readonly answers: Readonly<Record<AnswerName, readonly string[]>>;
  /** Words that change nothing, and those that join numbers. */
  /** What people call the parts of a task that can be changed. */
  readonly taskFields: Readonly<Record<TaskField, readonly string[]>>;
  /** Why evidence is not approved, the phrase of its button first. */
  readonly reasons: Readonly<Record<ReasonName, readonly string[]>>;
  readonly smallWords: Readonly<Record<SmallWordName, readonly string[]>>;
  /** Numbers in words, of tasks and other things that people name by a number. */
  readonly numerals: Readonly<Record<string, number>>;
  /** Places in a list, from 1, as people say them; -1 for the last. */
  readonly ordinals: Readonly<Record<string, number>>;
  /** Words of commands that mean something else in a sentence. */
  readonly limited: Readonly<Record<LimitName, readonly string[]>>;
  /** Words that follow a number, in any case, and tell what it counts. */
  readonly amounts: Readonly<Record<AmountName, readonly string[]>>;
  readonly optOut: OptOut;
  readonly comments: CommentWords;
  readonly unsaid: UnsaidWords;
  /** Signs that no other language has; null for a language without. */
  readonly signs: RegExp | null;
  readonly dates: Dates;
  readonly texts: Readonly<Record<TextKey, string>>;
  readonly pages: Readonly<Record<PageKey, string>>;
  /** For numbers and dates on pages. */
  readonly pageLocale: string;
};
