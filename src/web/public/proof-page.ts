/**
 * What a person did, as they show it to others: by an address that is secret until they make it public.
 * It names nobody, and every line leads to its public record. It prints on A4.
 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PageLanguage } from '../../languages/pages.ts';
import type { ProofLine, SeenProof } from '../../services/proof/see-proof.ts';
import { documentPage, type Html } from '../html.ts';
import { recordUrl } from '../links.ts';
import { languageOf, problem } from '../problem-page.ts';
import { isNobody, keepSecret } from '../secret-page.ts';
import { showDay } from '../when.ts';
import type { HomeCity } from './home.ts';

/** Answers what a token shows; undefined for one that nobody has any more. */
export type SeeProof = (token: string) => SeenProof | undefined;

const MINUTES_PER_HOUR = 60;

export function proofRoutes(
  see: SeeProof,
  city: () => HomeCity,
  failed: (error: Error) => void,
): Hono {
  const app = new Hono();
  app.get('/proof/:token{[0-9a-f]{32}}', (c) => {
    try {
      const proof = see(c.req.param('token'));
      if (proof?.isPublic !== true) {
        keepSecret(c);
        if (isNobody(c)) return c.body(null, 204);
      }
      if (proof === undefined) return problem(c, 404);
      c.header('Vary', 'Accept-Language');
      return c.html(proofPage(city(), proof, languageOf(c)));
    } catch (error) {
      // Its address is a secret: the page of errors would put it in the log.
      keepSecret(c);
      failed(error instanceof Error ? error : new Error('proof'));
      return problem(c, 500);
    }
  });
  return app;
}

function proofPage(city: HomeCity, proof: SeenProof, language: PageLanguage): Html {
  const { t, digits } = language;
  const { participantId, lines, isPublic } = proof;
  const minutes = lines.reduce((sum, line) => sum + (line.minutes ?? 0), 0);
  const credits = lines.reduce((sum, line) => sum + line.credits, 0);
  return documentPage({
    language,
    title: `${t('proofPage.title')} · ${city.name}`,
    description: t('proofPage.title'),
    imprint: city,
    main: html`
<article class="inner task proof">
  <p class="kicker">${city.name}</p>
  <h1>${t('proofPage.title')}</h1>
  <p class="about">${t('proofPage.about', { city: city.name })}</p>
  <dl class="facts">
    <div><dt>${t('proofPage.person')}</dt><dd><code>${participantId}</code></dd></div>
    <div><dt>${t('proofPage.tasks')}</dt><dd>${digits(lines.length)}</dd></div>
    <div><dt>${t('proofPage.hours')}</dt><dd>${hours(language, minutes)}</dd></div>
    <div><dt>${t('taskPage.credits')}</dt><dd>${digits(credits)}</dd></div>
  </dl>
  ${lines.map((line) => entry(city, line, language))}
  <p class="proof-note">${t('proofPage.unknown')}</p>
  <p class="proof-note">${t(isPublic ? 'proofPage.open' : 'proofPage.secret')}</p>
</article>`,
  });
}

function entry(city: HomeCity, line: ProofLine, language: PageLanguage): Html {
  const { t, digits } = language;
  const url =
    city.pds === undefined || line.uri === undefined ? undefined : recordUrl(city.pds, line.uri);
  const facts = [
    showDay(language, city.timeZone, line.at),
    line.place,
    line.issuer,
    line.minutes === undefined
      ? t('proofPage.noHours')
      : t('proofPage.lineHours', { hours: hours(language, line.minutes) }),
    t('proofPage.lineCredits', { credits: digits(line.credits) }),
  ];
  return html`<section class="proof-line">
    <h2><span class="number">${digits(line.task)}</span> ${line.title}</h2>
    <p>${facts.join(' · ')}</p>
    ${url === undefined ? '' : html`<p class="did">${t('taskPage.record')}: <a href="${url}"><code>${line.uri}</code></a></p>`}
  </section>`;
}

const hours = ({ locale }: PageLanguage, minutes: number): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(minutes / MINUTES_PER_HOUR);
