/** One task in full, at the address that announcements point to. */
import { html } from 'hono/html';
import type { PageLanguage } from '../../languages/pages.ts';
import type { Html } from '../html.ts';
import { documentPage } from '../html.ts';
import { recordUrl } from '../links.ts';
import { timeFormat } from '../when.ts';
import type { HomeCity, HomeTask } from './home.ts';

export function taskPage(city: HomeCity, task: HomeTask, language: PageLanguage): Html {
  const { t, digits } = language;
  const word = t('taskPage.join.word', { number: task.number });
  const { sms } = city.ways;
  const record =
    city.pds === undefined || task.uri === undefined ? undefined : recordUrl(city.pds, task.uri);
  const slots =
    task.slotsFree > 0
      ? t('home.task.slots', { free: task.slotsFree, slots: task.slots })
      : t('home.task.full');
  return documentPage({
    language,
    title: `${t('taskPage.title', { number: task.number, title: task.title })} · ${city.name}`,
    description: `${task.title}. ${task.place}.`,
    kind: 'public',
    styles: ['public.css'],
    imprint: city,
    main: html`
<article class="inner task">
  <p class="kicker"><span class="number">${digits(task.number)}</span> ${t(`taskPage.${task.state}`)}</p>
  <h1>${task.title}</h1>
  <dl class="facts">
    <div><dt>${t('taskPage.when')}</dt><dd>${timeFormat(language, city.timeZone).range(task.startsAt, task.endsAt)}</dd></div>
    <div><dt>${t('taskPage.where')}</dt><dd>${task.place}</dd></div>
    <div><dt>${t('taskPage.credits')}</dt><dd>${digits(task.credits)}</dd></div>
    ${task.state === 'open' ? html`<div><dt>${t('taskPage.slots')}</dt><dd>${slots}</dd></div>` : ''}
    <div><dt>${t('taskPage.issuer')}</dt><dd>${task.issuer}</dd></div>
  </dl>
  ${
    task.state === 'closed'
      ? html`<p class="about">${t('taskPage.closed.text')}</p>`
      : html`<section class="join" aria-labelledby="join"><h2 id="join">${t('taskPage.join')}</h2><p>${
          sms === undefined
            ? t('taskPage.join.any', { word })
            : t('taskPage.join.sms', { word, sms })
        }</p></section>`
  }
  ${
    record === undefined
      ? ''
      : html`<p class="did">${t('taskPage.record')}: <a href="${record}"><code>${task.uri}</code></a></p>`
  }
  <p class="back"><a href="/?lang=${language.tag}#tasks">${t('taskPage.back')}</a></p>
</article>`,
  });
}
