/** One task in full, at the address that announcements point to. */
import { html } from 'hono/html';
import type { PageLanguage } from './catalog/catalog.ts';
import { translator } from './catalog/catalog.ts';
import type { HomeCity, HomeTask } from './home.ts';
import type { Html } from './html.ts';
import { documentPage } from './html.ts';
import { recordUrl } from './links.ts';
import { timeFormat } from './when.ts';

export function taskPage(city: HomeCity, task: HomeTask, language: PageLanguage): Html {
  const t = translator(language);
  const word = t('task.join.word', { number: task.number });
  const { sms } = city.ways;
  const record =
    city.pds === undefined || task.uri === undefined ? undefined : recordUrl(city.pds, task.uri);
  const slots =
    task.slotsFree > 0
      ? t('home.task.slots', { free: task.slotsFree, slots: task.slots })
      : t('home.task.full');
  return documentPage({
    language,
    t,
    title: `${t('task.title', { number: task.number, title: task.title })} · ${city.name}`,
    description: `${task.title}. ${task.place}.`,
    kind: 'public',
    styles: ['public.css'],
    imprint: city,
    main: html`
<article class="inner task">
  <p class="kicker"><span class="number">${task.number}</span> ${t(`task.${task.state}`)}</p>
  <h1>${task.title}</h1>
  <dl class="facts">
    <div><dt>${t('task.when')}</dt><dd>${timeFormat(language, city.timeZone).range(task.startsAt, task.endsAt)}</dd></div>
    <div><dt>${t('task.where')}</dt><dd>${task.place}</dd></div>
    <div><dt>${t('task.credits')}</dt><dd>${task.credits}</dd></div>
    ${task.state === 'open' ? html`<div><dt>${t('task.slots')}</dt><dd>${slots}</dd></div>` : ''}
    <div><dt>${t('task.issuer')}</dt><dd>${task.issuer}</dd></div>
  </dl>
  ${
    task.state === 'closed'
      ? html`<p class="about">${t('task.closed.text')}</p>`
      : html`<section class="join" aria-labelledby="join"><h2 id="join">${t('task.join')}</h2><p>${
          sms === undefined ? t('task.join.any', { word }) : t('task.join.sms', { word, sms })
        }</p></section>`
  }
  ${
    record === undefined
      ? ''
      : html`<p class="did">${t('task.record')}: <a href="${record}"><code>${task.uri}</code></a></p>`
  }
  <p class="back"><a href="/?lang=${language}#tasks">${t('task.back')}</a></p>
</article>`,
  });
}
