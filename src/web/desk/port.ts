/** What the pages of the desk stand on. */
import type { Context } from '../../services/context.ts';
import type { DeskAnswer, DeskDeed } from '../../services/desk/deed.ts';
import type { AtDesk } from '../../services/desk/find-session.ts';

export type DeskPort = {
  /** Looks at the store, for a page. */
  readonly read: <T>(look: (context: Context) => T) => T;
  /** Changes something; resolves once it is on disk. The work may run twice, the first time undone. */
  readonly write: <T>(work: (context: Context) => T) => Promise<T>;
  /** Does what the words of a command do. */
  readonly act: (context: Context, at: AtDesk, deed: DeskDeed) => DeskAnswer;
};
