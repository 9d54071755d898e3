/**
 * The sign of a task, for its organizer alone: with it people check in where the task is. It fits one
 * page of A4, and says how in all languages of the pages.
 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PageLanguage } from '../../languages/pages.ts';
import { documentPage, type Html } from '../html.ts';
import { languageOf, languagesOf, problem } from '../problem-page.ts';
import { qrCode } from '../qr.ts';
import { isNobody, keepSecret } from '../secret-page.ts';
import type { HomeCity, HomeTask } from './home.ts';
import { taskTime } from './task-time.ts';

/** Answers what the sign of a task shows to whoever has this token. */
export type SeeSign = (number: number, token: string) => { readonly code: string } | undefined;

export type SignParts = {
  readonly see: SeeSign;
  readonly city: () => HomeCity;
  readonly task: (number: number) => HomeTask | undefined;
  readonly failed: (error: Error) => void;
};

export function signRoutes({ see, city, task, failed }: SignParts): Hono {
  const app = new Hono();
  app.get('/tasks/:number{[1-9][0-9]{0,14}}/sign/:token{[0-9a-f-]{1,60}}', (c) => {
    keepSecret(c);
    if (isNobody(c)) return c.body(null, 204);
    const number = Number(c.req.param('number'));
    try {
      const sign = see(number, c.req.param('token'));
      const shown = sign && task(number);
      if (sign === undefined || shown === undefined) return problem(c, 404);
      const languages = languagesOf(c);
      return c.html(signPage({ city: city(), task: shown, ...sign, languages }, languageOf(c)));
    } catch (error) {
      // Its address is a secret: the page of errors would put it in the log.
      failed(error instanceof Error ? error : new Error('sign'));
      return problem(c, 500);
    }
  });
  return app;
}

type Shown = {
  readonly city: HomeCity;
  readonly task: HomeTask;
  readonly code: string;
  readonly languages: readonly PageLanguage[];
};

function signPage(shown: Shown, language: PageLanguage): Html {
  const { city, task, code } = shown;
  const { t, digits } = language;
  return documentPage({
    language,
    title: `${t('sign.title')} · ${t('taskPage.title', { number: task.number, title: task.title })}`,
    description: t('sign.title'),
    main: html`
<article class="inner task-sign">
  <p class="sign-note">${t('sign.private')}</p>
  <p class="kicker"><span class="number">${digits(task.number)}</span> ${city.name}</p>
  <h1>${task.title}</h1>
  <p class="sign-facts">${taskTime(language, city.timeZone, task)} · ${task.place}</p>
  ${said(shown, 'h2', (each) => each.t('sign.arrived'))}
  <p class="sign-code">${code}</p>
  <div class="sign-ways">${waysIn(shown)}</div>
</article>`,
  });
}

/** The same in each language, the visitor's or not: whoever stands before a sign cannot choose one. */
const said = (
  { languages }: Shown,
  tag: 'h2' | 'p',
  say: (language: PageLanguage) => string,
): Html[] =>
  languages.map((each) =>
    tag === 'h2'
      ? html`<h2 lang="${each.tag}" dir="${each.direction}">${say(each)}</h2>`
      : html`<p lang="${each.tag}" dir="${each.direction}">${say(each)}</p>`,
  );

const wordOf = ({ t }: PageLanguage, code: string): string => t('sign.word', { code });

function waysIn(shown: Shown): Html[] {
  const { city, code, languages } = shown;
  const { sms, telegram, bluesky } = city.ways;
  const [first] = languages;
  const ways: Html[] = [];
  if (first === undefined) return ways;
  const body = encodeURIComponent(wordOf(first, code));
  if (sms !== undefined) {
    // Phones of Apple read what follows the ampersand, all others what follows the question mark.
    const url = `sms:${sms}?&body=${body}`;
    const words = said(shown, 'p', (each) => each.t('sign.sms', { word: wordOf(each, code), sms }));
    ways.push(way({ url, label: first.t('sign.qr.sms'), name: 'SMS', words }));
  }
  if (telegram !== undefined) {
    const url = `https://t.me/${telegram}?start=here-${code}`;
    const words = said(shown, 'p', (each) =>
      each.t('sign.telegram', { word: wordOf(each, code), telegram }),
    );
    ways.push(way({ url, label: first.t('sign.qr.telegram'), name: 'Telegram', words }));
  }
  if (bluesky !== undefined) {
    const words = said(shown, 'p', (each) =>
      each.t('sign.bluesky', { word: wordOf(each, code), bluesky }),
    );
    ways.push(html`<section class="sign-way"><div><h3>Bluesky</h3>${words}</div></section>`);
  }
  if (ways.length > 0) return ways;
  const words = said(shown, 'p', (each) => each.t('sign.any', { word: wordOf(each, code) }));
  return [html`<section class="sign-way"><div>${words}</div></section>`];
}

const way = (parts: {
  readonly url: string;
  readonly label: string;
  readonly name: string;
  readonly words: readonly Html[];
}): Html => html`<section class="sign-way">
  <a href="${parts.url}" aria-label="${parts.label}">${qrCode(parts.url)}</a>
  <div><h3>${parts.name}</h3>${parts.words}</div>
</section>`;
