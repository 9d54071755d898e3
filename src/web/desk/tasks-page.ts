/** The tasks of the organizations that somebody acts for, what they may still issue, and a new one. */
import { html } from 'hono/html';
import { isoTime } from '../../lib/clock.ts';
import { seeCaps } from '../../services/credits/see-caps.ts';
import { partnersFor, rolesOf } from '../../services/roles.ts';
import type { Html } from '../html.ts';
import { taskTime } from '../public/task-time.ts';
import { actionNamed } from './actions.ts';
import { actionForm } from './forms.ts';
import type { DeskPage, DeskView } from './view.ts';

const LISTED_MAX = 60;

export function tasksPage(view: DeskView): DeskPage | undefined {
  const { context, person, language } = view;
  const { t } = language;
  const issuers = partnersFor(context, person.id, 'roster');
  if (issuers.length === 0) return undefined;
  const mayAnnounce = rolesOf(context, person.id).rights.includes('tasks');
  return {
    title: t('desk.tasks'),
    main: html`${issuers.map((issuer) => tasksOf(view, issuer))}
${
  mayAnnounce
    ? html`<section><h2>${t('desk.tasks.new')}</h2>${actionForm(view, actionNamed('announce'))}</section>`
    : ''
}`,
  };
}

function tasksOf(
  { context, language, city }: DeskView,
  { id, name }: { readonly id: number; readonly name: string },
): Html {
  const { t, digits } = language;
  const { amount, issued } = seeCaps(context, id).issuer;
  const tasks = context.tx.tasks.ofIssuer(id, LISTED_MAX);
  return html`<section><h2>${name}</h2>
<p>${t('desk.tasks.cap', { issued, amount, left: Math.max(0, amount - issued) })}</p>
${tasks.length === 0 ? html`<p>${t('desk.tasks.none')}</p>` : ''}
<ul class="rows">${tasks.map(
    (
      task,
    ) => html`<li><div><a href="/desk/tasks/${task.id}">${digits(task.id)} ${task.title}</a><br>
<small>${taskTime(language, city.timeZone, {
      startsAt: isoTime(task.startsAt),
      endsAt: task.endsAt === null ? undefined : isoTime(task.endsAt),
      isAnyTime: task.isAnyTime,
    })} · ${task.place}</small></div><span class="tag">${
      task.state === 'open'
        ? t('desk.tasks.taken', { taken: task.taken, slots: task.slots })
        : t(`taskPage.${task.state}`)
    }</span></li>`,
  )}</ul></section>`;
}
