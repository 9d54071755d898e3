/** The public record beside the phones, and the dialog in which one record is checked. */
import { html } from 'hono/html';
import type { Translate } from '../../languages/pages.ts';
import type { Html } from '../../web/html.ts';
import { icon } from '../../web/html.ts';

export const recordsPanel = (t: Translate): Html => html`
<section class="records panel" id="records" aria-labelledby="records-title">
  <header>
    <h2 id="records-title">${t('records.title')}</h2>
    <p class="records-count"><span class="unseen">${t('records.count')}:</span> <output id="records-count">0</output></p>
    <p class="records-lede">${t('records.lede')}</p>
  </header>
  <ol class="feed" id="feed" tabindex="0" aria-labelledby="records-title">
    <li class="nothing">${t('records.empty')}</li>
  </ol>
</section>`;

export const recordDialog = (t: Translate): Html => html`
<dialog id="record" class="record" aria-labelledby="record-title">
  <div class="record-head">
    <p class="record-kind" id="record-kind"></p>
    <h2 id="record-title"></h2>
    <button type="button" class="icon-button" data-close aria-label="${t('records.close')}" title="${t('records.close')}">${icon('close')}</button>
  </div>
  <dl class="record-keys">
    <div><dt>${t('records.address')}</dt><dd><code id="record-uri"></code>${copyButton(t, 'record-uri')}</dd></div>
    <div><dt>${t('records.cid')}</dt><dd><code id="record-cid"></code>${copyButton(t, 'record-cid')}</dd></div>
  </dl>
  <p class="verdict" id="record-verdict" role="status"></p>
  <div class="record-sides">
    <section aria-labelledby="record-ours-title">
      <h3 id="record-ours-title">${t('records.ours')}</h3>
      <p class="record-source" id="record-state"></p>
      <pre id="record-ours" tabindex="0" aria-labelledby="record-ours-title"></pre>
    </section>
    <section aria-labelledby="record-pds-title">
      <h3 id="record-pds-title">${t('records.pds')}</h3>
      <p class="record-source" id="record-source"></p>
      <pre id="record-pds" tabindex="0" aria-labelledby="record-pds-title"></pre>
    </section>
  </div>
</dialog>`;

const copyButton = (t: Translate, target: string): Html =>
  html`<button type="button" class="icon-button" data-copy="${target}" aria-label="${t('records.copy')}" title="${t('records.copy')}">${icon('copy')}</button>`;
