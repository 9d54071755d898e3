// Draws one message in the look of its channel.

import { icon, linked, make } from './dom.js';
import { t, time } from './page.js';

/** @import { SandboxChannel, SandboxMessage } from '../page-data.ts' */

/**
 * @typedef {object} Drawing
 * @property {SandboxChannel} channel
 * @property {string} person the name of the phone's owner
 * @property {string} bot the name of the bot
 * @property {(text: string) => void} choose
 * @property {(message: SandboxMessage) => void} reply
 * @property {(uri: string) => void} openRecord
 */

/**
 * @param {SandboxMessage} message
 * @param {Drawing} drawing
 * @returns {HTMLLIElement}
 */
export function drawMessage(message, drawing) {
  const inThread = message.public === true && drawing.channel !== 'sms';
  const item = make('li', {
    class: `message ${message.direction}${inThread ? ' post' : ''}`,
    'data-id': message.id,
  });
  if (inThread) item.append(author(message, drawing));
  const bubble = make('div', { class: 'bubble' });
  bubble.append(...pictures(message));
  if (message.text !== '') {
    bubble.append(
      make('p', { class: 'text', dir: 'auto' }, linked(message.text, drawing.openRecord)),
    );
  }
  bubble.append(foot(message, drawing));
  item.append(bubble);
  if (drawing.channel === 'telegram') item.append(...buttons(message, drawing));
  if (inThread && message.direction === 'out') item.append(replyButton(message, drawing));
  return item;
}

/** @param {SandboxMessage} message */
function pictures(message) {
  return (message.pictures ?? [])
    .filter((url) => url.startsWith('/sandbox/'))
    .map((url) =>
      make('img', {
        src: url,
        alt: t('sandbox.photo'),
        class: 'picture',
        width: '240',
        height: '180',
      }),
    );
}

/**
 * @param {SandboxMessage} message
 * @param {Drawing} drawing
 */
function author(message, drawing) {
  const name = message.direction === 'out' ? drawing.bot : drawing.person;
  const place = drawing.channel === 'telegram' ? t('sandbox.channelPost') : t('sandbox.public');
  return make(
    'div',
    { class: 'author' },
    make('span', { class: 'author-face', 'aria-hidden': 'true' }, name.slice(0, 1)),
    make('span', { class: 'author-name' }, name),
    make('span', { class: 'author-place' }, icon('globe'), place),
  );
}

/**
 * @param {SandboxMessage} message
 * @param {Drawing} drawing
 */
function foot(message, drawing) {
  const line = make('p', { class: 'foot-line' });
  if (message.segments !== undefined && message.direction === 'out') {
    const key = message.segments === 1 ? 'sandbox.segments.one' : 'sandbox.segments.many';
    const values = { count: message.segments, encoding: message.encoding ?? '' };
    line.append(make('span', { class: 'segments' }, t(key, values)));
  }
  line.append(make('time', { datetime: message.at }, time(message.at)));
  if (drawing.channel === 'telegram' && message.direction === 'in') line.append(icon('check'));
  return line;
}

/**
 * @param {SandboxMessage} message
 * @param {Drawing} drawing
 */
function buttons(message, drawing) {
  if (message.choices.length === 0) return [];
  const row = make('div', { class: 'inline-buttons' });
  for (const choice of message.choices) {
    const button = make('button', { type: 'button' }, choice.label);
    button.addEventListener('click', () => drawing.choose(choice.send));
    row.append(button);
  }
  return [row];
}

/**
 * @param {SandboxMessage} message
 * @param {Drawing} drawing
 */
function replyButton(message, drawing) {
  const button = make(
    'button',
    { type: 'button', class: 'reply' },
    icon('reply'),
    t('sandbox.reply'),
  );
  button.addEventListener('click', () => drawing.reply(message));
  return button;
}
