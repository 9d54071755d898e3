import type { Context } from '../context.ts';
import { hasRoom, type Spent, spend } from './spend.ts';

/** Enough to tell a person's texts of one hour apart. */
const DIGEST_LENGTH = 16;

export type Sender = {
  readonly personId: number;
  readonly channel: string;
  /** They have not agreed to messages. */
  readonly isStranger: boolean;
  /** When it was sent (ms): a backlog after an outage is no flood. */
  readonly sentAt: number;
};

/** Is there room for one more message of this sender? It is used. */
export function admitMessage(context: Context, sender: Sender): Spent {
  const { personId, channel, isStranger, sentAt: at } = sender;
  if (!isStranger) {
    const answers = hasRoom(context, 'answers', personId);
    return answers.ok ? spend(context, 'messages', personId, { at }) : answers;
  }
  const own = spend(context, 'strangers', personId, { at });
  return own.ok ? spend(context, 'strangersTogether', channel, { at }) : own;
}

/** Were these words, which mean nothing here, answered often enough? They are kept as a digest only. */
export function isRepeated(context: Context, personId: number, text: string): boolean {
  const of = context.keys.secretLookup('repeat', text).slice(0, DIGEST_LENGTH);
  return !spend(context, 'repeats', personId, { of }).ok;
}
