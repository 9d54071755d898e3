/** How dates are written and read in English. */
import { enUS } from 'date-fns/locale/en-US';
import type { Dates, Rule } from '../language.ts';
import { numberWords, word } from '../rule.ts';

const UNITS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ');
const TEENS = 'thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const NTHS = 'first second third fourth fifth sixth seventh eighth ninth'.split(' ');
const LATER_NTHS = [
  ...'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth'.split(' '),
  ...['eighteenth', 'nineteenth', 'twentieth'],
];
const HOUR = `(?:${UNITS.join('|')})`;

const NUMBERS: readonly Rule[] = [
  // 'Five to seven' is 6:55, or from five to seven.
  [new RegExp(`(?<!\\b(?:from|between) )\\b(?:five|ten) to (?=${HOUR}\\b)`, 'g'), 'unclear '],
  [new RegExp(`\\b(${HOUR}) (?=(?:ten|fifteen|twenty|thirty|forty|fifty)\\b)`, 'g'), '$1:'],
  [word('thirty[ -]first'), '31st'],
  ...numberWords(
    NTHS.map((name) => `twenty[ -]${name}`),
    21,
    'th',
  ),
  ...numberWords([...NTHS, ...LATER_NTHS], 1, 'th'),
  ...['twenty', 'thirty', 'forty', 'fifty'].flatMap((ten, at) => [
    ...numberWords(
      UNITS.slice(0, 9).map((name) => `${ten}[ -]?${name}`),
      10 * at + 21,
    ),
    ...numberWords([ten], 10 * at + 20),
  ]),
  ...numberWords([...UNITS, ...TEENS], 1),
  [/\ban? (?=(?:hour|minute|day|week|month|quarter)\b)/g, '1 '],
  [/(\d),(?=\d hour)/g, '$1.'],
];

const zone = (name: string, letter: string): Rule => [
  word(`${letter}t|${letter}[sd]t|${name}(?: (?:standard|daylight))?(?: time)?`),
  name,
];

const RULES: readonly Rule[] = [
  [word('tues'), 'tuesday'],
  [word('weds'), 'wednesday'],
  [word('thurs?'), 'thursday'],
  [word('sept'), 'september'],
  ...[zone('pacific', 'p'), zone('mountain', 'm'), zone('central', 'c'), zone('eastern', 'e')],
  [/\b(?:utc|gmt)(?=(?:-| and )\d)|(?<=\dt [\d:]{5,8})-(?=\d\d:)/g, ' unclear '],
  [/(?<=\d)z\b|\bgmt\b/g, ' utc'],
  [word('(?:california|west coast) time'), 'pacific'],
  [word('(?:new york|east coast) time'), 'eastern'],
  [word('mexico(?: city)? time'), 'mexico'],
  [word('(?:local|our) time|please|pls|thanks|sharp|exactly|rain or shine'), ''],
  [/(?<!\bfor )\b(?:around|about|approximately) (?=\d|noon)/g, 'at '],
  [word('about|starting|starts|beginning|begins'), ''],
  // Lengths of time.
  [word('mins?'), 'minutes'],
  [word('half (?:an|1) hour'), '30 minutes'],
  [/\b(\d+) (?:hours? and (?:a )?half|and (?:a )?half hours?)\b/g, '$1.5 hours'],
  [word('(?:a )?couple(?: of)? hours'), '2 hours'],
  [word('lasting'), 'for'],
  [/(?<!\b(?:in|for) )\b(\d{4}|1[3-9]|2[0-4]) hours\b/g, '$1h'],
  // Times of day.
  [/\bhalf past (?=\d|noon|mid)/g, '30 past '],
  [/\b(?:1 )?quarter (?:past|after) (?=\d|noon|mid)/g, '15 past '],
  [/\b(?:1 )?quarter (?:to|of|before|till?) (?=\d|noon|mid)/g, '15 before '],
  [/\b(\d{1,2}) (?:minutes )?(?:past|after) (?=\d)/g, '$1 past '],
  [/\b(\d{1,2}) minutes (?:to|before|till?) (?=\d)/g, '$1 before '],
  [/(?<!\bfrom )\b(20|25) to (?=(?:[1-9]|1[0-2])\b(?!:))/g, '$1 before '],
  [/\b(\d{1,2}(?::\d\d)?) ?o ?clock(?: ([ap]m)\b)?/g, 'at $1$2'],
  [word('(?:12(?::00)?(?:pm)? )?(?:noon|midday)'), 'noon'],
  [word('(?:12(?::00)?(?:am)? )midnight'), 'midnight'],
  [word('tmrw|tmr|tomm?orr?ow'), 'tomorrow'],
  [word('tonight|tonite'), 'today evening'],
  [word('nite'), 'night'],
  [/\bthis (morning|afternoon|evening)\b/g, 'today $1'],
  [/\bin the (morning|afternoon|evening|[ap]m)\b/g, '$1'],
  [word('at night'), 'night'],
  [/\bbetween ((?:\S+ ){1,3}?)and (?=\d|noon|midnight)/g, 'from $1to '],
  [word('until|till|til|through|thru'), 'to'],
  // Days.
  [word('(?:the )?day after tomorrow'), 'in 2 days'],
  [word('1 week from today'), 'in 7 days'],
  [word('1 week from tomorrow'), 'in 8 days'],
  [/\b1 week from (?!now)/g, 'week from '],
  [word('from today'), 'from now'],
  [word('(?:this )?(?:coming|upcoming)'), 'coming'],
  [/\bthe (?!\d)/g, ''],
  [word('of|on'), ''],
];

export const dates: Dates = {
  locale: enUS,
  patterns: {
    day: 'EEE, MMM d',
    dayYear: 'EEE, MMM d, yyyy',
    date: 'MMM d',
    full: 'EEEE, MMMM d, yyyy',
    time: 'h:mm a',
  },
  halves: [' AM', ' PM'],
  isMonthFirst: true,
  every: ['every', 'each', 'weekly on', 'weekly'],
  until: ['until', 'till', 'til', 'through', 'thru', 'ending'],
  days: {
    weekends: ['weekends', 'weekend', 'saturdays and sundays'],
    weekdays: ['weekdays', 'weekday', 'week days', 'during the week', 'working days'],
    today: ['today', 'tonight'],
    tomorrow: ['tomorrow'],
    thisWeekend: ['this weekend', 'the weekend'],
    unclear: [],
  },
  anyTime: [
    'any time until',
    'anytime until',
    'any time before',
    'any time by',
    'any day until',
    'whenever until',
  ],
  numbers: NUMBERS,
  ownRules: [],
  rules: RULES,
};
