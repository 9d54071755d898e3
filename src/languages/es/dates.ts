/** How dates are written and read in Spanish. */
import { es } from 'date-fns/locale/es';
import type { Dates, Rule } from '../language.ts';
import { word } from '../rule.ts';

const DAYS = 'sunday|monday|tuesday|wednesday|thursday|friday|saturday';
const UNITS = 'horas?|minutos?|dias?|semanas?';

/** 'una' and 'once' need their company. */
const NUMBERS: readonly Rule[] = [
  ...['dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'].map(
    (name, index): Rule => [word(name), String(index + 2)],
  ),
  [word('doce'), '12'],
  [/\b(las?|a) once\b/g, '$1 11'],
  [/\b(la|a) una\b/g, '$1 1'],
  [/\buna? (?=(?:hora|minuto|dia|semana)\b)/g, '1 '],
  [/(\d),(?=\d hora)/g, '$1.'],
];

const NAMES: readonly Rule[] = [
  [word('domingo|dom'), 'sunday'],
  [word('lunes|lun'), 'monday'],
  [word('martes'), 'tuesday'],
  [word('miercoles|mie'), 'wednesday'],
  [word('jueves|jue'), 'thursday'],
  [word('viernes|vie'), 'friday'],
  [word('sabado|sab'), 'saturday'],
  [word('enero|ene'), 'january'],
  [word('febrero'), 'february'],
  [word('marzo'), 'march'],
  [word('abril|abr'), 'april'],
  [word('mayo'), 'may'],
  [word('junio'), 'june'],
  [word('julio'), 'july'],
  [word('agosto'), 'august'],
  // '2 days ago' is the notation's.
  [/(?<!(?:days?|weeks?|hours?|minutes?|months?|years?) )\bago\b/g, 'august'],
  [word('septiembre|setiembre'), 'september'],
  [word('octubre'), 'october'],
  [word('noviembre'), 'november'],
  [word('diciembre|dic'), 'december'],
];

/** 'mar 24 nov' is a Tuesday and '24 mar' is in March. */
const MAR: readonly Rule[] = [
  [/(\d(?: de)?) mar\b/g, '$1 march'],
  [word('mar'), 'tuesday'],
];

const PHRASES: readonly Rule[] = [
  // Lengths of time, before their words mean anything else.
  [word('media hora'), '30 minutes'],
  [/(?<!\d )\bhora y media\b/g, '1.5 hours'],
  [/\b(\d+) horas? y media\b/g, '$1.5 hours'],
  [/\b(?:durante|por) (?=\d)/g, 'for '],
  [new RegExp(`\\bdentro de (?=\\d+ (?:${UNITS})\\b)`, 'g'), 'in '],
  [new RegExp(`\\ben (?=\\d+ (?:${UNITS})\\b)`, 'g'), 'in '],
  [/\bhace (\d+ (?:dia|semana|hora|minuto)s?)\b/g, '$1 ago'],
  // Parts of the day, before 'mañana' is tomorrow.
  [word('pasado manana'), 'in 2 days'],
  [word('12 de la noche|(?:12 )?media ?noche'), 'midnight'],
  [word('(?:12 )?medio ?dia'), 'noon'],
  [/(\d) y media\b/g, '$1:30'],
  [/(\d) y cuarto\b/g, '$1:15'],
  [/(\d)(?: ?(?:horas|hrs|hs|h))? de la (?:manana|madrugada)\b/g, '$1am'],
  [/(\d)(?: ?(?:horas|hrs|hs|h))? de la (?:tarde|noche)\b/g, '$1pm'],
  [word('esta manana'), 'today morning'],
  [word('esta (?:tarde|noche)'), 'today evening'],
  [word('(?:por|en|de|a) la (?:manana|madrugada)'), 'morning'],
  [word('(?:por|en|de|a) la (?:tarde|noche)'), 'evening'],
  // Days.
  [word('manana'), 'tomorrow'],
  [word('hoy'), 'today'],
  [word('anteayer|antier'), '2 days ago'],
  [word('ayer'), 'yesterday'],
  [word('(?:proxima|siguiente) semana|semana (?:que viene|proxima|siguiente)'), 'next week'],
  [new RegExp(`\\b(?:proximo|siguiente|este) (${DAYS})\\b`, 'g'), '$1'],
  [new RegExp(`\\b(${DAYS}) (?:que viene|proximo|siguiente)\\b`, 'g'), '$1'],
  [new RegExp(`\\bpasado (${DAYS})\\b|\\b(${DAYS}) pasado\\b`, 'g'), 'last $1$2'],
  [/\b(?:el )?primero\b|\b1ro\b/g, 'the 1'],
  [/\bdia (?=\d)/g, ''],
  [/\bd?el (?=\d{1,2}\b)/g, 'the '],
  // From one time to another. 'a las' is 'to' after a time, and 'at' after a day.
  [
    /((?:\blas? \d{1,2}|:\d\d|\d ?(?:am|pm|h|hs|hrs)|noon|midnight)) (?:a|y) las? (?=\d)/g,
    '$1 to ',
  ],
  [/\bhasta (?:las? |el )?/g, 'to '],
  [/\b(?:a|de|desde|entre|tipo) las? (?=\d)/g, 'at '],
  [/\blas? (?=\d)/g, 'at '],
  [/(?<=[\dmhs]) (?:a|al|y) (?=\d|noon|midnight)/g, ' to '],
  [
    / al? (?=the \d|noon|midnight|sunday|monday|tuesday|wednesday|thursday|friday|saturday)/g,
    ' to ',
  ],
  [/\b(at \d{1,2}(?::\d\d)?) horas\b/g, '$1h'],
  [/(:\d\d) horas\b/g, '$1'],
  [word('horas'), 'hours'],
  [word('hora'), 'hour'],
  [word('minutos?'), 'minutes'],
  [word('dias'), 'days'],
  [word('semanas'), 'weeks'],
  [word('semana'), 'week'],
  [word('el|los|las?|del?|desde|y'), ''],
  [/\bo\b(?! ?clock)/g, 'and'],
  [word('cada|todos|todas|diario|semanal|mes|meses|ano|antes|despues|menos|cuarto|fin'), 'unclear'],
];

export const dates: Dates = {
  locale: es,
  patterns: {
    day: 'EEE d MMM',
    dayYear: 'EEE d MMM yyyy',
    date: 'd MMM',
    full: "EEEE d 'de' MMMM 'de' yyyy",
    time: 'h:mm aaaa',
  },
  halves: [' a.m.', ' p.m.'],
  isMonthFirst: false,
  numbers: NUMBERS,
  ownRules: MAR,
  rules: [...NAMES, ...PHRASES],
};
