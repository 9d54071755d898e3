// One phone: its messages, what can be tapped, and what it remembers for the guide.

import { composer, fillSuggestions } from './composer.js';
import { find, icon, make } from './dom.js';
import { drawMessage } from './message.js';
import { t } from './page.js';
import { postForPhoto } from './posts.js';

/** @import { SandboxChannel, SandboxMessage } from '../page-data.ts' */

const MESSAGES_SHOWN_MAX = 300;
/** Somebody who scrolled up further than this is reading, and is not pulled down. */
const NEAR_END_PX = 120;
const JOINED = /^\/?(?:join|unirme)\b/i;

/** @param {unknown} channel @returns {SandboxChannel} */
const channelOf = (channel) => (channel === 'telegram' || channel === 'bluesky' ? channel : 'sms');

/**
 * @param {HTMLElement} root
 * @param {(uri: string) => void} openRecord
 */
export function phone(root, openRecord) {
  const { person = '', role = '', name = '' } = root.dataset;
  const channel = channelOf(root.dataset['channel']);
  const list = find(root, '.messages', HTMLOListElement);
  const field = find(root, 'textarea', HTMLTextAreaElement);
  const suggestions = find(root, '.suggestions', HTMLElement);
  const bot = find(root, '.bar strong', HTMLElement).textContent;
  /** @type {SandboxMessage[]} */
  const messages = [];
  const known = new Set();

  const write = composer(root, channel, person, () => postForPhoto(messages));
  const drawing = {
    channel,
    person: name,
    bot,
    choose: (/** @type {string} */ text) => void write.say(text),
    reply: write.reply,
    openRecord,
  };

  /** What the city offered since this person last spoke. */
  const offered = () => {
    const spoke = messages.findLastIndex((each) => each.direction === 'in');
    return messages.slice(spoke + 1).findLast((each) => each.choices.length > 0)?.choices ?? [];
  };

  /** An answer to what everybody sees is seen by everybody as well. */
  const inItsPlace = (/** @type {SandboxMessage} */ message) => {
    const answered = messages.find(({ id }) => id === message.replyTo);
    return message.public === undefined && answered?.public === true
      ? { ...message, public: true }
      : message;
  };

  /** On Bluesky private and public alternate in one place, so each change is written out. */
  const divider = (/** @type {SandboxMessage} */ message) => {
    const before = messages.at(-1);
    if (channel !== 'bluesky' || message.public === true) return [];
    if (before !== undefined && before.public !== true) return [];
    return [make('li', { class: 'divider' }, icon('lock'), t('sandbox.private'))];
  };

  const suggest = () => {
    const words = messages.length === 0 ? t(`sandbox.start.${role}`).split('|') : [];
    const chips = [
      ...words.map((word) => ({ label: word, send: word })),
      ...(channel === 'telegram' ? [] : offered()),
    ].map(({ label, send }) => ({ label, act: () => void write.say(send) }));
    const joined = messages.findLastIndex(
      ({ direction, text }) => direction === 'in' && JOINED.test(text),
    );
    const shown = messages.findLastIndex(
      ({ direction, pictures = [] }) => direction === 'in' && pictures.length > 0,
    );
    const sample = {
      label: t('sandbox.attach.sample'),
      icon: icon('photo'),
      act: () => void write.saySample(''),
    };
    fillSuggestions(
      suggestions,
      field,
      role === 'resident' && joined > shown ? [...chips, sample] : chips,
    );
  };

  suggest();

  // The keyboard of a screen, a chosen file or a long text take room from the messages: whoever
  // was at their end stays there.
  let atEnd = true;
  list.addEventListener('scroll', () => {
    atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  });
  new ResizeObserver(() => {
    if (atEnd) list.scrollTop = list.scrollHeight;
  }).observe(list);

  return {
    root,
    channel,
    person,
    name,
    key: `${channel} ${person}`,
    messages,
    say: write.say,
    saySample: write.saySample,
    lastId: () => messages.at(-1)?.id,

    /**
     * Shows what is new among these; tells what that was.
     * @param {readonly SandboxMessage[]} incoming in order of time
     */
    add(incoming) {
      const fresh = incoming.filter(({ id }) => !known.has(id));
      if (fresh.length === 0) return fresh;
      list.querySelector('.nothing')?.remove();
      for (const each of fresh) {
        const message = inItsPlace(each);
        known.add(message.id);
        list.append(...divider(message), drawMessage(message, drawing));
        messages.push(message);
      }
      while (list.childElementCount > MESSAGES_SHOWN_MAX) list.firstElementChild?.remove();
      const own = fresh.some(({ direction }) => direction === 'in');
      if (own || atEnd) {
        list.scrollTop = list.scrollHeight;
        atEnd = true;
      }
      suggest();
      return fresh;
    },
  };
}

/** @typedef {ReturnType<typeof phone>} Phone */
