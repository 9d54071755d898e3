/** What is done at the desk and what comes of it, as the page and the commands behind it agree. */

/** What somebody does at the desk. */
export type DeskDeed =
  /** Says a command; `args` is what follows its word. */
  | { readonly kind: 'say'; readonly command: string; readonly args: string }
  /** Answers the question that is open there. */
  | { readonly kind: 'answer'; readonly text: string };

export type DeskReply = {
  readonly text: string;
  readonly choices: readonly { readonly label: string; readonly send: string }[];
  /** What it says about a code at the counter. */
  readonly verdict?: 'give' | 'do-not-give';
};

export type DeskAnswer = {
  readonly replies: readonly DeskReply[];
  /** A question is open now, which the choices answer, or other words. */
  readonly isAsked: boolean;
};
