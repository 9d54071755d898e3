/** What is answered in place of something that is not there, or that failed. */
import type { Context } from 'hono';
import { html } from 'hono/html';
import { LANGUAGES } from '../languages/index.ts';
import { createPageLanguages, type PageLanguage, type PageLanguages } from '../languages/pages.ts';
import { documentPage, type Html } from './html.ts';
import { DATA_HEADERS } from './security.ts';

/** What each status is told as. */
const KINDS = { 404: '404', 405: '405', 429: 'busy', 500: '500', 503: 'busy' } as const;

/** The same for programs. */
const FOR_PROGRAMS = {
  '404': 'There is nothing here.',
  '405': 'This can only be read: use GET.',
  '500': 'Something went wrong on our side.',
  busy: 'Too much is asked for at once. Please try again later.',
} as const;

export type ProblemStatus = keyof typeof KINDS;

declare module 'hono' {
  interface ContextVariableMap {
    readonly pageLanguages: PageLanguages | undefined;
  }
}

const ALL = createPageLanguages(LANGUAGES);

/** The language of the visitor: of those that `createWeb` was given, else of all there are. */
export const languageOf = (c: Context): PageLanguage =>
  (c.get('pageLanguages') ?? ALL).choose(c.req.query('lang'), c.req.header('accept-language'));

/** All languages of the pages that this program serves. */
export const languagesOf = (c: Context): readonly PageLanguage[] =>
  (c.get('pageLanguages') ?? ALL).all;

/** A language by its tag, for a page that is one person's; the first of all where there is none. */
export const languageNamed = (c: Context, tag: string): PageLanguage =>
  (c.get('pageLanguages') ?? ALL).choose(tag, undefined);

/**
 * A page for people, one line of JSON for programs; never what went wrong inside. `paths` are the
 * addresses that may have been meant.
 */
export function problem(
  c: Context,
  status: ProblemStatus,
  paths: readonly string[] = [],
): Response | Promise<Response> {
  const forPeople = c.req.header('accept')?.includes('text/html') ?? false;
  if (forPeople) return c.html(problemPage(status, languageOf(c), paths), status);
  const error = FOR_PROGRAMS[KINDS[status]];
  const body = JSON.stringify(paths.length === 0 ? { error } : { error, instead: paths });
  return c.body(body, status, DATA_HEADERS);
}

function problemPage(
  status: ProblemStatus,
  language: PageLanguage,
  paths: readonly string[],
): Html {
  const { t } = language;
  const kind = KINDS[status];
  const title = t(`error.${kind}.title`);
  return documentPage({
    language,
    title: `${title} · ${t('site.name')}`,
    description: title,
    main: html`
<section class="hero">
  <p class="kicker">${status}</p>
  <h1>${title}</h1>
  <p class="lede">${t(`error.${kind}.text`)}</p>
  ${
    paths.length === 0
      ? ''
      : html`<p class="lede">${t('error.instead')}</p>
  <ul class="links">${paths.map((path) => html`<li><a href="${path}">${path}</a></li>`)}</ul>`
  }
  <div class="ways"><a class="primary" href="/?lang=${language.tag}">${t('error.back')}</a></div>
</section>`,
  });
}
