/** The time in the city, and the buttons that move it on. */
import { html, raw } from 'hono/html';
import type { Translate } from '../../languages/pages.ts';
import type { Html } from '../../web/html.ts';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** `next` is the number of the task that begins next; without one there is no button that goes to it. */
export const clockControl = (t: Translate, next: number | undefined): Html => {
  const number = next ?? '';
  return html`
<section class="clock" id="clock" aria-label="${t('sandbox.clock')}">
  <p class="clock-now"><span class="clock-name">${t('sandbox.clock')}</span> <time id="clock-time">&nbsp;</time></p>
  <div class="clock-buttons">
    <button type="button" class="quiet" data-minutes="${HOUR_MINUTES}">${t('sandbox.clock.hour')}</button>
    <button type="button" class="quiet" data-minutes="${DAY_MINUTES}">${t('sandbox.clock.day')}</button>
    <button type="button" class="quiet" id="clock-task" aria-label="${t('sandbox.clock.task', { number })}" aria-disabled="true"${next === undefined ? raw(' hidden') : ''}><span class="clock-short">${t('sandbox.clock.task.short', { number })}</span><span class="clock-long">${t('sandbox.clock.task', { number })}</span></button>
  </div>
  <p class="clock-problem" id="clock-problem" role="alert" hidden></p>
</section>`;
};
