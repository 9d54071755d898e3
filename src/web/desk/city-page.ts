/** The desk of the city: its partners, what waits too long, who administers it. */
import { html } from 'hono/html';
import { HOUR_MS, isoTime } from '../../lib/clock.ts';
import { seeParked } from '../../services/city/parked.ts';
import { seeCaps } from '../../services/credits/see-caps.ts';
import { seeRevocable } from '../../services/partners/revoke.ts';
import { isAdmin } from '../../services/roles.ts';
import type { Partner } from '../../store/partners.ts';
import type { Html } from '../html.ts';
import { showTime } from '../when.ts';
import { actionNamed } from './actions.ts';
import { actionForm } from './forms.ts';
import { teamList } from './team-page.ts';
import type { DeskPage, DeskView } from './view.ts';

export function cityPage(view: DeskView): DeskPage | undefined {
  const { context, person, language } = view;
  const { t } = language;
  if (!isAdmin(context, person.id)) return undefined;
  const admins = seeRevocable(context, person.id).filter(({ partner }) => partner === null);
  return {
    title: t('desk.city.title'),
    main: html`${tooLong(view)}
<section><h2>${t('desk.city.partners')}</h2><ul class="rows">${context.tx.partners
      .every()
      .map((partner) => partnerRow(view, partner))}</ul>
<h3>${t('desk.city.invite')}</h3>${actionForm(view, actionNamed('invite-partner'))}</section>
<section><h2>${t('desk.city.admins')}</h2>${teamList(view, admins)}${actionForm(view, actionNamed('invite-admin'))}</section>
<section><h2>${t('desk.city.mute')}</h2><p>${t('desk.city.mute.text')}</p>${actionForm(view, actionNamed('mute'))}</section>`,
  };
}

/** What an admin should look at: evidence past its deadline, and what was set aside. */
function tooLong({ context, language, city }: DeskView): Html {
  const { t } = language;
  const { tx, now } = context;
  const before = now - context.city.policies.reviewDeadlineHours * HOUR_MS;
  const late = tx.partners.all('issuer').flatMap(({ id, name }) => {
    const [oldest] = tx.evidence.waiting(id, 1);
    return oldest === undefined || oldest.evidence.submittedAt > before
      ? []
      : [{ name, at: oldest.evidence.submittedAt }];
  });
  const parked = seeParked(context, 0).total;
  return html`<section><h2>${t('desk.city.tooLong')}</h2>
${late.length === 0 && parked === 0 ? html`<p>${t('desk.city.tooLong.none')}</p>` : ''}
<ul class="rows">${late.map(
    ({ name, at }) =>
      html`<li>${t('desk.city.late', { name, at: showTime(language, city.timeZone, [isoTime(at)]) })}</li>`,
  )}${parked === 0 ? '' : html`<li>${t('desk.city.parked', { count: parked })}</li>`}</ul></section>`;
}

function partnerRow(view: DeskView, { id, kind, name, state }: Partner): Html {
  const { context, language } = view;
  const { t } = language;
  const caps = kind === 'issuer' ? seeCaps(context, id).issuer : undefined;
  return html`<li class="partner"><div><strong>${name}</strong> <span class="tag">${t(`desk.kind.${kind}`)}</span> <span class="tag">${t(`desk.state.${state}`)}</span>${
    caps === undefined
      ? ''
      : html`<br><small>${t('desk.tasks.cap', { ...caps, left: Math.max(0, caps.amount - caps.issued) })}</small>`
  }</div>
<details><summary>${t('desk.city.change', { name })}</summary>
${caps === undefined ? '' : actionForm(view, actionNamed('cap'), { name })}
${state === 'suspended' ? '' : actionForm(view, actionNamed('suspend'), { name })}
${state === 'approved' ? '' : actionForm(view, actionNamed('resume'), { name })}</details></li>`;
}
