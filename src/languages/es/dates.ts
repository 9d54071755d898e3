/** How dates are written and read in Spanish. */
import { es } from 'date-fns/locale/es';
import type { Dates, Rule } from '../language.ts';
import { numberWords, word } from '../rule.ts';

const DAYS = '(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday)';
const UNITS = 'dos tres cuatro cinco seis siete ocho nueve'.split(' ');
const TEENS = 'doce trece catorce quince dieciseis diecisiete dieciocho diecinueve'.split(' ');
const TENS = 'treinta cuarenta cincuenta'.split(' ');
const HOUR = `(?:una|once|diez|${[...UNITS, ...TEENS].join('|')}|veinte|veinti\\p{L}+)`;
/** What a time ends with. */
const TIME =
  '(?:\\d|[\\d ][ap]m|\\dh|\\bnoon|midnight|\\d(?:h|[ap]m)? (?:morning|afternoon|night|dawn))';

/** 'una' and 'once' need their company. */
const NUMBERS: readonly Rule[] = [
  [
    new RegExp(`\\b(${HOUR}) (?=(?:diez|quince|veinte|treinta|cuarenta|cincuenta)\\b)`, 'gu'),
    '$1:',
  ],
  ...TENS.flatMap((ten, at) => [
    ...numberWords(
      ['un[oa]?', ...UNITS].map((unit) => `${ten} y ${unit}`),
      10 * at + 31,
    ),
    ...numberWords([ten], 10 * at + 30),
  ]),
  ...numberWords(['veinte', 'veintiun[oa]?', ...UNITS.map((unit) => `veinti${unit}`)], 20),
  ...numberWords([...UNITS, 'diez'], 2),
  ...numberWords(TEENS, 12),
  [/\b(las?|a|del?|el|entre) once\b/g, '$1 11'],
  [/\bonce (?=(?:y|de|a|menos|hasta|en)\b)/g, '11 '],
  [/\b(la|a|de|entre|el) un[oa]\b/g, '$1 1'],
  [/\bun[oa] (?=(?:de|y|menos)\b)/g, '1 '],
  [/\buna? (?=(?:hora|minuto|dia|semana|mes|cuarto)\b)/g, '1 '],
  [/(\d),(?=\d hora)/g, '$1.'],
];

const NAMES: readonly Rule[] = [
  [word('los (?:mon|tues|wednes|thurs|fri)day'), 'unclear'],
  [word('mierc'), 'wednesday'],
  [word('juev'), 'thursday'],
  [word('vier'), 'friday'],
  [word('setiembre|sept'), 'september'],
];

/** For who speaks Spanish 'mar 24 nov' is a Tuesday and '24 mar' is in March, and 'once' is 11. */
const OWN: readonly Rule[] = [
  [/(\d(?: de)?) mar\b/g, '$1 march'],
  [word('mar'), 'tuesday'],
  [word('once'), '11'],
];

const US = '(?: de (?:los )?(?:estados unidos|ee ?uu))?';
const ZONES: readonly Rule[] = [
  [/\btiempo (?=del |de la montana)/g, 'hora '],
  [word(`(?:hora )?(?:del )?pacifico${US}|hora de (?:california|tijuana|los angeles)`), 'pacific'],
  [word(`hora (?:del )?este${US}|hora de nueva york`), 'eastern'],
  [word(`hora (?:(?:del )?centro(?! de mexico)|central)${US}`), 'central'],
  [word(`hora (?:de la )?montana${US}`), 'mountain'],
  [word('hora (?:del centro )?de (?:la ciudad de )?mexico|hora (?:de la |de )?cdmx'), 'mexico'],
  [word('hora (?:local|de aqui)'), ''],
];

const LENGTHS: readonly Rule[] = [
  [word('media hora'), '30 minutes'],
  [word('3 cuartos de hora'), '45 minutes'],
  [word('(?:1 )?cuarto de hora'), '15 minutes'],
  [/(?<!\d )\bhora y (?=media|cuarto)/g, '1 hora y '],
  [/\b(\d+) horas? y media\b/g, '$1.5 hours'],
  [/\b(\d+) horas? y cuarto\b/g, '$1.25 hours'],
  [/\b(\d+) horas? (?:y|con) (\d+)(?: minutos)?\b/g, '$1 hours $2 minutes'],
  [/\b(?:durante|por|dura|(?:con )?duracion(?: de)?) (?=\d)/g, 'for '],
  // 'En ocho días' is in a week, or in eight days.
  [word('(?:en|dentro de) (?:8|15) dias'), 'unclear'],
  [/\b(?:dentro de|en) (?=\d\S* (?:hora|hour|minut|dia|semana|mes))/g, 'in '],
  [/\bhace (\d+ (?:dia|semana|hora|minuto)s?)\b/g, '$1 ago'],
  [word('minutos?'), 'minutes'],
  [/(?<=\d )dias?\b/g, 'days'],
  [/(?<=\d )semanas?\b/g, 'weeks'],
  [/(?<=\d )mes(?:es)?\b/g, 'months'],
];

