/**
 * Puts the words of a date, Spanish or English, into one small plain English: 'el próximo viernes
 * a las 5 de la tarde' becomes 'friday at 5pm'. chrono's own Spanish knows neither 'de 9 a 11'
 * nor 'pasado mañana' nor 'el viernes que viene', and with one plain form a rule is written once.
 */
import type { Language } from './language.ts';

type Rule = readonly [RegExp, string];

const word = (source: string): RegExp => new RegExp(`\\b(?:${source})\\b`, 'g');

/** Both languages' numbers that people spell out. 'una' and 'once' need their company. */
const NUMBERS: readonly Rule[] = [
  ...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven'].map(
    (name, index): Rule => [word(name), String(index + 1)],
  ),
  [word('twelve'), '12'],
  ...['dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez'].map(
    (name, index): Rule => [word(name), String(index + 2)],
  ),
  [word('doce'), '12'],
  [/\b(las?|a) once\b/g, '$1 11'],
  [/\b(la|a) una\b/g, '$1 1'],
  [/\b(?:un|una|an?) (?=(?:hora|minuto|dia|semana|hour|minute|day|week)\b)/g, '1 '],
];

const DAYS = 'sunday|monday|tuesday|wednesday|thursday|friday|saturday';
const UNITS = 'horas?|minutos?|dias?|semanas?';

const SPANISH_NAMES: readonly Rule[] = [
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
  // '2 days ago' is English.
  [/(?<!(?:days?|weeks?|hours?|minutes?|months?|years?) )\bago\b/g, 'august'],
  [word('septiembre|setiembre'), 'september'],
  [word('octubre'), 'october'],
  [word('noviembre'), 'november'],
  [word('diciembre|dic'), 'december'],
];

/** 'mar 24 nov' is a Tuesday and '24 mar' is in March. */
const SPANISH_MAR: readonly Rule[] = [
  [/(\d(?: de)?) mar\b/g, '$1 march'],
  [word('mar'), 'tuesday'],
];

const SPANISH: readonly Rule[] = [
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
  [word('12 de la noche|media ?noche'), 'midnight'],
  [word('medio ?dia'), 'noon'],
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
];

const ENGLISH: readonly Rule[] = [
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
];

const apply = (text: string, rules: readonly Rule[]): string =>
  rules.reduce((changed, [pattern, plain]) => changed.replace(pattern, plain), text);

/** Lower case, no accents, plain dashes, no punctuation but what dates and times are written with. */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[ºª°]/g, '')
    .replace(/[\u2010-\u2015\u2212~]/g, '-')
    .replace(/(?<![a-z])([ap])\.? ?m\b\.?/g, '$1m')
    .replace(/(\d),(?=\d (?:hora|hour))/g, '$1.')
    .replace(/\.(?!\d)|(?<!\d)\./g, ' ')
    .replace(/[^\p{Letter}\p{Number}:./-]+/gu, ' ')
    .trim();

/** The text in plain English, for `takeClock` and `takeDay`; what means nothing to them is left. */
export function plainWhen(text: string, language: Language): string {
  const mar = language === 'es' ? SPANISH_MAR : [];
  const plain = [NUMBERS, SPANISH_NAMES, mar, SPANISH, ENGLISH].reduce(apply, fold(text));
  return plain.replace(/\s+/g, ' ').trim();
}
