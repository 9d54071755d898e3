/** Shared by every page: the document around the content, and the icons. */
import { html, raw } from 'hono/html';
import type { PageLanguage, Translate } from '../languages/pages.ts';
import { recordUrl } from './links.ts';

export type Html = ReturnType<typeof html>;

/** Who answers for the deployment; printed at the foot of every page. */
type Imprint = { readonly operator: string; readonly contact: string };

export type DocumentParts = {
  readonly language: PageLanguage;
  readonly title: string;
  readonly description: string;
  /** The class of the body. */
  readonly kind?: 'public' | 'sandbox';
  /** Style sheets beside the tokens and the base. */
  readonly styles?: readonly string[];
  /** What the scripts of the page need, as JSON in an attribute: no script stands in the page. */
  readonly data?: unknown;
  readonly module?: string;
  readonly header?: Html;
  readonly main: Html;
  readonly after?: Html;
  readonly imprint?: Imprint | undefined;
};

export const documentPage = (parts: DocumentParts): Html => {
  const { language, kind = 'public', styles = ['public.css'] } = parts;
  const { tag, direction, t } = language;
  return html`<!doctype html>
<html lang="${tag}"${direction === 'rtl' ? raw(' dir="rtl"') : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<title>${parts.title}</title>
<meta name="description" content="${parts.description}">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/tokens.css">
<link rel="stylesheet" href="/assets/base.css">
${styles.map((name) => html`<link rel="stylesheet" href="/assets/${name}">`)}
<script src="/assets/theme.js"></script>
${parts.module === undefined ? '' : html`<script type="module" src="/assets/${parts.module}"></script>`}
</head>
<body class="${kind}" data-page="${JSON.stringify(parts.data ?? null)}">
${icons}
<a class="skip" href="#content">${t('site.skip')}</a>
<header class="top">
  <a class="brand" href="/?lang=${tag}">${icon('mark')}<span>${t('site.name')}</span></a>
  ${parts.header ?? ''}
  <div class="top-tools">
    <nav class="languages" aria-label="${t('site.language')}">
      ${language.all.map(
        (each) =>
          html`<a href="?lang=${each.tag}" lang="${each.tag}" hreflang="${each.tag}" title="${each.name}"${
            each.tag === tag ? raw(' aria-current="true"') : ''
          }><span aria-hidden="true">${each.tag.toUpperCase()}</span><span class="unseen">${each.name}</span></a>`,
      )}
    </nav>
    <button type="button" class="icon-button" data-theme-toggle aria-label="${t('site.theme')}" title="${t('site.theme')}">${icon('theme')}</button>
  </div>
</header>
<main id="content" tabindex="-1">
${parts.main}
</main>
${parts.imprint === undefined ? '' : footer(t, parts.imprint)}
${parts.after ?? ''}
</body>
</html>`;
};

/** A link to a public record, by its at:// address; nothing where there is none yet. */
export function recordLink(t: Translate, pds?: string, uri?: string): Html | '' {
  const url = pds === undefined || uri === undefined ? undefined : recordUrl(pds, uri);
  if (url === undefined) return '';
  return html`<p class="did">${t('taskPage.record')}: <a href="${url}"><code>${uri}</code></a></p>`;
}

const footer = (t: Translate, imprint: Imprint): Html => html`<footer class="foot">
  <p>${t('site.footer.rule')}</p>
  <p>${t('site.footer.operator', { operator: imprint.operator })} ${t('site.footer.contact')} ${contact(imprint.contact)}</p>
</footer>`;

/** A link where it is an address for mail or the web, else as it is written. */
function contact(text: string): Html | string {
  if (/^https:\/\/\S+$/.test(text)) return html`<a href="${text}">${text}</a>`;
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return html`<a href="mailto:${text}">${text}</a>`;
  return text;
}

/** One of the icons below; decorative, so what it stands for is always written beside it. */
export const icon = (name: IconName): Html =>
  html`<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-${name}"/></svg>`;

export type IconName = keyof typeof ICONS;

/** Drawn on 24 × 24 with a stroke of 2, unless they say otherwise. */
const ICONS = {
  mark: '<rect width="24" height="24" rx="7" fill="var(--accent)" stroke="none"/><path d="M15.8 7.6A5.6 5.6 0 1 0 12 17.6" stroke="var(--accent-ink)" stroke-width="2.4"/><path d="M12 6.4a5.6 5.6 0 0 1 0 11.2" stroke="var(--sun)" stroke-width="2.4"/>',
  theme:
    '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>',
  send: '<path d="M12 19V5M5.5 11.5 12 5l6.5 6.5"/>',
  plane:
    '<path d="M21 3 3 10.5l6.5 3L12 20z" fill="currentColor" stroke-linejoin="round"/><path d="M21 3 9.5 13.5"/>',
  photo:
    '<path d="M4 8.5A1.5 1.5 0 0 1 5.5 7h2.2l1.5-2.2h5.6L16.3 7h2.2A1.5 1.5 0 0 1 20 8.5v9a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 17.5z"/><circle cx="12" cy="12.8" r="3.4"/>',
  file: '<path d="M14 3.5H6.5v17h11V7zM14 3.5V7h3.5"/>',
  reply: '<path d="M10 6 4.5 11.5 10 17M5 11.5h8a6 6 0 0 1 6 6V19"/>',
  close: '<path d="M6 6l12 12M18 6 6 18"/>',
  check: '<path d="M5 12.5 10 17.5 19.5 7"/>',
  lock: '<rect x="5.5" y="10.5" width="13" height="9" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/>',
  globe:
    '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17"/>',
  skip: '<path d="m6 6 7.5 6L6 18zM17.5 6v12" stroke-linejoin="round"/>',
  chevron: '<path d="m6 9.5 6 6 6-6"/>',
  arrow: '<path d="M5 12h13M12.5 6 18.5 12l-6 6"/>',
  copy: '<rect x="8.5" y="8.5" width="11" height="11" rx="2"/><path d="M15.5 8.5V6.5a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2"/>',
  sms: '<path d="M12 4.5c4.7 0 8.5 3 8.5 6.8S16.7 18 12 18a10.5 10.5 0 0 1-2.7-.35L5 19.5l1.2-3.5c-1.7-1.2-2.7-2.9-2.7-4.7C3.5 7.5 7.3 4.5 12 4.5z"/>',
  telegram:
    '<path d="M20.5 4.5 3.5 11l5.5 2 2 6 3-4 4 3z" stroke-linejoin="round"/><path d="m9 13 7-5"/>',
  bluesky:
    '<path d="M12 11.5C11 9.3 8.3 6 6 5c-1.8-.7-2.5.3-2.5 2 0 1.5.5 4.5 1 5.5.7 1.4 2.5 1.8 4.2 1.5-2.7.5-3.4 2-1.9 3.5 2.8 2.9 4.2-.7 5.2-3.2 1 2.5 2.4 6.1 5.2 3.2 1.5-1.5.8-3-1.9-3.5 1.7.3 3.5-.1 4.2-1.5.5-1 1-4 1-5.5 0-1.7-.7-2.7-2.5-2-2.3 1-5 4.3-6 6.5z" fill="currentColor" stroke="none"/>',
  record: '<path d="M6.5 3.5h8l3 3v14h-11z"/><path d="M9.5 10h5M9.5 13.5h5M9.5 17h3"/>',
} as const;

const icons: Html = html`<svg class="unseen" aria-hidden="true" focusable="false">
${Object.entries(ICONS).map(
  ([name, paths]) =>
    html`<symbol id="i-${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">${raw(paths)}</symbol>`,
)}
</svg>`;
