/** The public pages: what the city has to do and to offer, and that its books agree. */
import { html } from 'hono/html';
import type { City } from '../../domain/city.ts';
import type { PageLanguage, Translate } from '../../languages/pages.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import { documentPage, type Html, icon } from '../html.ts';
import { xrpcUrl } from '../links.ts';
import { openDataSection } from '../open-data/section.ts';
import { taskTime } from './task-time.ts';

/** Times are shown as the city's clocks show them. */
export type HomeCity = Pick<City, 'name' | 'operator' | 'contact' | 'timeZone'> & {
  /** The city's account and its PDS; missing while there is none. */
  readonly did?: string;
  readonly pds?: string;
  /** Where the account's identity stands, when that is not the public directory. */
  readonly plc?: string;
  /** Where residents reach the bot; a channel that is off is missing. */
  readonly ways: {
    /** E.164. */
    readonly sms?: string;
    /** Without the @. */
    readonly telegram?: string;
    /** Without the @. */
    readonly bluesky?: string;
  };
};

export type HomeTask = {
  readonly number: number;
  readonly title: string;
  readonly place: string;
  /** ISO 8601. */
  readonly startsAt: string;
  readonly endsAt?: string;
  readonly credits: number;
  readonly slotsFree: number;
  readonly slots: number;
  readonly issuer: string;
  readonly state: 'open' | 'closed' | 'called-off';
  /** Why it was called off; empty where it was not. */
  readonly reason: string;
  /** 1 for a task without a fixed time. */
  readonly isAnyTime: number;
  /** The at:// address of its record, once it is published. */
  readonly uri?: string;
};

/**
 * Whole credits. `issued = held + redeemed + expired + adjusted`, always. Residents hold also what is
 * on hold for a redemption; `adjusted` is net of corrections.
 */
export type HomeTotals = Readonly<
  Record<'issued' | 'held' | 'redeemed' | 'expired' | 'adjusted', number>
>;

export type HomeView = {
  readonly city: HomeCity;
  /** Open ones, the next first. */
  readonly tasks: readonly HomeTask[];
  readonly offers: readonly (Pick<HomeTask, 'number' | 'title' | 'credits'> & {
    readonly redeemer: string;
  })[];
  readonly totals: HomeTotals;
};

/** What the public pages read; the composition root gives it from the store. */
export type HomeReads = {
  readonly city: () => HomeCity;
  readonly view: () => HomeView;
  /** The task of that number, open or closed. */
  readonly task: (number: number) => HomeTask | undefined;
};

export function homePage(view: HomeView, language: PageLanguage, sandbox: boolean): Html {
  const { t, digits } = language;
  const { city, tasks, offers, totals } = view;
  const name = city.name;
  return documentPage({
    language,
    title: t('home.title', { city: name }),
    description: t('home.lede'),
    imprint: city,
    main: html`
<section class="hero">
  <p class="kicker">${t('home.kicker', { city: name })}</p>
  <h1>${t('home.heading', { city: name })}</h1>
  <p class="lede">${t('home.lede')}</p>
  <div class="ways">${ways(t, city, sandbox)}</div>
</section>
<section class="band" aria-labelledby="how"><div class="inner">
  <h2 id="how">${t('home.how')}</h2>
  <ol class="steps">
    ${([1, 2, 3, 4] as const).map(
      (step) =>
        html`<li><h3>${t(`home.how.${step}.title`)}</h3><p>${t(`home.how.${step}.text`)}</p></li>`,
    )}
  </ol>
</div></section>
<section class="inner" aria-labelledby="tasks">
  <h2 id="tasks">${t('home.tasks')}</h2>
  ${
    tasks.length === 0
      ? html`<p class="none">${t('home.tasks.none')}</p>`
      : html`<ul class="cards">${tasks.map((task) => taskCard(language, city, task))}</ul>`
  }
  <p><a href="/tasks.ics?lang=${language.tag}">${t('home.tasks.calendar')}</a></p>
</section>
<section class="inner" aria-labelledby="offers">
  <h2 id="offers">${t('home.offers')}</h2>
  ${
    offers.length === 0
      ? html`<p class="none">${t('home.offers.none')}</p>`
      : html`<ul class="offers">${offers.map(
          (offer) =>
            html`<li><span class="number">${digits(offer.number)}</span><span class="offer-title"><strong>${offer.title}</strong><small>${offer.redeemer}</small></span>${creditsOf(language, offer.credits)}</li>`,
        )}</ul>`
  }
</section>
<section class="band" aria-labelledby="books"><div class="inner">
  <h2 id="books">${t('home.books')}</h2>
  <p class="about">${t('home.books.text')}</p>
  ${books(language, totals)}
</div></section>
${openDataSection(t)}
<section class="inner" aria-labelledby="check">
  <h2 id="check">${t('home.records')}</h2>
  ${publicRecords(t, city)}
</section>`,
  });
}

