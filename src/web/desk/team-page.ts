/** Who acts for the organizations that somebody owns: invitations and roles, each with its end. */
import { html } from 'hono/html';
import { isoTime } from '../../lib/clock.ts';
import { type Revocable, seeRevocable } from '../../services/partners/revoke.ts';
import { partnersFor } from '../../services/roles.ts';
import type { Html } from '../html.ts';
import { showTime } from '../when.ts';
import { actionNamed } from './actions.ts';
import { actionForm } from './forms.ts';
import type { DeskPage, DeskView } from './view.ts';

export function teamPage(view: DeskView): DeskPage | undefined {
  const { context, person, language } = view;
  const { t } = language;
  const own = partnersFor(context, person.id, 'invites');
  if (own.length === 0) return undefined;
  const names = [...new Set(own.map(({ name }) => name))];
  const all = seeRevocable(context, person.id);
  return {
    title: t('desk.team'),
    main: html`${names.map(
      (name) => html`<section><h2>${name}</h2>
${teamList(
  view,
  all.filter(({ partner }) => partner?.name === name),
)}
<h3>${t('desk.team.invite')}</h3>${actionForm(view, actionNamed('invite'), { name })}</section>`,
    )}`,
  };
}

/** People and open invitations, by the names that UNINVITE takes. */
export function teamList(view: DeskView, all: readonly Revocable[]): Html {
  const { language, city } = view;
  const { t } = language;
  if (all.length === 0) return html`<p>${t('desk.team.none')}</p>`;
  return html`<ul class="rows">${all.map(({ kind, id, role, participantId, at }) => {
    const who = participantId ?? t('desk.team.invitation');
    const since = showTime(language, city.timeZone, [isoTime(at)]);
    const which = `${kind === 'invite' ? 'I' : 'D'}${id}`;
    return html`<li><div>${who} <span class="tag">${t(`desk.role.${role as RoleShown}`)}</span><br><small>${since}</small></div>${actionForm(view, actionNamed('uninvite'), { which })}</li>`;
  })}</ul>`;
}

type RoleShown = 'owner' | 'manager' | 'reviewer' | 'counter' | 'admin';
