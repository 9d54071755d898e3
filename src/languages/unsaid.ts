/** What a language must have so that messages that no person wrote are told from those of people. */

/**
 * What phones and carriers write by themselves. Patterns are in upper case without accents, apart
 * by single blanks; those of sentences have no punctuation either.
 */
export type UnsaidWords = {
  /** Before a quotation: LIKED “…”. `{SIGN}` stands for an emoji or its name. */
  readonly reactions: readonly string[];
  /** Who reacted, before a reaction: ANA AND 2 OTHERS. `{NAME}` stands for a name, as written. */
  readonly reactor: string;
  /** Words with a capital letter that are no name: I, EVERYONE. */
  readonly noNames: readonly string[];
  /** Between an emoji and a quotation: 👍 TO “…”. */
  readonly reactionTo: string;
  /** In the place of the quotation: AN IMAGE. */
  readonly things: string;
  /** What may come before the sentence of an auto-reply, such as SORRY. */
  readonly before: string;
  /** Whole sentences, or lines, that only a machine writes, wherever in a message they are. */
  readonly marks: readonly string[];
  /** Whole first sentences of auto-replies. */
  readonly autoReplies: readonly string[];
  /** Whole first sentences of notes about the delivery of a message. */
  readonly deliveryNotes: readonly string[];
};
