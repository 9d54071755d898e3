/** The page of the sandbox: phones beside one another, the public record, and the next step. */
import { html } from 'hono/html';
import type { PageLanguage, Translate } from '../../languages/pages.ts';
import type { Html, IconName } from '../../web/html.ts';
import { documentPage, icon } from '../../web/html.ts';
import { clockControl } from './clock-control.ts';
import type { PageData, SandboxPerson } from './page-data.ts';
import { phone } from './phone.ts';
import { recordDialog, recordsPanel } from './records.ts';

const STYLES = [
  'sandbox.css',
  'guide.css',
  'clock.css',
  'phone.css',
  'messages.css',
  'composer.css',
  'feed.css',
  'record.css',
] as const;

/** The texts that the scripts of the page need begin with one of these. */
const CLIENT_TEXTS = /^(?:sandbox|records|guide)\./;

export function sandboxPage(data: PageData, language: PageLanguage): Html {
  const { t } = language;
  const { shown, drawer } = arrange(data.people);
  const { pds, did } = data.network();
  const [resident, organizer, redeemer] = cast(data.people);
  return documentPage({
    language,
    title: t('sandbox.title', { city: data.city }),
    description: t('sandbox.lede'),
    kind: 'sandbox',
    styles: STYLES,
    module: 'sandbox.js',
    data: {
      language: language.locale,
      timeZone: data.timeZone,
      pds,
      did,
      guide: { resident: keyOf(resident), organizer: keyOf(organizer), redeemer: keyOf(redeemer) },
      texts: Object.fromEntries(
        Object.entries(language.texts).filter(([key]) => CLIENT_TEXTS.test(key)),
      ),
    },
    header: html`<div class="headline"><h1>${t('sandbox.heading')}</h1><p>${t('sandbox.lede')}</p></div>`,
    main: html`
<noscript><p class="notice">${t('site.noscript')}</p></noscript>
${guide(t)}
${clockControl(t, data.comingTasks()[0]?.number)}
${tabs(t, shown, drawer)}
<div class="stage" id="stage">
  <section class="phones" aria-label="${t('sandbox.phones')}">
    ${shown.map((person) => phone(t, data.city, person))}
    ${drawer.length === 0 ? '' : adminDrawer(t, data.city, drawer)}
  </section>
  ${recordsPanel(t)}
</div>`,
    after: html`${recordDialog(t)}<p class="offline" id="offline" role="status" hidden>${t('sandbox.offline')}</p><div class="unseen" id="announcer" aria-live="polite"></div>`,
  });
}

/** The first of each channel and role stands on the stage, in the order of the story. */
function arrange(people: readonly SandboxPerson[]): {
  readonly shown: readonly SandboxPerson[];
  readonly drawer: readonly SandboxPerson[];
} {
  const [resident, organizer, redeemer] = cast(people);
  const others = (['telegram', 'bluesky'] as const).map((channel) =>
    people.find((person) => person.role === 'resident' && person.channel === channel),
  );
  const shown = [resident, organizer, redeemer, ...others].filter((person) => person !== undefined);
  return {
    shown: [...new Set(shown)],
    drawer: people.filter((person) => person.role === 'admin'),
  };
}

/** Who plays the loop: a resident (by SMS if there is one), an organizer, a redeemer. */
function cast(people: readonly SandboxPerson[]) {
  const first = (role: SandboxPerson['role']) => people.find((person) => person.role === role);
  const bySms = people.find(({ role, channel }) => role === 'resident' && channel === 'sms');
  return [bySms ?? first('resident'), first('organizer'), first('redeemer')] as const;
}

const keyOf = (person: SandboxPerson | undefined): string =>
  person === undefined ? '' : `${person.channel} ${person.person}`;

const guide = (t: Translate): Html => html`
<section class="guide" id="guide" aria-labelledby="guide-title" data-state="loading">
  <div class="guide-body">
    <p class="guide-kicker"><span id="guide-kicker">${t('guide.title')}</span> <span id="guide-who"></span> <span id="guide-progress"></span></p>
    <h2 id="guide-title" class="guide-heading">&nbsp;</h2>
    <p class="guide-why" id="guide-why">&nbsp;</p>
  </div>
  <div class="guide-actions">
    <button type="button" class="primary" id="guide-send" aria-disabled="true" aria-describedby="guide-title guide-why"><span id="guide-send-text">${t(
      'guide.waiting',
    )}</span><span class="when-wide">${icon('arrow')}</span></button>
    <button type="button" class="quiet" id="guide-skip"><span class="when-narrow">${icon('skip')}</span><span class="when-wide">${t('guide.skip')}</span></button>
    <button type="button" class="quiet" id="guide-chapter" hidden>${icon('arrow')}<span id="guide-chapter-text"></span></button>
  </div>
  <ol class="guide-track" id="guide-track" aria-hidden="true"></ol>
</section>`;

const tabs = (
  t: Translate,
  shown: readonly SandboxPerson[],
  drawer: readonly SandboxPerson[],
): Html => html`
<nav class="tabs" id="tabs" aria-label="${t('sandbox.tabs')}">
  <div class="tabs-row" id="tabs-row">
  ${[...shown, ...drawer].map((person) =>
    tab(t, {
      target: keyOf(person),
      picture: person.channel,
      label:
        person.role === 'resident' ? t(`sandbox.channel.${person.channel}`) : t(roleKey(person)),
    }),
  )}
  </div>
  ${tab(t, { target: 'records', picture: 'record', label: t('records.tab') })}
</nav>`;

type Tab = { readonly target: string; readonly picture: IconName; readonly label: string };

const tab = (t: Translate, { target, picture, label }: Tab): Html =>
  html`<button type="button" data-target="${target}">${icon(picture)}<span>${label}</span><span class="dot" hidden><span class="unseen">${t('sandbox.unread')}</span></span></button>`;

const roleKey = ({ role }: SandboxPerson) => `sandbox.role.${role}` as const;

const adminDrawer = (t: Translate, city: string, people: readonly SandboxPerson[]): Html => html`
<details class="drawer panel" id="drawer">
  <summary><span class="drawer-name">${t('sandbox.drawer')}</span><span class="drawer-hint">${t(
    'sandbox.drawer.hint',
  )}</span>${icon('chevron')}</summary>
  <div class="drawer-phones">${people.map((person) => phone(t, city, person))}</div>
</details>`;
