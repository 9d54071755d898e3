/** What the businesses that somebody acts for give for credits, and a new offer. */
import { html } from 'hono/html';
import { partnersFor } from '../../services/roles.ts';
import type { Offer } from '../../store/offers.ts';
import type { Html } from '../html.ts';
import { actionNamed } from './actions.ts';
import { actionForm } from './forms.ts';
import type { DeskPage, DeskView } from './view.ts';

export function offersPage(view: DeskView): DeskPage | undefined {
  const { context, person, language } = view;
  const { t } = language;
  const redeemers = partnersFor(context, person.id, 'offers');
  if (redeemers.length === 0) return undefined;
  return {
    title: t('desk.offers'),
    main: html`${redeemers.map(({ id, name }) => {
      const offers = context.tx.offers.of(id);
      return html`<section><h2>${name}</h2>
${offers.length === 0 ? html`<p>${t('desk.offers.none')}</p>` : ''}
<ul class="rows">${offers.map((offer) => offerRow(view, offer))}</ul></section>`;
    })}
<section><h2>${t('desk.offers.new')}</h2>${actionForm(view, actionNamed('offer'))}</section>`,
  };
}

function offerRow(view: DeskView, { id: offer, title, credits, perDay, state }: Offer): Html {
  const { t, digits } = view.language;
  const isPaused = state === 'paused';
  const perDayTag = perDay === null ? '' : html` · ${t('desk.offers.perDay', { count: perDay })}`;
  const pausedTag = isPaused ? html` · ${t('desk.offers.paused')}` : '';
  return html`<li class="partner"><div><strong>${digits(offer)} ${title}</strong>
<span class="tag">${t('desk.offers.credits', { credits })}${perDayTag}${pausedTag}</span></div>
<details><summary>${t('desk.offers.change', { offer })}</summary>
${actionForm(view, actionNamed('price'), { offer })}
${actionForm(view, actionNamed(isPaused ? 'unpause' : 'pause'), { offer })}</details></li>`;
}
