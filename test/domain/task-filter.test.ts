import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALL_TASKS,
  dayNumber,
  type FilteredTask,
  isOpen,
  readFilter,
  suits,
  type TaskFilter,
  writeFilter,
} from '../../src/domain/task-filter.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';

const ZONE = 'America/Los_Angeles';
/** Tuesday, 24 November 2026, 10:00 in Berkeley. */
const NOW = { now: Date.UTC(2026, 10, 24, 18), timeZone: ZONE };
/** The Saturday after, 9:00. */
const SATURDAY = Date.UTC(2026, 10, 28, 17);
const TASK: FilteredTask = {
  title: 'Creek clean-up',
  place: 'Jardín del Río',
  area: 'South',
  startsAt: SATURDAY,
  endsAt: SATURDAY + 2 * HOUR_MS,
  isAnyTime: 0,
};
const suit = (filter: Partial<TaskFilter>, task: Partial<FilteredTask> = {}): boolean =>
  suits({ ...ALL_TASKS, ...filter }, { ...TASK, ...task }, 'Creek Friends', NOW);

describe('what suits a filter', () => {
  it('is everything where nothing is chosen', () => {
    expect(suit({})).toBe(true);
  });

  it('is in one of its areas, on one of its days and dates, and has all of its words', () => {
    expect(suit({ areas: ['North', 'South'] })).toBe(true);
    expect(suit({ areas: ['North'] })).toBe(false);
    expect(suit({ areas: ['South'] }, { area: null })).toBe(false);
    expect(suit({ days: [0, 6] })).toBe(true);
    expect(suit({ days: [0] })).toBe(false);
    expect(suit({ dates: [dayNumber(SATURDAY, ZONE)] })).toBe(true);
    expect(suit({ dates: [dayNumber(SATURDAY, ZONE) - 1] })).toBe(false);
    expect(suit({ words: ['creek', 'jardin'] })).toBe(true);
    expect(suit({ words: ['friends'] })).toBe(true);
    expect(suit({ words: ['creek', 'pantry'] })).toBe(false);
    expect(suit({ areas: ['South'], days: [6], words: ['pantry'] })).toBe(false);
  });

  it('is on a day of the city, however late that is elsewhere', () => {
    const evening = { startsAt: Date.UTC(2026, 10, 29, 6), endsAt: null };
    expect(suit({ days: [6] }, evening)).toBe(true);
    expect(suit({ days: [0] }, evening)).toBe(false);
  });

  it('is on each day that is left, where it has no fixed time', () => {
    // Since Saturday, and until the end of Thursday.
    const task = {
      isAnyTime: 1,
      startsAt: SATURDAY - 7 * DAY_MS,
      endsAt: Date.UTC(2026, 10, 27, 8),
    };
    for (const day of [2, 3, 4]) expect(suit({ days: [day] }, task)).toBe(true);
    for (const day of [5, 6, 0, 1]) expect(suit({ days: [day] }, task)).toBe(false);
    const long = { ...task, endsAt: SATURDAY + 30 * DAY_MS };
    for (const day of [0, 1, 2, 3, 4, 5, 6]) expect(suit({ days: [day] }, long)).toBe(true);
  });
});

describe('a filter that is kept', () => {
  const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 });
  const filters = fc.record({
    areas: some(fc.constantFrom('South', 'Norte', 'West')),
    days: some(fc.integer({ min: 0, max: 6 })),
    dates: fc.constant([]),
    words: some(fc.constantFrom('creek', 'pantry', 'jardin')),
  });

  it('is null where nothing is chosen', () => {
    expect(writeFilter(ALL_TASKS)).toBeNull();
    expect(readFilter(null)).toEqual(ALL_TASKS);
  });

  it('is the same text for the same choice, and suits the same tasks', () => {
    const tasks = fc.record({
      area: fc.constantFrom('South', 'Norte', null),
      startsAt: fc.integer({ min: NOW.now, max: NOW.now + 20 * DAY_MS }),
      isAnyTime: fc.constantFrom(0, 1),
      title: fc.constantFrom('Creek', 'Pantry', 'Creek and pantry'),
    });
    fc.assert(
      fc.property(filters, tasks, (filter, { startsAt, ...task }) => {
        const kept = writeFilter(filter);
        const shuffled = {
          ...filter,
          areas: filter.areas.toReversed(),
          days: [...filter.days, ...filter.days].toReversed(),
          words: filter.words.toReversed(),
        };
        expect(writeFilter(shuffled)).toBe(kept);
        expect(kept === null).toBe(isOpen(filter));
        const announced = { ...task, startsAt, endsAt: startsAt + DAY_MS };
        expect(suit(readFilter(kept), announced)).toBe(suit(filter, announced));
      }),
    );
  });
});