/** Parts of the day come before 'mañana', which is tomorrow. */
const TIMES: readonly Rule[] = [
  [word('pasado manana'), 'in 2 days'],
  [word('(?:12 de la )?media ?noche'), 'midnight'],
  [word('(?:12 (?:del? )?)?medio ?dia|12 del dia'), 'noon'],
  [/(\d) ?(?:horas|h)(?= de la )/g, '$1'],
  [/\b(\d{1,2}) y media\b/g, '30 past $1'],
  [/\b(\d{1,2}) y cuarto\b/g, '15 past $1'],
  [/\b(\d{1,2}) menos cuarto\b/g, '15 before $1'],
  [/\b(\d{1,2}) menos (\d{1,2})\b/g, '$2 before $1'],
  [/\b(?:a(?:l| las?| un)? )?(?:1 )?cuarto para las? (?=\d)/g, 'at 15 before '],
  [/\b(?:a(?:l| las?)? )?(\d{1,2})(?: minutes)? para las? (?=\d)/g, 'at $1 before '],
  [/\bentre (?:las? )?((?:\S+ ){1,6}?)y (?:las? )?(?=\d|noon|midnight)/g, 'from $1to '],
  [
    /\b((?:las?|del?|desde|a|to) )(\d{1,2}) y ([1-5][05]|0?5)(?: minutes)?(?= |$)(?! de [a-z])/g,
    '$1$3 past $2',
  ],
  [/\b((?:las?|del?|desde|a|to) )(\d{1,2}) y ([1-5][05]|0?5)(?= de la )/g, '$1$3 past $2'],
  [word('esta manana'), 'today morning'],
  [word('esta tarde'), 'today afternoon'],
  [word('esta noche'), 'today evening'],
  [word('(?:por|en|de|a) la manana'), 'morning'],
  [word('(?:por|en|de|a) la madrugada'), 'dawn'],
  [word('(?:por|en|de|a) la tarde'), 'afternoon'],
  [word('(?:por|en|de|a) la noche'), 'night'],
];

const PHRASES: readonly Rule[] = [
  [
    word(
      'faltando|faltan|por favor|gracias|en punto|llueva o truene|aproximadamente|empieza|empezando',
    ),
    '',
  ],
  // Days.
  [word('(?:de )?hoy en 8'), 'in 7 days'],
  [word('(?:de )?hoy en 15'), 'in 14 days'],
  [word('(?:de )?manana en 8'), 'in 8 days'],
  [new RegExp(`\\b(${DAYS}) en 8\\b`, 'g'), 'week from $1'],
  [word('manana'), 'tomorrow'],
  [word('hoy'), 'today'],
  [word('anteayer|antier'), '2 days ago'],
  [word('ayer'), 'yesterday'],
  [
    word('(?:proxima|siguiente) semana|semana (?:que (?:viene|entra)|proxima|siguiente)'),
    'next week',
  ],
  [new RegExp(`\\b(?:este )?(?:proximo|siguiente) (${DAYS})\\b`, 'g'), 'coming $1'],
  [
    new RegExp(`\\b(?:este )?(${DAYS}) (?:que (?:viene|entra)|proximo|siguiente)\\b`, 'g'),
    'coming $1',
  ],
  [new RegExp(`\\beste (?=${DAYS}\\b)`, 'g'), 'this '],
  [new RegExp(`\\bpasado (${DAYS})\\b|\\b(${DAYS}) pasado\\b`, 'g'), 'last $1$2'],
  [/\b(?:el )?(?:dia )?(?:primero|1 ?(?:r?o|er)(?= de ))/g, 'the 1'],
  [/\bdia (?=\d)/g, ''],
  [/\bd?el (?=\d{1,2}\b)/g, 'the '],
  // From one time to another. 'a las' is 'to' after a time, and 'at' after a day.
  [
    /((?:\b(?:las?|desde|de|past|before) \d{1,2}|:\d\d|\d ?(?:[ap]m|h)|\bnoon|midnight|\d(?= (?:morn|aft|night|dawn)))(?: morning| afternoon| night| dawn)?) a las? (?=\d|noon|midnight)/g,
    '$1 to ',
  ],
  [/\bhasta (?:las? |el )?/g, 'to '],
  [
    /\b(?:(?:como |tipo )?a|de|desde|tipo|a eso de|alrededor de|a partir de) las? (?=\d|noon|midnight)/g,
    'at ',
  ],
  [/\b(?:las?|a partir de|tipo) (?=\d)/g, 'at '],
  [new RegExp(`(?<=${TIME}) al? (?=\\d|noon|midnight)`, 'g'), ' to '],
  [new RegExp(` al? (?=the \\d|${DAYS})`, 'g'), ' to '],
  [/\bal? (?=noon|midnight)/g, 'at '],
  [/\b(at \d{1,2}|(?<!\b(?:in|for) )(?:1[3-9]|2[0-4])|\d (?:to|-) ?\d{1,2}) horas?\b/g, '$1h'],
  [/(:\d\d) horas\b/g, '$1'],
  [word('horas'), 'hours'],
  [word('hora'), 'hour'],
  [word('el|las?|los|del?|desde'), ''],
  [word('y'), 'and'],
  [word('noche'), 'night'],
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
  every: ['cada', 'todos los', 'todas las'],
  until: ['hasta'],
  days: {
    weekends: ['fines de semana', 'fin de semana', 'los fines de semana', 'findes', 'finde'],
    weekdays: ['entre semana', 'dias de semana', 'dias entre semana', 'dias laborales'],
    today: ['hoy', 'esta noche'],
    tomorrow: ['mañana'],
    thisWeekend: ['este fin de semana', 'el fin de semana', 'este finde', 'el finde'],
    // The sea, too.
    unclear: ['MAR'],
  },
  anyTime: [
    ...['cuando quieras hasta', 'cuando sea hasta', 'en cualquier momento hasta'],
    ...['cualquier dia hasta', 'a cualquier hora hasta', 'sin hora fija hasta'],
  ],
  numbers: NUMBERS,
  ownRules: OWN,
  rules: [...NAMES, ...ZONES, ...LENGTHS, ...TIMES, ...PHRASES],
};
