/** What a language must have so that the talk of people below a task is understood. */

/** Patterns in upper case without accents or punctuation, apart by single blanks. */
export type CommentWords = {
  /** Thanks, within the courtesies. */
  readonly thanks: string;
  /** Phrases that say nothing but thanks, yes or goodbye. */
  readonly courtesies: readonly string[];
  /** Whole clauses by which somebody says that they cannot come after all. */
  readonly regrets: readonly string[];
  /** How questions begin that have no question mark. */
  readonly questions: readonly string[];
};
