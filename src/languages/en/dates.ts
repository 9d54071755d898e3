/** How a date is written in English. */
import { enUS } from 'date-fns/locale/en-US';
import type { DateStyles } from '../language.ts';

export const dates: DateStyles = {
  locale: enUS,
  patterns: {
    day: 'EEE, MMM d',
    dayYear: 'EEE, MMM d, yyyy',
    date: 'MMM d',
    full: 'EEEE, MMMM d, yyyy',
    time: 'h:mm a',
  },
  halves: [' AM', ' PM'],
};
