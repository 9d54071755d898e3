/** How dates are written and read in English. */
import { enUS } from 'date-fns/locale/en-US';
import type { Dates, Rule } from '../language.ts';
import { word } from '../rule.ts';

const NUMBERS = [
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'],
  'twelve',
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
  numbers: [
    ...NUMBERS.map((name, index): Rule => [word(name), String(index + 1)]),
    [/\ban? (?=(?:hour|minute|day|week)\b)/g, '1 '],
    [/(\d),(?=\d hour)/g, '$1.'],
  ],
  ownRules: [],
  rules: [
    [/(\d{4}-\d{1,2}-\d{1,2})t(?=\d)/g, '$1 '],
    [word('(?:the )?day after tomorrow'), 'in 2 days'],
    [word('half (?:an|1) hour'), '30 minutes'],
    [/\b(\d+) (?:hours? )?and (?:a )?half(?: hours?)?\b/g, '$1.5 hours'],
    [/\bhalf past (\d{1,2})\b/g, '$1:30'],
    [/\bquarter past (\d{1,2})\b/g, '$1:15'],
    [/\b(\d{1,2}) ?o ?clock\b/g, 'at $1'],
    [word('midday|12 noon|12pm noon'), 'noon'],
    [word('12 midnight'), 'midnight'],
    [word('tonight'), 'today evening'],
    [/\bthis (morning|afternoon|evening)\b/g, 'today $1'],
    [/\b(\d{1,2}(?::\d\d)?) in the morning\b/g, '$1am'],
    [/\b(\d{1,2}(?::\d\d)?) (?:in the (?:afternoon|evening)|at night)\b/g, '$1pm'],
    [word('in the (?=morning|afternoon|evening)'), ''],
    [/\bbetween (\S+(?: ?[ap]m)?) and (?=\d|noon)/g, '$1 to '],
    [word('until|till|til|through|thru'), 'to'],
  ],
};
