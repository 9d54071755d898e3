// The time in the city: shows it as it goes by, and moves it on.

import { find } from './dom.js';
import { advance, clockNow, taskOf } from './net.js';
import { dayAndTime, t } from './page.js';

const MINUTE_MS = 60_000;
const TICK_MS = 1000;
/** Its start is what the third button goes to. */
const TASK = 1;

export function clockControl() {
  const root = find(document, '#clock', HTMLElement);
  const shown = find(root, '#clock-time', HTMLTimeElement);
  const toTask = find(root, '#clock-task', HTMLButtonElement);
  const problem = find(root, '#clock-problem', HTMLElement);
  const buttons = [...root.querySelectorAll('button')];
  /** How far (ms) the city's time is from this machine's; undefined until the city told it. */
  let apartMs = /** @type {number | undefined} */ (undefined);
  let taskStartsAt = Number.NEGATIVE_INFINITY;
  let isPassing = false;

  const draw = () => {
    if (apartMs === undefined) return;
    const now = Date.now() + apartMs;
    const text = dayAndTime(now);
    if (shown.textContent !== text) {
      shown.textContent = text;
      shown.dateTime = new Date(now).toISOString();
    }
    // Not `disabled`: that would take the focus away from those who press them by keyboard.
    for (const button of buttons) {
      const isOver = button === toTask && taskStartsAt <= now;
      button.setAttribute('aria-disabled', String(isPassing || isOver));
    }
  };

  const show = (/** @type {string} */ now) => {
    apartMs = Date.parse(now) - Date.now();
    draw();
  };

  /** Asks for the time, and when the task starts: it may have been changed. */
  const sync = async () => {
    const [{ now }, task] = await Promise.all([clockNow(), taskOf(TASK).catch(() => undefined)]);
    taskStartsAt = task === undefined ? Number.NEGATIVE_INFINITY : Date.parse(task.startsAt);
    show(now);
    return Math.ceil((taskStartsAt - Date.parse(now)) / MINUTE_MS);
  };

  const moveOn = async (/** @type {HTMLButtonElement} */ button) => {
    try {
      return await advance(button === toTask ? await sync() : Number(button.dataset['minutes']));
    } catch {
      return { error: undefined };
    }
  };

  const press = async (/** @type {HTMLButtonElement} */ button) => {
    if (apartMs === undefined || button.getAttribute('aria-disabled') === 'true') return;
    isPassing = true;
    problem.hidden = true;
    root.setAttribute('aria-busy', 'true');
    draw();
    const answer = await moveOn(button);
    isPassing = false;
    root.removeAttribute('aria-busy');
    if ('now' in answer) show(answer.now);
    else {
      problem.textContent = answer.error ?? t('sandbox.clock.failed');
      problem.hidden = false;
    }
    draw();
  };

  for (const button of buttons) button.addEventListener('click', () => void press(button));
  setInterval(draw, TICK_MS);

  return { show, sync };
}
