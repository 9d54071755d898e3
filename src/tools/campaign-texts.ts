/** What a carrier asks for when a campaign is registered, from the texts that really go out. */

import { announcement } from '../conversation/announcement.ts';
import { speechIn } from '../conversation/speech.ts';
import type { City } from '../domain/city.ts';
import { LANGUAGES, nameInEnglish } from '../languages/index.ts';
import type { Language } from '../languages/language.ts';
import { createTexts } from '../languages/texts.ts';
import { HOUR_MS } from '../lib/clock.ts';
import { toGsm7 } from '../lib/gsm7.ts';
import { smsSegments } from '../lib/sms-pieces.ts';

/** A Saturday morning, for a sample. */
const SAMPLE_AT = Date.UTC(2026, 10, 28, 17);
const SAMPLE_CREDITS = 20;

/** Everything for one language: opt-in, samples, help and stop. */
function textsIn(city: City, language: Language): string {
  const texts = createTexts(city, LANGUAGES);
  const speech = speechIn(texts, language, SAMPLE_AT);
  const say: typeof speech.say = (key, params) => texts.say(language, key, params);
  const { operator, contact, name } = city;
  const task = {
    id: 12,
    title: say('sample.title'),
    place: say('sample.place'),
    credits: SAMPLE_CREDITS,
    slots: 10,
    taken: 0,
    state: 'open' as const,
    reason: '',
    sequence: 0,
    isAnyTime: 0,
    startsAt: SAMPLE_AT,
    endsAt: SAMPLE_AT + 2 * HOUR_MS,
  };
  const samples: readonly (readonly [string, string])[] = [
    [
      'Opt-in question, the answer to any first text',
      say('hello.ask', { city: name, channel: 'sms' }),
    ],
    ['Opt-in confirmation, after OK', say('hello.joined', { city: name, channel: 'sms' })],
    [
      'Sample: a new task, to those who asked for such texts',
      `${announcement(speech, task, operator, SAMPLE_AT).text} ${say('way-out.full')}`,
    ],
    [
      'Sample: work was approved',
      say('approve.told', {
        title: task.title,
        credits: speech.credits(SAMPLE_CREDITS),
        hasNote: 'no',
        note: '',
      }),
    ],
    ['Answer to HELP', say('help.stranger', { city: name, operator, contact })],
    ['Answer to STOP', say('stop.stopped', { city: name })],
  ];
  return samples
    .map(([title, text]) => {
      const plain = toGsm7(text);
      const segments = smsSegments(plain);
      return `${title} (${segments === 1 ? '1 segment' : `${segments} segments`}):\n${plain}\n`;
    })
    .join('\n');
}

/** The whole form, as text to copy from. */
export function campaignTexts(city: City): string {
  const { name, operator, contact, languages, contactHours } = city;
  const [alerts, ...others] = LANGUAGES.map(({ words }) => words.alerts[0]);
  return `Brand: ${operator}
Program: City/Sync ${name}
Contact for help: ${contact}

Use case: mixed (account notifications, public service announcements)

Description:
Residents of ${name} take part in volunteer tasks of local organizations and earn civic credits, which give access to offers of local businesses. Texts answer what a resident writes, tell the outcome of a review, and announce new tasks to those who asked for that.

How people opt in:
A resident sees the number on a flyer or a page and texts any word to it. The first answer asks for consent, and nothing else is sent before the resident has replied OK. Announcements of tasks need a second wish: the word ${alerts}${others.length > 0 ? ` (${others.join(', ')})` : ''}. Consent, its time and its exact wording are kept (npm run consents).

How people opt out:
STOP, END, CANCEL, UNSUBSCRIBE, QUIT and further words in ${LANGUAGES.map(({ tag }) => nameInEnglish(tag)).join(' and ')}, or a plain wish, at any time and in the middle of anything. One confirmation, then nothing until START.

Frequency: varies; about two texts for each step that a resident takes. Messages that nobody asked for are sent from ${contactHours.from}:00 to ${contactHours.to}:00 in the city's time zone only.
Links in messages: only to the city's own pages. Phone numbers in messages: none. Age-gated content, lending, lead generation: no.
${languages.map((language) => `\n== ${nameInEnglish(language)} ==\n\n${textsIn(city, language)}`).join('')}`;
}
