// The photo that goes with the next message: choosing it, showing it, reading it.

import { find } from './dom.js';
import { t } from './page.js';

const FILE_MB_MAX = 8;

/**
 * @typedef {object} Attachment
 * @property {() => File | undefined} file
 * @property {(chosen: File | undefined) => Promise<void>} set
 */

/**
 * @param {HTMLFormElement} form
 * @param {object} on
 * @param {() => void} on.focus moves the focus to where the person writes
 * @param {() => Promise<void>} on.sample sends the sample photo
 * @param {(sentence: string | undefined) => void} on.complain
 * @returns {Attachment}
 */
export function attachment(form, on) {
  const attached = find(form, '.attached', HTMLElement);
  const menu = form.querySelector('details');
  const input = form.querySelector('input');
  /** @type {File | undefined} */
  let file;

  const set = async (/** @type {File | undefined} */ chosen) => {
    file = chosen;
    attached.hidden = chosen === undefined;
    if (input !== null) input.value = '';
    if (chosen === undefined) return;
    find(attached, 'span', HTMLElement).textContent = chosen.name;
    await preview(find(attached, 'canvas', HTMLCanvasElement), chosen);
  };

  form.querySelector('[data-remove-file]')?.addEventListener('click', async () => {
    await set(undefined);
    on.focus();
  });
  form.querySelector('[data-sample]')?.addEventListener('click', async () => {
    if (menu !== null) closeMenu(menu);
    await on.sample();
  });
  input?.addEventListener('change', async () => {
    const chosen = input.files?.[0];
    menu?.removeAttribute('open');
    if (chosen === undefined) return;
    if (chosen.size > FILE_MB_MAX * 1024 * 1024) {
      on.complain(t('sandbox.attach.tooBig', { limit: FILE_MB_MAX }));
      input.value = '';
      return;
    }
    on.complain(undefined);
    await set(chosen);
    on.focus();
  });
  menu?.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeMenu(menu);
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && menu?.contains(event.target)) return;
    menu?.removeAttribute('open');
  });
  return { file: () => file, set };
}

/** @param {HTMLDetailsElement} menu */
function closeMenu(menu) {
  menu.removeAttribute('open');
  find(menu, 'summary', HTMLElement).focus();
}

/**
 * @param {Blob} blob
 * @returns {Promise<{ mediaType: string, base64: string }>}
 */
export function encode(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onerror = () => reject(new Error('The file could not be read', { cause: reader.error }));
    reader.onload = () => {
      const url = String(reader.result);
      const mediaType = blob.type === '' ? 'application/octet-stream' : blob.type;
      resolve({ mediaType, base64: url.slice(url.indexOf(',') + 1) });
    };
    reader.readAsDataURL(blob);
  });
}

/**
 * Draws the file small; what is not a picture stays blank, and the bot will say so.
 * @param {HTMLCanvasElement} canvas
 * @param {File} file
 */
async function preview(canvas, file) {
  const context = canvas.getContext('2d');
  context?.clearRect(0, 0, canvas.width, canvas.height);
  try {
    const bitmap = await createImageBitmap(file);
    const side = Math.min(bitmap.width, bitmap.height);
    const left = (bitmap.width - side) / 2;
    const top = (bitmap.height - side) / 2;
    context?.drawImage(bitmap, left, top, side, side, 0, 0, canvas.width, canvas.height);
    bitmap.close();
  } catch {
    canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
  }
}
