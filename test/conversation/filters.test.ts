import { describe, expect, test } from 'vitest';
import { createFilters } from '../../src/conversation/filters.ts';
import { dayNumber } from '../../src/domain/task-filter.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { DAY_MS } from '../../src/lib/clock.ts';
import { TUESDAY } from '../support/city.ts';

const ZONE = 'America/Los_Angeles';
const AREAS = [
  { name: 'South Berkeley', aliases: ['south', 'sur'] },
  { name: 'Downtown', aliases: ['centro'] },
];
const { filter } = createFilters(LANGUAGES);
const read = (text: string, now = TUESDAY) => {
  const { dates, ...found } = filter(text, { areas: AREAS, now, timeZone: ZONE });
  return { ...found, dates: dates.map((date) => date - dayNumber(now, ZONE)) };
};
const NOTHING = { areas: [], days: [], dates: [], words: [] };
const WEEKEND = [0, 6];
const WORKDAYS = [1, 2, 3, 4, 5];

describe('what tasks somebody wants', () => {
  test.each([
    ['', {}],
    ['please', {}],
    ['south', { areas: ['South Berkeley'] }],
    ['SUR', { areas: ['South Berkeley'] }],
    ['in South Berkeley, please', { areas: ['South Berkeley'] }],
    ['south and downtown', { areas: ['Downtown', 'South Berkeley'] }],
    ['saturday', { days: [6] }],
    ['on saturdays', { days: [6] }],
    ['sat', { days: [6] }],
    ['monday and friday', { days: [1, 5] }],
    ['sábado', { days: [6] }],
    ['los sábados', { days: [6] }],
    ['los domingos', { days: [0] }],
    ['martes y jueves', { days: [2, 4] }],
    ['weekends', { days: WEEKEND }],
    ['weekdays', { days: WORKDAYS }],
    ['fines de semana', { days: WEEKEND }],
    ['los fines de semana', { days: WEEKEND }],
    ['entre semana', { days: WORKDAYS }],
    ['today', { dates: [0] }],
    ['tomorrow', { dates: [1] }],
    ['mañana', { dates: [1] }],
    ['hoy', { dates: [0] }],
    ['this weekend', { dates: [4, 5] }],
    ['este fin de semana', { dates: [4, 5] }],
    ['south weekends', { areas: ['South Berkeley'], days: WEEKEND }],
    ['creek', { words: ['creek'] }],
    ['creek south weekends', { areas: ['South Berkeley'], days: WEEKEND, words: ['creek'] }],
    ['jardín en el centro los sábados', { areas: ['Downtown'], days: [6], words: ['jardin'] }],
    ['mar', { words: ['mar'] }],
  ])('%s', (text, found) => {
    const { days, ...others } = read(text);
    expect({ ...others, days: days.toSorted() }).toEqual({ ...NOTHING, ...found });
  });

  test.each([
    ['Saturday', 4, [0, 1]],
    ['Sunday', 5, [-1, 0]],
    ['Monday', 6, [5, 6]],
  ])('this weekend, said on a %s', (_, days, dates) => {
    expect(read('this weekend', TUESDAY + days * DAY_MS).dates).toEqual(dates);
  });
});