function ways(t: Translate, { ways: { sms, telegram, bluesky } }: HomeCity, sandbox: boolean) {
  const word = t('guide.hi.send');
  return [
    sms === undefined
      ? ''
      : html`<a class="primary" href="sms:${sms}?body=${word}">${icon('sms')}${t('home.way.sms', { word })} ${sms}</a>`,
    telegram === undefined
      ? ''
      : html`<a class="primary" href="https://t.me/${telegram}">${icon('telegram')}${t('home.way.telegram')} @${telegram}</a>`,
    bluesky === undefined
      ? ''
      : html`<a class="primary" href="https://bsky.app/profile/${bluesky}">${icon('bluesky')}${t('home.way.bluesky')} @${bluesky}</a>`,
    sandbox
      ? html`<a class="primary" href="/sandbox">${t('home.way.sandbox')}${icon('arrow')}</a>`
      : '',
  ];
}

const creditsOf = ({ t, digits }: PageLanguage, credits: number): Html =>
  html`<span class="credits"><strong>${digits(credits)}</strong> ${t('home.task.credits')}</span>`;

/** How many of the spots are free. */
export const slotsOf = (t: Translate, { slotsFree: free, slots }: HomeTask): string =>
  free > 0 ? t('home.task.slots', { free, slots }) : t('home.task.full');

function taskCard(language: PageLanguage, city: HomeCity, task: HomeTask): Html {
  const { t, digits } = language;
  return html`<li class="card">
  <p class="card-head"><span class="number">${digits(task.number)}</span>${creditsOf(language, task.credits)}</p>
  <h3><a href="/tasks/${task.number}?lang=${language.tag}">${task.title}</a></h3>
  <p>${taskTime(language, city.timeZone, task)}</p>
  <p>${task.place}</p>
  <p class="card-foot"><span>${task.issuer}</span><span>${slotsOf(t, task)}</span></p>
</li>`;
}

/** The equation, and a bar of the same width on both sides of it. */
function books({ t, locale }: PageLanguage, totals: HomeTotals): Html {
  const { issued, held, redeemed, expired, adjusted } = totals;
  const number = new Intl.NumberFormat(locale);
  const balanced = issued === held + redeemed + expired + adjusted;
  const parts = [
    { key: 'held', value: held },
    { key: 'redeemed', value: redeemed },
    { key: 'expired', value: expired },
    ...(adjusted === 0 ? [] : [{ key: 'adjusted', value: adjusted } as const]),
  ] as const;
  const share = (value: number) => (issued === 0 ? 0 : (100 * Math.max(0, value)) / issued);
  let left = 0;
  return html`
<div class="equation">
  <p class="term issued"><strong>${number.format(issued)}</strong><span>${t('home.books.issued')}</span></p>
  ${parts.map(
    ({ key, value }, index) =>
      html`<div class="part"><span class="sign" aria-hidden="true">${index === 0 ? '=' : value < 0 ? '−' : '+'}</span><p class="term ${key}"><strong>${number.format(Math.abs(value))}</strong><span>${t(`home.books.${key}`)}</span></p></div>`,
  )}
</div>
<svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
  <rect class="empty" width="100" height="4"/>
  ${parts.map(({ key, value }) => {
    const rect = html`<rect class="${key}" x="${left}" width="${share(value)}" height="4"/>`;
    left += share(value);
    return rect;
  })}
</svg>
<p class="${balanced ? 'balanced' : 'unbalanced'}">${balanced ? icon('check') : ''}${t(
    balanced ? 'home.books.balanced' : 'home.books.unbalanced',
  )}</p>`;
}

/** The kinds of record that the page links to. */
const LINKED_KINDS = [
  'epoch',
  'task',
  'claim',
  'evidence',
  'review',
  'transfer',
  'redemption',
  'activity',
] as const;

function publicRecords(t: Translate, { did, pds, plc }: HomeCity): Html {
  if (did === undefined || pds === undefined) {
    return html`<p class="about">${t('home.records.none')}</p>`;
  }
  const list = (collection: string) =>
    xrpcUrl(pds, 'com.atproto.repo.listRecords', { repo: did, collection, limit: '100' });
  return html`<p class="about">${t('home.records.text')}</p>
<ul class="links">
  ${LINKED_KINDS.map(
    (kind) => html`<li><a href="${list(COLLECTIONS[kind])}">${t(`home.records.${kind}`)}</a></li>`,
  )}
  <li><a href="${xrpcUrl(pds, 'com.atproto.repo.describeRepo', { repo: did })}">${t('home.records.description')}</a></li>
  <li><a href="${xrpcUrl(pds, 'com.atproto.sync.getRepo', { did })}">${t('home.records.repository')}</a></li>
</ul>
<p class="did">${t('home.records.account')}: <code>${did}</code> · ${t('home.records.pds')}: <code>${new URL(pds).origin}</code></p>
<p class="did">${t('home.records.audit')} <code>${plc === undefined ? '' : `PLC_URL=${plc} `}npm run audit -- ${did}</code></p>`;
}
