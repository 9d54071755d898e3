/** One task in full, at the address that announcements point to. */
import { html } from 'hono/html';
import type { PageLanguage } from '../../languages/pages.ts';
import { documentPage, type Html, recordLink } from '../html.ts';
import { type HomeCity, type HomeTask, slotsOf } from './home.ts';
import { taskTime } from './task-time.ts';

export function taskPage(city: HomeCity, task: HomeTask, language: PageLanguage): Html {
  const { t, digits } = language;
  const word = t('taskPage.join.word', { number: task.number });
  const { sms } = city.ways;
  return documentPage({
    language,
    title: `${t('taskPage.title', { number: task.number, title: task.title })} · ${city.name}`,
    description: `${task.title}. ${task.place}.`,
    imprint: city,
    main: html`
<article class="inner task">
  <p class="kicker"><span class="number">${digits(task.number)}</span> ${t(`taskPage.${task.state}`)}</p>
  <h1>${task.title}</h1>
  <dl class="facts">
    <div><dt>${t('taskPage.when')}</dt><dd>${taskTime(language, city.timeZone, task)}</dd></div>
    <div><dt>${t('taskPage.where')}</dt><dd>${task.place}</dd></div>
    <div><dt>${t('taskPage.credits')}</dt><dd>${digits(task.credits)}</dd></div>
    ${task.state === 'open' ? html`<div><dt>${t('taskPage.slots')}</dt><dd>${slotsOf(t, task)}</dd></div>` : ''}
    <div><dt>${t('taskPage.issuer')}</dt><dd>${task.issuer}</dd></div>
  </dl>
  ${
    task.state !== 'open'
      ? html`<p class="about">${t(`taskPage.${task.state}.text`, { reason: task.reason })}</p>`
      : html`<section class="join" aria-labelledby="join"><h2 id="join">${t('taskPage.join')}</h2><p>${
          sms === undefined
            ? t('taskPage.join.any', { word })
            : t('taskPage.join.sms', { word, sms })
        }</p><p><a href="/tasks/${task.number}.ics?lang=${language.tag}">${t('taskPage.calendar')}</a></p></section>`
  }
  ${recordLink(t, city.pds, task.uri)}
  <p class="back"><a href="/?lang=${language.tag}#tasks">${t('taskPage.back')}</a></p>
</article>`,
  });
}
