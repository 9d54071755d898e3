/** Evidence that waits, one piece at a time: large, with what it is to show, and two buttons. */
import { html } from 'hono/html';
import { REJECT_REASONS } from '../../domain/review.ts';
import { LANGUAGES } from '../../languages/index.ts';
import { isoTime } from '../../lib/clock.ts';
import { postUrl } from '../../lib/post-url.ts';
import { QUEUE_MAX } from '../../services/desk/hold-decision.ts';
import { findAlike } from '../../services/evidence/find-alike.ts';
import { seeWaitingEvidence } from '../../services/evidence/see-waiting-evidence.ts';
import type { Html } from '../html.ts';
import { taskTime } from '../public/task-time.ts';
import { showTime } from '../when.ts';
import { actionNamed } from './actions.ts';
import { actionForm, hidden } from './forms.ts';
import type { DeskPage, DeskView } from './view.ts';

const ALIKE_SHOWN = 2;

type Waiting = ReturnType<typeof seeWaitingEvidence>[number];

export function reviewPage(view: DeskView, wanted: number | undefined): DeskPage | undefined {
  const { context, person, language } = view;
  const { t } = language;
  const held = context.tx.heldDecisions.of(person.id);
  const isHeld = (id: number) => context.tx.heldDecisions.on(id) !== undefined;
  const waiting = seeWaitingEvidence(context, person, QUEUE_MAX).filter(
    ({ evidence }) => !isHeld(evidence.id),
  );
  const at = wanted === undefined ? 0 : waiting.findIndex((one) => one.evidence.id === wanted);
  const next = waiting[at];
  if (next === undefined && wanted !== undefined && held.length === 0) return undefined;
  return {
    title: t('desk.review.title'),
    main: html`${heldList(view, held)}
${next === undefined ? html`<p>${t('desk.review.none')}</p>` : one(view, next, { waiting, at })}`,
  };
}

/** Decisions that can still be taken back. */
function heldList(
  view: DeskView,
  held: ReturnType<DeskView['context']['tx']['heldDecisions']['of']>,
): Html | '' {
  const { t, digits } = view.language;
  if (held.length === 0) return '';
  return html`<section class="held" role="status"><h2 class="unseen">${t('desk.held')}</h2><ul class="rows">${held.map(
    ({
      evidenceId,
      decision,
      dueAt,
    }) => html`<li data-left-ms="${Math.max(0, dueAt - view.context.now)}"><span>${t(`desk.held.${decision}`, { evidence: evidenceId })}</span>
<form method="post" action="/desk/undo">${hidden(view)}<input type="hidden" name="evidence" value="${evidenceId}"><button class="quiet" data-key="u" aria-label="${t('desk.undo.of', { evidence: digits(evidenceId) })}">${t('desk.undo')}</button></form></li>`,
  )}</ul></section>`;
}

