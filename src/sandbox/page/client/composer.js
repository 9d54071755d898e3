// The lower edge of a phone: writing, attaching a photo, answering a post, sending.

import { attachment, encode } from './attachment.js';
import { find, make } from './dom.js';
import { send } from './net.js';
import { t } from './page.js';

/** @import { SandboxChannel, SandboxMessage } from '../page-data.ts' */

const SAMPLE = '/assets/photo.jpg';

/**
 * @typedef {object} Composer
 * @property {(message: SandboxMessage) => void} reply answers this post with the next message
 * @property {(text: string) => Promise<boolean>} say sends at once; whether it was taken
 * @property {(text: string) => Promise<boolean>} saySample the same, with the sample photo
 */

/**
 * @param {HTMLElement} root the phone
 * @param {object} of
 * @param {SandboxChannel} of.channel
 * @param {string} of.from
 * @param {() => SandboxMessage | undefined} of.postForPhoto what a photo answers where it needs a post
 * @returns {Composer}
 */
export function composer(root, { channel, from, postForPhoto }) {
  const form = find(root, '.composer', HTMLFormElement);
  const field = find(form, 'textarea', HTMLTextAreaElement);
  const answering = replyLine(form);
  let busy = false;

  const complain = (/** @type {string | undefined} */ sentence) => {
    const problem = find(root, '.problem', HTMLElement);
    problem.hidden = sentence === undefined;
    problem.textContent = sentence ?? '';
  };

  const post = async (/** @type {string} */ text, /** @type {Blob | undefined} */ photo) => {
    if (busy) return false;
    busy = true;
    // A direct message on Bluesky carries no photo; the answer to a post does.
    const post = photo !== undefined && channel === 'bluesky' ? postForPhoto() : undefined;
    const answered = (answering.post() ?? post)?.id;
    try {
      const answer = await send({
        channel,
        from,
        text,
        ...(photo === undefined ? {} : { media: [await encode(photo)] }),
        ...(answered === undefined ? {} : { replyTo: answered }),
      });
      complain('id' in answer ? undefined : (answer.error ?? t('sandbox.notSent')));
      if ('id' in answer) answering.set(undefined);
      return 'id' in answer;
    } finally {
      busy = false;
    }
  };

  const saySample = async (/** @type {string} */ text) =>
    post(text, await (await fetch(SAMPLE)).blob());

  const photo = attachment(form, {
    complain,
    focus: () => field.focus(),
    sample: async () => {
      if (await saySample(field.value.trim())) field.value = '';
    },
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = field.value.trim();
    const file = photo.file();
    if (text === '' && file === undefined) return;
    if (!(await post(text, file))) return;
    field.value = '';
    await photo.set(undefined);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  return { reply: answering.set, say: (text) => post(text, undefined), saySample };
}

/**
 * The line that shows which post the next message answers.
 * @param {HTMLFormElement} form
 */
function replyLine(form) {
  const field = find(form, 'textarea', HTMLTextAreaElement);
  const line = find(form, '.replying', HTMLElement);
  /** @type {SandboxMessage | undefined} */
  let replyTo;
  const set = (/** @type {SandboxMessage | undefined} */ message) => {
    replyTo = message;
    line.hidden = message === undefined;
    find(line, 'span', HTMLElement).textContent =
      message === undefined ? '' : t('sandbox.reply.to', { text: message.text });
    if (message !== undefined) field.focus();
  };
  form.querySelector('[data-cancel-reply]')?.addEventListener('click', () => {
    set(undefined);
    field.focus();
  });
  return { post: () => replyTo, set };
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
