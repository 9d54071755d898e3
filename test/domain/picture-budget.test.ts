import { expect, test } from 'vitest';
import {
  PICTURES_PER_HOUR,
  PICTURES_WAITING_MAX,
  picturesTaken,
} from '../../src/domain/picture-budget.ts';

test.each([
  ['an album', { sent: 10, inLastHour: 0, waiting: 0 }, 10],
  ['a second album', { sent: 10, inLastHour: 10, waiting: 10 }, 10],
  ['a third while both wait', { sent: 10, inLastHour: 20, waiting: PICTURES_WAITING_MAX }, 0],
  ['the last of the hour', { sent: 3, inLastHour: PICTURES_PER_HOUR - 1, waiting: 0 }, 1],
  ['more than an hour has', { sent: 3, inLastHour: PICTURES_PER_HOUR + 5, waiting: 0 }, 0],
])('of %s', (_what, facts, taken) => {
  expect(picturesTaken(facts)).toBe(taken);
});