function one(
  view: DeskView,
  { evidence, participantId, taskId, title, issuer }: Waiting,
  { waiting, at }: { readonly waiting: readonly Waiting[]; readonly at: number },
): Html {
  const { context, language, city } = view;
  const { t, digits } = language;
  const task = context.tx.tasks.get(taskId);
  const before = waiting[at - 1]?.evidence.id;
  const after = waiting[at + 1]?.evidence.id;
  return html`<article class="evidence" data-review>
<p class="kicker">${t('desk.review.place', { at: at + 1, count: waiting.length })}</p>
<h2><span class="number">${digits(evidence.id)}</span> ${title}</h2>
${photosOf(view, evidence.id)}
${evidence.text === '' ? '' : html`<blockquote class="words">${evidence.text}</blockquote>`}
${(evidence.postUri?.split(' ') ?? []).map((uri) => {
  const url = postUrl(uri);
  return url === undefined
    ? ''
    : html`<p><a href="${url}" rel="nofollow noreferrer">${t('evidencePage.post')}</a></p>`;
})}
<dl class="facts">
<div><dt>${t('evidencePage.by')}</dt><dd>${participantId}</dd></div>
<div><dt>${t('evidencePage.at')}</dt><dd>${showTime(language, city.timeZone, [isoTime(evidence.submittedAt)])}</dd></div>
<div><dt>${t('desk.review.asked')}</dt><dd><a href="/tasks/${taskId}">${title}</a>${
    task === undefined
      ? ''
      : html`<br>${taskTime(language, city.timeZone, {
          startsAt: isoTime(task.startsAt),
          endsAt: task.endsAt === null ? undefined : isoTime(task.endsAt),
          isAnyTime: task.isAnyTime,
        })}<br>${task.place}${task.note === '' ? '' : html`<br>${task.note}`}`
  }</dd></div>
<div><dt>${t('taskPage.issuer')}</dt><dd>${issuer}</dd></div>
</dl>
${alikeOf(view, evidence.id)}
<form method="post" action="/desk/review/${evidence.id}" class="deed decide">
${hidden(view)}
<p><label for="reason">${t('desk.review.reason')}</label><select id="reason" name="reason"><option value="">${t('desk.review.reason.none')}</option>${reasonsFor(view)}</select></p>
<p><label for="words">${t('desk.review.words')}</label><small id="words-hint">${t('desk.review.words.hint')}</small><textarea id="words" name="words" rows="2" maxlength="400" aria-describedby="words-hint"></textarea></p>
<p class="decide-buttons"><button class="primary" name="decision" value="approve" data-key="a">${t('desk.review.approve')} <kbd aria-hidden="true">A</kbd></button>
<button class="danger" name="decision" value="reject" data-key="r" data-needs="reason words">${t('desk.review.reject')} <kbd aria-hidden="true">R</kbd></button></p>
</form>
${waiting.filter((other) => other.taskId === taskId).length > 1 ? actionForm(view, actionNamed('approve-all'), { task: taskId }) : ''}
<p class="steps">${before === undefined ? '' : html`<a rel="prev" href="/desk/review/${before}">${t('desk.review.before')}</a>`} ${after === undefined ? '' : html`<a rel="next" href="/desk/review/${after}">${t('desk.review.next')}</a>`}</p>
</article>`;
}

/** The usual reasons in the person's language, each by a word that REJECT takes for it. */
function reasonsFor({ person }: DeskView): Html[] {
  const pack = LANGUAGES.find(({ tag }) => tag === person.language) ?? LANGUAGES[0];
  if (pack === undefined) return [];
  return REJECT_REASONS.flatMap((reason) => {
    if (reason === 'other') return [];
    const [word] = pack.reasons[reason];
    const label = pack.texts[`why.${reason}`];
    return [html`<option value="${word}">${label}</option>`];
  });
}

function photosOf({ context, language }: DeskView, evidenceId: number): Html | '' {
  const { tx } = context;
  const pictures = tx.evidence.pictures(evidenceId);
  if (pictures.length === 0) return '';
  return html`<div class="photos large">${pictures.map(({ id }, at) => {
    const { width, height } = tx.pictures.get(id) ?? {};
    const alt = language.t('evidencePage.photo', { photo: at + 1, photos: pictures.length });
    return html`<img src="/desk/pictures/${evidenceId}/${at + 1}.jpg" alt="${alt}" width="${width ?? 1200}" height="${height ?? 900}">`;
  })}</div>`;
}

/** Other evidence with a photo that looks the same, beside it: a hint that decides nothing. */
function alikeOf({ context, language, city }: DeskView, evidenceId: number): Html | '' {
  const { t, digits } = language;
  const all = findAlike(context, evidenceId, ALIKE_SHOWN);
  if (all.length === 0) return '';
  return html`<section class="alike"><h3>${t('desk.alike')}</h3><div class="photos">${all.map(
    (other) => {
      const at = showTime(language, city.timeZone, [isoTime(other.submittedAt)]);
      const isHere = context.tx.evidence
        .pictures(other.evidenceId)
        .some(({ isElsewhere }) => isElsewhere === 0);
      return html`<figure>${
        isHere
          ? html`<img src="/evidence/${other.evidenceId}/1.jpg" alt="${t('desk.alike.photo', { evidence: other.evidenceId })}" width="600" height="450" loading="lazy">`
          : ''
      }<figcaption>${t(`desk.alike.${other.likeness}`)}: <a href="/evidence/${other.evidenceId}">${t('evidencePage.title', { number: digits(other.evidenceId) })}</a>, ${at}, ${t(other.isSamePerson ? 'desk.alike.same-person' : 'desk.alike.other-person')}</figcaption></figure>`;
    },
  )}</div></section>`;
}
