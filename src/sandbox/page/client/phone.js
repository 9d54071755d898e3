// One phone: its messages, what can be tapped, and what it remembers for the guide.

import { composer, fillSuggestions } from './composer.js';
import { find, icon, make } from './dom.js';
import { drawMessage } from './message.js';
import { day, t } from './page.js';
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

  const write = composer(root, {
    channel,
    from: person,
    postForPhoto: () => postForPhoto(messages),
  });
  const drawing = {
    channel,
    person: name,
    bot,
    choose: (/** @type {string} */ text) => void write.say(text),
    reply: write.reply,
    openRecord,
  };

  const suggest = () => {
    const chips = chipsFor(messages, { channel, role }).map(({ label, send }) => ({
      label,
      act: () => void write.say(send),
    }));
    const sample = {
      label: t('sandbox.attach.sample'),
      icon: icon('photo'),
      act: () => void write.saySample(''),
    };
    const isPhotoDue = role === 'resident' && owesPhoto(messages);
    fillSuggestions(suggestions, field, isPhotoDue ? [...chips, sample] : chips);
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
        const message = inItsPlace(each, messages);
        known.add(message.id);
        const last = messages.at(-1);
        if (last !== undefined && day(last.at) !== day(message.at)) list.append(newDay(message));
        if (channel === 'bluesky' && isFirstPrivate(message, messages)) list.append(divider());
        list.append(drawMessage(message, drawing));
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

/**
 * What can be said with one tap: the first words, then what the city offered since the person spoke.
 * @param {readonly SandboxMessage[]} messages
 * @param {{ channel: SandboxChannel, role: string }} phone
 */
function chipsFor(messages, { channel, role }) {
  const words = messages.length === 0 ? t(`sandbox.start.${role}`).split('|') : [];
  const spoke = messages.findLastIndex(({ direction }) => direction === 'in');
  const offered = messages.slice(spoke + 1).findLast(({ choices }) => choices.length > 0);
  // On Telegram the choices are buttons under the message.
  return [
    ...words.map((word) => ({ label: word, send: word })),
    ...(channel === 'telegram' ? [] : (offered?.choices ?? [])),
  ];
}

/** Whether they joined a task and sent no photo since. @param {readonly SandboxMessage[]} messages */
function owesPhoto(messages) {
  const last = (/** @type {(message: SandboxMessage) => boolean} */ is) =>
    messages.findLastIndex((message) => message.direction === 'in' && is(message));
  return last(({ text }) => JOINED.test(text)) > last(({ pictures = [] }) => pictures.length > 0);
}

/**
 * An answer to what everybody sees is seen by everybody as well.
 * @param {SandboxMessage} message
 * @param {readonly SandboxMessage[]} before
 */
function inItsPlace(message, before) {
  const answered = before.find(({ id }) => id === message.replyTo);
  return message.public === undefined && answered?.public === true
    ? { ...message, public: true }
    : message;
}

/**
 * On Bluesky private and public alternate in one place, so each change is written out.
 * @param {SandboxMessage} message
 * @param {readonly SandboxMessage[]} before
 */
const isFirstPrivate = (message, before) => {
  const last = before.at(-1);
  return message.public !== true && (last === undefined || last.public === true);
};

/** Hours and minutes alone would not tell it. @param {SandboxMessage} message */
const newDay = ({ at }) => make('li', { class: 'divider day' }, day(at));

const divider = () => make('li', { class: 'divider' }, icon('lock'), t('sandbox.private'));

/** @typedef {ReturnType<typeof phone>} Phone */
