import { enUS } from 'date-fns/locale/en-US';
import type { Dates, Rule } from '../../../src/languages/language.ts';
import { word } from '../../../src/languages/rule.ts';
import { invent, inventPlain } from './invent.ts';

const DAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
];
const OTHERS = 'today tomorrow yesterday noon midnight morning evening at to for hours minutes';

const understood = (english: string): Rule => [word(inventPlain(english)), english];

export const dates: Dates = {
  locale: {
    ...enUS,
    localize: {
      ...enUS.localize,
      day: (day) => invent(DAYS[day] ?? ''),
      month: (month) => invent(MONTHS[month] ?? ''),
    },
  },
  patterns: {
    day: 'EEEE d MMMM',
    dayYear: 'EEEE d MMMM yyyy',
    date: 'd MMMM',
    full: 'EEEE d MMMM yyyy',
    time: 'HH:mm',
  },
  halves: [],
  isMonthFirst: false,
  every: [],
  until: [],
  days: {
    weekends: [invent('weekends')],
    weekdays: [invent('weekdays')],
    today: [invent('today')],
    tomorrow: [invent('tomorrow')],
    thisWeekend: [invent('this weekend')],
    unclear: [],
  },
  anyTime: [],
  numbers: [[word(inventPlain('ten')), '10']],
  ownRules: [],
  rules: OTHERS.split(' ').map(understood),
};
