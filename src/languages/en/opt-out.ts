/** Words of the law in English, and plain wishes to be left alone (channels.md, Opt-out). */
import type { OptOut } from '../language.ts';

const TEXTS = '(?:TEXTS?|MESSAGES?|MESSAGING|NOTIFICATIONS?|ALERTS?|SMS)';

export const optOut: OptOut = {
  stop: [
    ...['STOP', 'STOPALL', 'STOP ALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'CANCEL', 'REVOKE'],
    ...['OPTOUT', 'OPT OUT', 'REMOVE'],
  ],
  start: ['START', 'YES', 'UNSTOP'],
  help: ['HELP', 'INFO'],
  before: 'PLEASE|PLS|HEY|CAN YOU|COULD YOU|WOULD YOU',
  after: 'PLEASE|PLS|NOW|AGAIN|ANYMORE|ANY MORE|THANKS',
  whole: [
    `(?:STOP|UNSUBSCRIBE|CANCEL|QUIT|OPT OUT|REMOVE)(?: (?:STOP|IT|THIS|THESE|THE|ALL|YOUR|${TEXTS}))*`,
    '(?:STOP|QUIT) (?:TEXTING|MESSAGING|CONTACTING|BOTHERING|SPAMMING)(?: (?:ME|US|THIS NUMBER))?',
    'STOP SENDING (?:ME|US)(?: (?:STUFF|THINGS|THIS|THESE|ANYTHING))?',
    '(?:DO NOT|DON T|DONT|NEVER) (?:TEXT|MESSAGE|CONTACT)(?: (?:ME|US|THIS NUMBER))?',
    `REMOVE (?:ME|US|MY NUMBER|THIS NUMBER)(?: FROM (?:YOUR|THE|THIS) (?:LIST|SYSTEM|DATABASE|${TEXTS}))?`,
    'TAKE (?:ME|US|MY NUMBER) OFF(?: (?:OF )?(?:YOUR|THE|THIS) LIST)?',
    `NO MORE(?: OF)?(?: (?:YOUR|THESE))? ${TEXTS}`,
    'LEAVE ME ALONE',
  ],
  beginnings: [
    `STOP SENDING(?: (?:ME|US))?(?: (?:ANY|MORE|THESE|THOSE|YOUR|SO MANY|ALL|THE))* ${TEXTS}`,
    'UNSUBSCRIBE (?:ME|US|MY NUMBER|THIS NUMBER)',
    'OPT ME OUT',
    `I (?:WANT|WOULD LIKE|D LIKE|WISH) TO (?:OPT OUT|UNSUBSCRIBE|STOP (?:GETTING|RECEIVING) (?:.* )?${TEXTS})`,
    `I (?:DO NOT|DON T|DONT|NO LONGER) WANT(?: TO (?:GET|RECEIVE))?(?: (?:ANY|THESE|YOUR|MORE))* ${TEXTS}`,
  ],
};
