/** Tells admins, and whoever lost a role, what was done on the machine. */
import { replyWith, type Voice } from '../conversation/speech.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { type OperatorNews, takeOperatorNews } from '../services/city/operator-news.ts';
import type { Job } from './jobs.ts';

export const tellOperatorNewsJob = (mailer: Mailer): Job => ({
  everyMs: 10 * SECOND_MS,
  run: (context) => {
    const news = takeOperatorNews(context);
    for (const one of news) {
      for (const participantId of one.to) {
        const personId = context.tx.people.idOf(participantId);
        if (personId === undefined) continue;
        const build = (voice: Voice) =>
          replyWith(textOf(voice, context.city.name, one, participantId));
        mailer.tell(context, { personId, build, when: 'at-once' });
      }
    }
    return news.length > 0;
  },
});

const textOf = ({ say }: Voice, city: string, news: OperatorNews, reader: string): string =>
  news.kind === 'revoked'
    ? say('operator.revoked', {
        city,
        isYou: news.participantId === reader ? 'yes' : 'no',
        participantId: news.participantId ?? '',
        name: news.name ?? 'none',
      })
    : say(news.kind === 'invited' ? 'operator.invited' : 'operator.recovered', { city });
