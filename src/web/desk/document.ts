/** The document around every page of the desk. */
import { html } from 'hono/html';
import { rolesOf } from '../../services/roles.ts';
import { documentPage, type Html } from '../html.ts';
import { questionForm } from './forms.ts';
import type { DeskPage, DeskView } from './view.ts';

/** The document of a page of the desk, the same around all of them. */
export function deskDocument(view: DeskView, { title, main, showsAnswer }: DeskPage): Html {
  const { language, city } = view;
  const { t } = language;
  return documentPage({
    language,
    title: `${title} · ${t('desk.title')} · ${city.name}`,
    description: t('desk.title'),
    styles: ['public.css', 'desk.css'],
    module: 'desk.js',
    data: { notSure: t('desk.counter.notSure') },
    header: navigation(view),
    main: html`<div class="inner desk">
<h1>${title}</h1>
${showsAnswer ? '' : answerBox(view)}
${main}
</div>`,
  });
}

/** What came of a form, with the question that it opened. */
export function answerBox(view: DeskView): Html | '' {
  const { answer } = view;
  if (answer === undefined || answer.replies.length === 0) return '';
  return html`<section class="answer" role="status" id="answer">
${answer.replies.map(({ text }) => html`<p class="words">${text}</p>`)}
${answer.isAsked ? questionForm(view, answer) : ''}
</section>`;
}

/** The pages that somebody has use for, by what they may do. */
function navigation({ context, person, language, path }: DeskView): Html {
  const { t } = language;
  const { admin, rights, reviewsInPlaceOf } = rolesOf(context, person.id);
  const may = (right: (typeof rights)[number]) => rights.includes(right);
  const links = [
    { to: '/desk', label: t('desk.home'), isShown: true },
    { to: '/desk/tasks', label: t('desk.tasks'), isShown: may('tasks') || may('roster') },
    {
      to: '/desk/review',
      label: t('desk.review'),
      isShown: may('reviews') || reviewsInPlaceOf.length > 0,
    },
    { to: '/desk/counter', label: t('desk.counter'), isShown: may('codes') },
    { to: '/desk/offers', label: t('desk.offers'), isShown: may('offers') },
    { to: '/desk/team', label: t('desk.team'), isShown: may('invites') },
    { to: '/desk/city', label: t('desk.city'), isShown: admin },
  ];
  return html`<nav class="desk-nav" aria-label="${t('desk.title')}">${links
    .filter(({ isShown }) => isShown)
    .map(({ to, label }) => {
      const isHere = to === '/desk' ? path === to : path === to || path.startsWith(`${to}/`);
      return isHere
        ? html`<a href="${to}" aria-current="page">${label}</a>`
        : html`<a href="${to}">${label}</a>`;
    })}</nav>`;
}
