/** The first page of the desk: what waits, for whom one acts, and where the desk is open. */
import { html } from 'hono/html';
import { isoTime } from '../../lib/clock.ts';
import { countWaitingEvidence } from '../../services/evidence/count-waiting-evidence.ts';
import { actingForPartners, rolesOf } from '../../services/roles.ts';
import type { Html } from '../html.ts';
import { showTime } from '../when.ts';
import { actionNamed } from './actions.ts';
import { actionForm, hidden } from './forms.ts';
import type { DeskPage, DeskView } from './view.ts';

export function homePage(view: DeskView): DeskPage {
  const { language, city } = view;
  const { t } = language;
  return {
    title: t('desk.home.title', { city: city.name }),
    main: html`${waiting(view)}${partners(view)}${sessions(view)}`,
  };
}

function waiting({ context, person, language }: DeskView): Html {
  const { t } = language;
  const { rights, reviewsInPlaceOf } = rolesOf(context, person.id);
  const reviews = rights.includes('reviews') || reviewsInPlaceOf.length > 0;
  const evidence = reviews ? countWaitingEvidence(context, person.id) : 0;
  const held = context.tx.heldDecisions.of(person.id).length;
  return html`<section><h2>${t('desk.waits')}</h2>
${evidence === 0 ? html`<p>${t('desk.waits.none')}</p>` : html`<p><a class="primary" href="/desk/review">${t('desk.waits.evidence', { count: evidence })}</a></p>`}
${held === 0 ? '' : html`<p><a href="/desk/review">${t('desk.waits.held', { count: held })}</a></p>`}
</section>`;
}

/** An organization that is issuer and redeemer is one name: AS chooses both. */
function partners(view: DeskView): Html | '' {
  const { context, person, language } = view;
  const { t } = language;
  const all = actingForPartners(context, person.id);
  if (all.length === 0) return '';
  const names = [...new Set(all.map(({ partner }) => partner.name))];
  return html`<section><h2>${t('desk.partners')}</h2>
<ul class="rows">${names.map((name) => {
    const theirs = all.filter(({ partner }) => partner.name === name);
    const isChosen = theirs.some(({ chosenAt }) => chosenAt !== null);
    const said = theirs.map(
      ({ role, partner: { kind, state } }) =>
        html`<span class="tag">${t(`desk.kind.${kind}`)}, ${t(`desk.role.${role}`)}${state === 'approved' ? '' : html`, ${t(`desk.state.${state}`)}`}</span> `,
    );
    return html`<li><div><strong>${name}</strong> ${said}</div>${
      names.length < 2
        ? ''
        : isChosen
          ? html`<span class="tag chosen">${t('desk.partners.chosen')}</span>`
          : actionForm(view, actionNamed('as'), { name })
    }</li>`;
  })}</ul></section>`;
}

function sessions(view: DeskView): Html {
  const { context, person, language, city, session } = view;
  const { t } = language;
  const time = (at: number): string => showTime(language, city.timeZone, [isoTime(at)]);
  return html`<section><h2>${t('desk.sessions')}</h2>
<ul class="rows">${context.tx.desk.sessionsOf(person.id).map(
    (one) => html`<li><div>${t('desk.sessions.since', { at: time(one.createdAt) })}<br>
<small>${t('desk.sessions.used', { at: time(one.usedAt) })}</small></div>
${endForm(view, String(one.id), t(one.id === session.id ? 'desk.sessions.endThis' : 'desk.sessions.end'))}</li>`,
  )}</ul>
${endForm(view, 'all', t('desk.sessions.endAll'))}</section>`;
}

const endForm = (view: DeskView, which: string, label: string): Html =>
  html`<form method="post" action="/desk/sessions">${hidden(view)}<input type="hidden" name="session" value="${which}"><button class="quiet">${label}</button></form>`;
