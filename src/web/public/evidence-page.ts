/** One piece of evidence, as the public record has it: for reviewers whose phone shows no photos. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { PageLanguage } from '../../languages/pages.ts';
import { postUrl } from '../../lib/post-url.ts';
import { isKnown } from '../etag.ts';
import { documentPage, type Html, recordLink } from '../html.ts';
import { languageOf } from '../problem-page.ts';
import { showTime } from '../when.ts';
import type { HomeCity } from './home.ts';

type EvidenceView = {
  readonly number: number;
  readonly task: { readonly number: number; readonly title: string };
  /** The random id under which the person is public. */
  readonly participant: string;
  /** Masked, as it is published; empty where the words are in the person's own posts. */
  readonly text: string;
  /** How many photos the city shows. */
  readonly pictures: number;
  /** The at:// addresses of the person's own posts. */
  readonly posts: readonly string[];
  readonly state: 'pending' | 'approved' | 'rejected' | 'withdrawn';
  /** ISO 8601. */
  readonly submittedAt: string;
  /** The at:// address of its record. */
  readonly uri: string;
};

type Photo = {
  /** The CID of its bytes. */
  readonly cid: string;
  /** Undefined while they cannot be had. */
  readonly bytes: () => Promise<Uint8Array<ArrayBuffer> | undefined>;
};

export type EvidenceReads = {
  readonly evidence: (number: number) => EvidenceView | undefined;
  /** A photo (JPEG), from 1; undefined where there is none. */
  readonly picture: (number: number, index: number) => Photo | undefined;
};

const FOR_EVER = 'public, max-age=31536000, immutable';

export function evidenceRoutes(reads: EvidenceReads, city: () => HomeCity): Hono {
  const app = new Hono();
  app.get('/evidence/:number{[1-9][0-9]{0,14}}', (c) => {
    const found = reads.evidence(Number(c.req.param('number')));
    if (found === undefined) return c.notFound();
    c.header('Vary', 'Accept-Language');
    return c.html(evidencePage(city(), found, languageOf(c)));
  });
  app.get('/evidence/:number{[1-9][0-9]{0,14}}/:photo{[1-9][0-9]?[.]jpg}', async (c) => {
    const index = Number.parseInt(c.req.param('photo'), 10);
    const photo = reads.picture(Number(c.req.param('number')), index);
    if (photo === undefined) return c.notFound();
    const etag = `"${photo.cid}"`;
    // The photos of a piece of evidence are added to while it waits, and never changed.
    const headers = { ETag: etag, 'Cache-Control': FOR_EVER };
    if (isKnown(c.req.header('if-none-match'), etag)) return c.body(null, 304, headers);
    const bytes = await photo.bytes();
    if (bytes === undefined) return c.notFound();
    return c.body(bytes, 200, { ...headers, 'Content-Type': 'image/jpeg' });
  });
  return app;
}

function evidencePage(city: HomeCity, evidence: EvidenceView, language: PageLanguage): Html {
  const { t, digits } = language;
  const { number, task, state } = evidence;
  const photos = Array.from({ length: evidence.pictures }, (_, at) => at + 1);
  return documentPage({
    language,
    title: `${t('evidencePage.title', { number })} · ${city.name}`,
    description: task.title,
    imprint: city,
    main: html`
<article class="inner task">
  <p class="kicker"><span class="number">${digits(number)}</span> ${t(`evidencePage.${state}`)}</p>
  <h1>${t('evidencePage.title', { number })}</h1>
  <dl class="facts">
    <div><dt>${t('evidencePage.task')}</dt><dd><a href="/tasks/${task.number}">${digits(task.number)} ${task.title}</a></dd></div>
    <div><dt>${t('evidencePage.by')}</dt><dd>${evidence.participant}</dd></div>
    <div><dt>${t('evidencePage.at')}</dt><dd>${showTime(language, city.timeZone, [evidence.submittedAt])}</dd></div>
  </dl>
  ${evidence.text === '' ? '' : html`<p class="about words">${evidence.text}</p>`}
  ${
    photos.length === 0
      ? ''
      : html`<div class="photos">${photos.map(
          (photo) =>
            html`<img src="/evidence/${number}/${photo}.jpg" alt="${t('evidencePage.photo', { photo, photos: photos.length })}" loading="lazy">`,
        )}</div>`
  }
  ${evidence.posts.map((uri) => {
    const url = postUrl(uri);
    return url === undefined
      ? ''
      : html`<p class="did">${t('evidencePage.post')}: <a href="${url}" rel="nofollow"><code>${uri}</code></a></p>`;
  })}
  ${recordLink(t, city.pds, evidence.uri)}
</article>`,
  });
}
