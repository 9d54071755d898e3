/** What is shown in place of a page that is not there, or that failed. */
import { html } from 'hono/html';
import type { PageLanguage } from './catalog/catalog.ts';
import { translator } from './catalog/catalog.ts';
import type { Html } from './html.ts';
import { documentPage } from './html.ts';

export function problemPage(status: 404 | 500, language: PageLanguage): Html {
  const t = translator(language);
  const title = t(`error.${status}.title`);
  return documentPage({
    language,
    t,
    title: `${title} · ${t('site.name')}`,
    description: title,
    kind: 'public',
    styles: ['public.css'],
    main: html`
<section class="hero">
  <p class="kicker">${status}</p>
  <h1>${title}</h1>
  <p class="lede">${t(`error.${status}.text`)}</p>
  <div class="ways"><a class="primary" href="/?lang=${language}">${t('error.back')}</a></div>
</section>`,
  });
}
