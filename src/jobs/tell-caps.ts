/** Tells the admins, two weeks before caps carry over to a new epoch, what was used of them. */
import { replyWith, type Voice } from '../conversation/speech.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { type CapsAhead, takeCapsAhead } from '../services/credits/see-caps-ahead.ts';
import { adminsOf } from '../services/roles.ts';
import type { Job } from './jobs.ts';

/** A text message names so many. */
const SHOWN_MAX = 8;

export const tellCapsJob = (mailer: Mailer): Job => ({
  everyMs: MINUTE_MS,
  run: (context) => {
    const ahead = takeCapsAhead(context);
    if (ahead === undefined) return false;
    for (const personId of adminsOf(context)) {
      const build = (voice: Voice) => replyWith(textOf(voice, ahead));
      mailer.tell(context, { personId, build, when: 'contact-hours' });
    }
    return true;
  },
});

function textOf({ say }: Voice, { next, city, issuers }: CapsAhead): string {
  const shown = issuers.slice(0, SHOWN_MAX);
  const left = issuers.length - shown.length;
  return [
    say('caps.turn', { ...city, date: next.startsAt }),
    ...shown.map(({ name, amount, issued, nextAmount, projected }) =>
      [
        say('caps.issuer', { name, amount, issued }),
        ...(nextAmount === amount ? [] : [say('caps.next', { next: nextAmount })]),
        ...(projected === undefined ? [] : [say('caps.pace', { pace: projected })]),
      ].join(' '),
    ),
    ...(left === 0 ? [] : [say('caps.more', { count: left })]),
    say('caps.end', { name: issuers[0]?.name ?? '' }),
  ].join('\n');
}
