/**
 * All that is kept about one person, for that person alone: a link shows it once. What looks at links
 * by itself, to show what is behind them or to be faster, gets nothing and does not use it up.
 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PageLanguage } from '../../languages/pages.ts';
import type { MyData } from '../../services/privacy/see-my-data.ts';
import { documentPage, type Html } from '../html.ts';
import { languageNamed, problem } from '../problem-page.ts';
import { isNobody, keepSecret } from '../secret-page.ts';
import type { HomeCity } from './home.ts';

/** Answers what a token shows, once. */
export type TakeMyData = (
  token: string,
) => { readonly data: MyData; readonly language: string } | undefined;

export function myDataRoutes(
  take: TakeMyData,
  city: () => HomeCity,
  failed: (error: Error) => void,
): Hono {
  const app = new Hono();
  app.get('/my-data/:token{[0-9a-f]{32}}', (c) => {
    keepSecret(c);
    if (isNobody(c)) return c.body(null, 204);
    try {
      const found = take(c.req.param('token'));
      if (found === undefined) return problem(c, 404);
      return c.html(myDataPage(city(), found.data, languageNamed(c, found.language)));
    } catch (error) {
      // Its address is a secret: the page of errors would put it in the log.
      failed(error instanceof Error ? error : new Error('my data'));
      return problem(c, 500);
    }
  });
  return app;
}

type Row = MyData['person'];

function myDataPage(city: HomeCity, data: MyData, language: PageLanguage): Html {
  const { t } = language;
  const json = encodeURIComponent(JSON.stringify(data, null, 2));
  const parts = Object.entries({ addresses: data.addresses, ...data.parts });
  return documentPage({
    language,
    title: `${t('myData.title')} · ${city.name}`,
    description: t('myData.title'),
    imprint: city,
    main: html`
<article class="inner task">
  <h1>${t('myData.title')}</h1>
  <p class="about">${t('myData.once')}</p>
  <p><a href="data:application/json;charset=utf-8,${json}" download="my-data.json">${t('myData.download')}</a></p>
  ${shown(data.person)}
  ${parts.map(
    ([name, rows]) =>
      html`<section><h2><code>${name}</code> ${language.digits(rows.length)}</h2>${rows.map(shown)}</section>`,
  )}
</article>`,
  });
}

/** The names of fields are those of the file, so that one can be read beside the other. */
const shown = (row: Row): Html =>
  html`<dl class="facts">${Object.entries(row)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
