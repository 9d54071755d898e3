// What the server wrote into the page for its scripts, and the texts in the page's language.

/**
 * @typedef {object} PageData
 * @property {string} language
 * @property {string} timeZone of the city
 * @property {string} pds
 * @property {string} did
 * @property {{ resident: string, organizer: string, redeemer: string }} guide keys of phones
 * @property {Record<string, string>} texts
 */

/** @type {PageData} */
export const page = JSON.parse(document.body.dataset['page'] ?? '{}');

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export const t = (key, values = {}) =>
  (page.texts[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));

/** Whether the language has this text. @param {string} key */
export const has = (key) => key in page.texts;

const { language, timeZone } = page;
const clock = new Intl.DateTimeFormat(language, { timeZone, hour: '2-digit', minute: '2-digit' });
const days = new Intl.DateTimeFormat(language, {
  timeZone,
  weekday: 'long',
  day: 'numeric',
  month: 'long',
});
const calendar = new Intl.DateTimeFormat(language, {
  timeZone,
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: 'numeric',
  minute: '2-digit',
});

/** Hours and minutes of an ISO time, as the city's clocks show them. @param {string} iso */
export const time = (iso) => clock.format(new Date(iso));

/** The day of an ISO time, likewise. @param {string} iso */
export const day = (iso) => days.format(new Date(iso));

/** Day, hours and minutes of a time (ms), likewise. @param {number} ms */
export const dayAndTime = (ms) => calendar.format(new Date(ms));
