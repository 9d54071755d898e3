/** The counter: one large field for a code, and an answer that is read at two metres. */
import { html } from 'hono/html';
import { dayOf } from '../../domain/calendar.ts';
import { DAY_MS, isoTime } from '../../lib/clock.ts';
import type { DeskReply } from '../../services/desk/deed.ts';
import { partnersFor } from '../../services/roles.ts';
import type { Html } from '../html.ts';
import { showTime } from '../when.ts';
import { actionNamed } from './actions.ts';
import { answerBox } from './document.ts';
import { actionForm, hidden } from './forms.ts';
import type { DeskPage, DeskView } from './view.ts';

const LISTED_MAX = 100;

export function counterPage(view: DeskView): DeskPage | undefined {
  const { context, person, language, answer } = view;
  const { t } = language;
  const redeemers = partnersFor(context, person.id, 'codes');
  if (redeemers.length === 0) return undefined;
  // What says neither yes nor no about a code is no verdict, and is shown as any other answer.
  const said = answer?.replies.filter((reply) => reply.verdict !== undefined) ?? [];
  return {
    title: t('desk.counter.title'),
    showsAnswer: true,
    main: html`
<div id="verdict">${said.length === 0 ? answerBox(view) : said.map((reply) => verdict(view, reply))}</div>
<p id="not-sure" class="verdict unknown" role="status" hidden></p>
<form method="post" action="/desk/act/confirm" class="deed counter" data-counter>
${hidden(view)}
<p><label for="code">${t('desk.field.code')}</label><input id="code" name="code" class="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required autofocus></p>
<button class="primary">${t('desk.do.confirm')}</button>
</form>
${redeemers.map(({ id, name }) => today(view, { id, name }))}
${actionForm(view, actionNamed('undo'))}
${actionForm(view, actionNamed('today'))}`,
  };
}

/** A sign and words beside the color. */
function verdict({ language }: DeskView, { text, verdict: said }: DeskReply): Html {
  const { t } = language;
  if (said === 'give') {
    return html`<div class="verdict give" role="status"><strong><span aria-hidden="true">✓</span> ${t('desk.counter.give')}</strong><p class="words">${text}</p></div>`;
  }
  return html`<div class="verdict stop" role="alert"><strong><span aria-hidden="true">✕</span> ${t('desk.counter.doNotGive')}</strong><p class="words">${text}</p></div>`;
}

/** What was honored on this day of the city. */
function today(
  { context, language, city }: DeskView,
  { id, name }: { readonly id: number; readonly name: string },
): Html {
  const { t, digits } = language;
  const { tx, now } = context;
  const day = dayOf(now, city.timeZone);
  const honored = tx.redemptions
    .honoredIn(id, now - DAY_MS, now + 1)
    .flatMap(({ title, credits, state, resolvedAt: at }) =>
      state === 'honored' && at !== null && dayOf(at, city.timeZone) === day
        ? [{ title, credits, at }]
        : [],
    )
    .toReversed();
  const sum = honored.reduce((total, { credits }) => total + credits, 0);
  return html`<section><h2>${t('desk.counter.today', { name })}</h2>
<p>${t('desk.counter.sum', { count: honored.length, credits: sum })}</p>
${
  honored.length === 0
    ? ''
    : html`<ol class="rows">${honored
        .slice(0, LISTED_MAX)
        .map(
          ({ title, credits, at }) =>
            html`<li><span>${title}</span><span>${digits(credits)} · <time datetime="${isoTime(at)}">${showTime(language, city.timeZone, [isoTime(at)])}</time></span></li>`,
        )}</ol>`
}</section>`;
}
