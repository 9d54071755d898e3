/** What people see who are not at the desk: a link to it with one button, or how to get one. */
import { html } from 'hono/html';
import type { PageLanguage } from '../../languages/pages.ts';
import { documentPage, type Html } from '../html.ts';
import type { HomeCity } from '../public/home.ts';

const STYLES = ['public.css', 'desk.css'] as const;

export function loginPage(city: HomeCity, language: PageLanguage, token: string): Html {
  const { t } = language;
  return documentPage({
    language,
    title: `${t('desk.login.title')} · ${city.name}`,
    description: t('desk.login.title'),
    styles: STYLES,
    main: html`<div class="inner desk">
<h1>${t('desk.login.title')}</h1>
<p>${t('desk.login.text', { city: city.name })}</p>
<form method="post" action="/desk/login/${token}" class="deed"><button class="primary">${t('desk.login.do')}</button></form>
</div>`,
  });
}

/** `link`: it was used or is too old; `session`: the desk is closed in this browser; `ended`: just now. */
export function closedPage(
  city: HomeCity,
  language: PageLanguage,
  why: 'link' | 'session' | 'ended',
): Html {
  const { t } = language;
  const title = t(`desk.closed.${why}`);
  return documentPage({
    language,
    title: `${title} · ${city.name}`,
    description: title,
    styles: STYLES,
    main: html`<div class="inner desk">
<h1>${title}</h1>
<p>${t('desk.closed.text')}</p>
<p><a class="quiet" href="/">${t('error.back')}</a></p>
</div>`,
  });
}
