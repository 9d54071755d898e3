// The time in the city: shows it as it goes by, and moves it on.

import { find } from './dom.js';
import { advance, clockNow, comingTasks } from './net.js';
import { dayAndTime, t } from './page.js';

/** @import { ComingTask } from '../page-data.ts' */

const MINUTE_MS = 60_000;
const TICK_MS = 1000;

export function clockControl() {
  const root = find(document, '#clock', HTMLElement);
  const shown = find(root, '#clock-time', HTMLTimeElement);
  const toTask = find(root, '#clock-task', HTMLButtonElement);
  const problem = find(root, '#clock-problem', HTMLElement);
  const buttons = [...root.querySelectorAll('button')];
  /** How far (ms) the city's time is from this machine's; undefined until the city told it. */
  let apartMs = /** @type {number | undefined} */ (undefined);
  let coming = /** @type {readonly ComingTask[]} */ ([]);
  let isPassing = false;

  /** How long until a time (minutes), by the city's clock. */
  const minutesTo = (/** @type {string} */ iso) =>
    (Date.parse(iso) - Date.now() - (apartMs ?? 0)) / MINUTE_MS;
  /** The task that begins next. */
  const next = () => coming.find(({ startsAt }) => minutesTo(startsAt) > 0);

  const draw = () => {
    if (apartMs === undefined) return;
    const now = Date.now() + apartMs;
    const text = dayAndTime(now);
    if (shown.textContent !== text) {
      shown.textContent = text;
      shown.dateTime = new Date(now).toISOString();
    }
    drawNext(toTask, next());
    // Not `disabled`: that would take the focus away from those who press them by keyboard.
    for (const button of buttons) {
      const isOver = button === toTask && next() === undefined;
      button.setAttribute('aria-disabled', String(isPassing || isOver));
    }
  };

  const show = (/** @type {string} */ now) => {
    apartMs = Date.parse(now) - Date.now();
    draw();
  };

  /** Asks for the time, and for the tasks that are still to begin. */
  const sync = async () => {
    const [{ now }, tasks] = await Promise.all([clockNow(), comingTasks()]);
    coming = tasks;
    show(now);
  };

  /** Lets so many minutes go by; resolves when all that became due is done, or with what is wrong. */
  const pass = async (/** @type {number} */ minutes) => {
    if (apartMs === undefined || isPassing) return;
    isPassing = true;
    problem.hidden = true;
    root.setAttribute('aria-busy', 'true');
    draw();
    const answer = await advance(minutes).catch(() => ({ error: undefined }));
    isPassing = false;
    root.removeAttribute('aria-busy');
    if ('now' in answer) show(answer.now);
    else {
      problem.textContent = answer.error ?? t('sandbox.clock.failed');
      problem.hidden = false;
    }
    draw();
  };

  for (const button of buttons) {
    button.addEventListener('click', () => {
      const task = next();
      if (button !== toTask) void pass(Number(button.dataset['minutes']));
      else if (task !== undefined) void pass(Math.ceil(minutesTo(task.startsAt)));
    });
  }
  setInterval(draw, TICK_MS);

  return {
    show,
    sync,
    pass,
    /** How long until a task begins (minutes); undefined when it has begun, or there is none. */
    minutesToTask: (/** @type {string} */ number) => {
      const task = coming.find((each) => String(each.number) === number);
      const minutes = task === undefined ? 0 : minutesTo(task.startsAt);
      return minutes > 0 ? minutes : undefined;
    },
  };
}

/** Names the task that the button goes to; when none is left it stays as it was. @param {HTMLElement} button @param {ComingTask | undefined} task */
function drawNext(button, task) {
  if (task === undefined) return;
  const { number } = task;
  const name = t('sandbox.clock.task', { number });
  if (button.ariaLabel === name && !button.hidden) return;
  button.ariaLabel = name;
  find(button, '.clock-short', HTMLElement).textContent = t('sandbox.clock.task.short', { number });
  find(button, '.clock-long', HTMLElement).textContent = name;
  button.hidden = false;
}
