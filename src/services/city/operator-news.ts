/** What the operator did on the machine, until the running city has told those whom it concerns. */
import * as z from 'zod';
import type { Context } from '../context.ts';

const NEWS = z.array(
  z.object({
    kind: z.enum(['invited', 'recovered', 'revoked']),
    /** Whose role ended; null where none did. */
    participantId: z.string().nullable(),
    /** What they acted for: null for the city. */
    name: z.string().nullable(),
    /** Who is told, by participant ids. */
    to: z.array(z.string()),
  }),
);

export type OperatorNews = z.infer<typeof NEWS>[number];

const CURSOR = 'operator-news';

const read = ({ tx }: Pick<Context, 'tx'>): readonly OperatorNews[] => {
  const kept = tx.cursors.get(CURSOR);
  return kept === undefined || kept === '' ? [] : NEWS.parse(JSON.parse(kept));
};

/** Keeps a piece of news, in the transaction of what it tells. */
export function keepOperatorNews(context: Pick<Context, 'tx'>, news: OperatorNews): void {
  context.tx.cursors.put(CURSOR, JSON.stringify([...read(context), news]));
}

/** Takes all news away to be told, oldest first. */
export function takeOperatorNews(context: Pick<Context, 'tx'>): readonly OperatorNews[] {
  const news = read(context);
  if (news.length > 0) context.tx.cursors.put(CURSOR, '');
  return news;
}
