// On a narrow screen the phones lie side by side to be swiped; the tabs lead to each of them.

import { find } from './dom.js';

/** @param {ReadonlyMap<string, HTMLElement>} panels by the key of their tab */
export function tabs(panels) {
  const bar = find(document, '#tabs', HTMLElement);
  const row = find(bar, '#tabs-row', HTMLElement);
  const stage = find(document, '#stage', HTMLElement);
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  /** @type {Map<string, HTMLButtonElement>} */
  const buttons = new Map();
  for (const button of bar.querySelectorAll('button')) {
    buttons.set(button.dataset['target'] ?? '', button);
  }

  /** What lies in the row: a phone in the drawer lies there with its drawer. */
  const place = (/** @type {HTMLElement} */ panel) => panel.closest('details') ?? panel;

  const isNarrow = () => getComputedStyle(bar).display !== 'none';

  const mark = (/** @type {string} */ key) => {
    for (const [each, button] of buttons) {
      if (each !== key) button.removeAttribute('aria-current');
      else {
        button.setAttribute('aria-current', 'true');
        dot(button).hidden = true;
        // Sideways only: the page itself must not move.
        const left = button.offsetLeft - (row.clientWidth - button.offsetWidth) / 2;
        row.scrollTo({ left, behavior: still.matches ? 'auto' : 'smooth' });
      }
    }
  };

  const dot = (/** @type {HTMLElement} */ button) => find(button, '.dot', HTMLElement);

  const show = (/** @type {string} */ key) => {
    const panel = panels.get(key);
    if (panel === undefined) return;
    const drawer = panel.closest('details');
    if (drawer !== null) drawer.open = true;
    const behavior = still.matches ? 'auto' : 'smooth';
    if (isNarrow()) {
      const left = place(panel).offsetLeft;
      stage.scrollTo({ left, behavior });
    } else {
      panel.scrollIntoView({ block: 'nearest', behavior });
    }
  };

  const seen = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        const key = [...panels].find(([, panel]) => place(panel) === entry.target)?.[0];
        if (entry.isIntersecting && key !== undefined) mark(key);
      }
    },
    { root: stage, threshold: 0.6 },
  );
  for (const panel of panels.values()) seen.observe(place(panel));
  bar.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    if (button !== null) show(button.dataset['target'] ?? '');
  });

  return {
    show,
    /** Marks a tab whose panel has news and is not in view. @param {string} key */
    news: (key) => {
      const button = buttons.get(key);
      if (button !== undefined && button.getAttribute('aria-current') === null) {
        dot(button).hidden = false;
      }
    },
  };
}
