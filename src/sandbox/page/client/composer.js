// The lower edge of a phone: writing, attaching a photo, answering a post, sending.

import { find, make } from './dom.js';
import { send } from './net.js';
import { t } from './page.js';

/** @import { SandboxChannel, SandboxMessage } from '../page-data.ts' */

const FILE_MB_MAX = 8;
const SAMPLE = '/assets/photo.jpg';

/**
 * @typedef {object} Composer
 * @property {(message: SandboxMessage) => void} reply answers this post with the next message
 * @property {(text: string) => Promise<boolean>} say sends at once; whether it was taken
 * @property {(text: string) => Promise<boolean>} saySample the same, with the sample photo
 */

/**
 * @param {HTMLElement} root the phone
 * @param {SandboxChannel} channel
 * @param {string} from
 * @param {() => SandboxMessage | undefined} postForPhoto what a photo answers where it needs a post
 * @returns {Composer}
 */
export function composer(root, channel, from, postForPhoto) {
  const form = find(root, '.composer', HTMLFormElement);
  const field = find(form, 'textarea', HTMLTextAreaElement);
  const problem = find(root, '.problem', HTMLElement);
  const replying = find(form, '.replying', HTMLElement);
  const attached = find(form, '.attached', HTMLElement);
  const menu = form.querySelector('details');
  const fileInput = form.querySelector('input');
  /** @type {SandboxMessage | undefined} */
  let replyTo;
  /** @type {File | undefined} */
  let file;
  let busy = false;

  const setReply = (/** @type {SandboxMessage | undefined} */ message) => {
    replyTo = message;
    replying.hidden = message === undefined;
    find(replying, 'span', HTMLElement).textContent =
      message === undefined ? '' : t('sandbox.reply.to', { text: message.text });
  };

  const setFile = async (/** @type {File | undefined} */ chosen) => {
    file = chosen;
    attached.hidden = chosen === undefined;
    if (fileInput !== null) fileInput.value = '';
    if (chosen === undefined) return;
    find(attached, 'span', HTMLElement).textContent = chosen.name;
    await preview(find(attached, 'canvas', HTMLCanvasElement), chosen);
  };

  const complain = (/** @type {string | undefined} */ sentence) => {
    problem.hidden = sentence === undefined;
    problem.textContent = sentence ?? '';
  };

  const post = async (/** @type {string} */ text, /** @type {Blob | undefined} */ photo) => {
    if (busy) return false;
    busy = true;
    // A direct message on Bluesky carries no photo; the answer to a post does.
    const post = photo !== undefined && channel === 'bluesky' ? postForPhoto() : undefined;
    const answered = (replyTo ?? post)?.id;
    try {
      const answer = await send({
        channel,
        from,
        text,
        ...(photo === undefined ? {} : { media: [await encode(photo)] }),
        ...(answered === undefined ? {} : { replyTo: answered }),
      });
      complain('id' in answer ? undefined : (answer.error ?? t('sandbox.notSent')));
      if ('id' in answer) setReply(undefined);
      return 'id' in answer;
    } finally {
      busy = false;
    }
  };

  const sample = async () => (await fetch(SAMPLE)).blob();

  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text === '' && file === undefined) return;
    if (!(await post(text, file))) return;
    field.value = '';
    await setFile(undefined);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.querySelector('[data-cancel-reply]')?.addEventListener('click', () => {
    setReply(undefined);
    field.focus();
  });
  form.querySelector('[data-remove-file]')?.addEventListener('click', async () => {
    await setFile(undefined);
    field.focus();
  });

  form.querySelector('[data-sample]')?.addEventListener('click', async () => {
    menu?.removeAttribute('open');
    if (menu !== null) find(menu, 'summary', HTMLElement).focus();
    if (await post(field.value.trim(), await sample())) field.value = '';
  });
  fileInput?.addEventListener('change', async () => {
    const chosen = fileInput.files?.[0];
    menu?.removeAttribute('open');
    if (chosen === undefined) return;
    if (chosen.size > FILE_MB_MAX * 1024 * 1024) {
      complain(t('sandbox.attach.tooBig', { limit: FILE_MB_MAX }));
      fileInput.value = '';
      return;
    }
    complain(undefined);
    await setFile(chosen);
    field.focus();
  });
  menu?.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    menu.removeAttribute('open');
    find(menu, 'summary', HTMLElement).focus();
  });
  document.addEventListener('click', (event) => {
    if (event.target instanceof Node && menu?.contains(event.target)) return;
    menu?.removeAttribute('open');
  });

  return {
    reply: (message) => {
      setReply(message);
      field.focus();
    },
    say: (text) => post(text, undefined),
    saySample: async (text) => post(text, await sample()),
  };
}

/**
 * @param {Blob} blob
 * @returns {Promise<{ mediaType: string, base64: string }>}
 */
function encode(blob) {
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

/**
 * A row of things that can be said with one tap.
 * @param {HTMLElement} row
 * @param {HTMLTextAreaElement} field
 * @param {readonly { label: string, icon?: Node, act: () => void }[]} choices
 */
export function fillSuggestions(row, field, choices) {
  row.replaceChildren(
    ...choices.map((choice) => {
      const button = make('button', { type: 'button' }, choice.icon, choice.label);
      button.addEventListener('click', (event) => {
        choice.act();
        // The row is about to change under the focus; by keyboard one goes on in the field.
        // (Not by touch: that would open the keyboard of the screen.)
        if (event.detail === 0) field.focus();
      });
      return button;
    }),
  );
}
