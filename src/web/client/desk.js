// The desk without it works too: this adds keys for the review, and patience for a slow line at the
// counter.

const RETRY_MS = 2000;
const ANSWER_MS_MAX = 8000;

/** Is somebody writing, so that a letter is a letter? */
const isWriting = (/** @type {EventTarget | null} */ target) =>
  target instanceof HTMLElement && target.matches('input, textarea, select');

/** Is it a field that says nothing? */
const isEmpty = (/** @type {HTMLElement | null} */ field) =>
  (field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) &&
  field.value.trim() === '';

/** A, R and U press their buttons; the arrows go to what waits before and behind. */
function listenToKeys() {
  if (document.querySelector('[data-key]') === null) return;
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isField = isWriting(event.target);
    if (event.key === 'Escape' && isField) document.querySelector('main')?.focus();
    if (isField) return;
    const rel = { ArrowLeft: 'prev', ArrowRight: 'next' }[event.key];
    const link = rel && document.querySelector(`a[rel="${rel}"]`);
    if (link instanceof HTMLElement) link.click();
    const key = event.key.toLowerCase();
    const button = /^[a-z]$/.test(key) && document.querySelector(`button[data-key="${key}"]`);
    if (!(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const needs = button.dataset.needs?.split(' ').map((id) => document.getElementById(id)) ?? [];
    if (needs.length > 0 && needs.every(isEmpty)) needs[0]?.focus();
    else button.click();
  });
}

/** What can no longer be taken back offers no button for it. */
function endUndo() {
  for (const row of document.querySelectorAll('[data-left-ms]')) {
    if (!(row instanceof HTMLElement)) continue;
    setTimeout(() => row.querySelector('form')?.remove(), Number(row.dataset.leftMs));
  }
}

/**
 * Asks until there is an answer, always with the same token, so that a code is used once. Until then
 * the page says that nobody knows yet, and never an old answer.
 */
function askPatiently() {
  const form = document.querySelector('form[data-counter]');
  const notSure = document.getElementById('not-sure');
  const verdict = document.getElementById('verdict');
  if (!(form instanceof HTMLFormElement) || notSure === null) return;
  let isAsking = false;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) body.append(name, String(value));
    verdict?.replaceChildren();
    const slow = setTimeout(say, RETRY_MS);
    for (;;) {
      const answer = await ask(body);
      if (answer !== undefined) {
        clearTimeout(slow);
        location.assign(answer);
        return;
      }
      say();
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  });

  function say() {
    if (notSure === null || !notSure.hidden) return;
    notSure.hidden = false;
    notSure.textContent = JSON.parse(document.body.dataset.page ?? '{}').notSure;
  }

  /** The address of the answer; undefined where none came. */
  async function ask(/** @type {URLSearchParams} */ body) {
    if (!(form instanceof HTMLFormElement)) return undefined;
    try {
      const signal = AbortSignal.timeout(ANSWER_MS_MAX);
      const response = await fetch(form.action, { method: 'POST', body, signal });
      if (response.status >= 500 || response.status === 429) return undefined;
      // What was not done, as when the session is over, is said by the page itself.
      return response.redirected ? response.url : location.pathname;
    } catch {
      return undefined;
    }
  }
}

listenToKeys();
endUndo();
askPatiently();
