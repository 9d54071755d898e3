/** The part of the start page that leads to the files of open data. */
import { html } from 'hono/html';
import type { Translate } from '../../languages/pages.ts';
import { OPEN_DATA_NAMES } from '../../records/open-data/files.ts';
import type { Html } from '../html.ts';
import { FORMAT_NAMES, openDataPath } from './formats.ts';

export const openDataSection = (t: Translate): Html => html`
<section class="inner" aria-labelledby="data">
  <h2 id="data">${t('home.data')}</h2>
  <p class="about">${t('home.data.text')}</p>
  <ul class="files">
    ${OPEN_DATA_NAMES.map((name) => {
      const title = t(`home.data.${name}`);
      return html`<li>
      <h3>${title}</h3>
      <p>${t(`home.data.${name}.text`)}</p>
      <p class="links">${FORMAT_NAMES.map(
        (format) =>
          html`<a href="${openDataPath(name, format)}"><span class="unseen">${title}: </span>${format.toUpperCase()}</a>`,
      )}</p>
    </li>`;
    })}
  </ul>
</section>`;
