/** How a date is written in Spanish. */
import { es } from 'date-fns/locale/es';
import type { DateStyles } from '../language.ts';

export const dates: DateStyles = {
  locale: es,
  patterns: {
    day: 'EEE d MMM',
    dayYear: 'EEE d MMM yyyy',
    date: 'd MMM',
    full: "EEEE d 'de' MMMM 'de' yyyy",
    time: 'H:mm',
  },
  halves: [],
};
