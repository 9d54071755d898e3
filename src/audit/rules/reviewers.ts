/** Who decided about evidence, and whether they could. */
import { NOWHERE } from '../repository.ts';
import type { Authority } from './authority.ts';
import type { Context } from './context.ts';
import type { Work } from './work.ts';

/** Whoever decided about evidence reviews for the issuer of its task, and it is not their own. */
export function checkReviewers(
  context: Context,
  { reviews, evidence, claims, tasks }: Work,
  authority: Authority,
): void {
  for (const [review, shown] of reviews.evidence.entries()) {
    const claim = shown === NOWHERE ? NOWHERE : (evidence.claim[shown] ?? NOWHERE);
    const task = claim === NOWHERE ? NOWHERE : (claims.task[claim] ?? NOWHERE);
    const uri = reviews.uriAt(review);
    if (shown !== NOWHERE && claim === NOWHERE && !reviews.isFormer(review)) {
      context.findings.add(
        'review-evidence',
        uri,
        'It decides about something that shows no work.',
      );
    }
    if (task === NOWHERE) continue;
    authority.check({
      partner: tasks.issuer[task] ?? NOWHERE,
      by: reviews.by.get(review),
      as: reviews.role.get(review),
      about: claims.participant[claim],
      time: reviews.time[review] ?? Number.NaN,
      right: 'reviews',
      fail: (code, sentence) => context.findings.add(code, uri, sentence),
    });
  }
}
