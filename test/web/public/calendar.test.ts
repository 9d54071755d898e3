import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/languages/index.ts';
import { createPageLanguages } from '../../../src/languages/pages.ts';
import { cleanText } from '../../../src/lib/text.ts';
import { type CalendarTask, writeCalendar } from '../../../src/web/public/calendar.ts';
import { readCalendar } from '../../support/ics.ts';

const languages = createPageLanguages(LANGUAGES);
const english = languages.choose('en', undefined);
const CITY = {
  name: 'Berkeley',
  timeZone: 'America/Los_Angeles',
  publicUrl: 'https://city.example/bot',
};

/** Saturday, 28 November 2026, 10:00 to noon in Berkeley. */
const TASK: CalendarTask = {
  rkey: '3lwaaaaaaaa2a',
  number: 12,
  title: 'Creek clean-up',
  place: 'Codornices Park, Euclid Ave; by the gate',
  coordinates: { latitude: 37.8859, longitude: -122.2619 },
  startsAt: Date.UTC(2026, 10, 28, 18),
  endsAt: Date.UTC(2026, 10, 28, 20),
  isAnyTime: 0,
  credits: 20,
  issuer: 'Codornices Creek Friends',
  state: 'open',
  reason: '',
  note: '',
  area: null,
  sequence: 0,
  changedAt: Date.UTC(2026, 10, 23, 18),
  closedAt: null,
};

const written = (task: Partial<CalendarTask>, language = english, city = CITY) => {
  const calendar = readCalendar(writeCalendar(language, city, [{ ...TASK, ...task }]));
  const [event, ...others] = calendar.events;
  if (event === undefined || others.length > 0) throw new Error('not one event');
  return { ...event, calendar: calendar.name, method: calendar.method };
};

describe('a task in a calendar', () => {
  test('has its time in UTC, its place with coordinates, its page and its people', () => {
    expect(written({})).toMatchObject({
      uid: '3lwaaaaaaaa2a@org.city-sync.civic.task',
      sequence: '0',
      status: 'CONFIRMED',
      start: '2026-11-28T18:00:00Z',
      end: '2026-11-28T20:00:00Z',
      stamp: '2026-11-23T18:00:00Z',
      lastModified: '2026-11-23T18:00:00Z',
      summary: 'Creek clean-up',
      location: 'Codornices Park, Euclid Ave; by the gate',
      geo: '37.8859;-122.2619',
      url: 'https://city.example/bot/tasks/12',
      description:
        'Organizer: Codornices Creek Friends. Credits: 20.\nhttps://city.example/bot/tasks/12',
      calendar: 'Berkeley',
      method: 'PUBLISH',
    });
  });

  test('says nothing of a page or of coordinates that nobody knows', () => {
    const { names } = written({ coordinates: undefined }, english, {
      ...CITY,
      publicUrl: undefined as never,
    });
    expect(names).not.toContain('geo');
    expect(names).not.toContain('url');
  });

  test('lasts six hours where it has no end', () => {
    expect(written({ endsAt: null }).end).toBe('2026-11-29T00:00:00Z');
  });

  test('is the same event when it is changed, in a later version', () => {
    const changedAt = Date.UTC(2026, 10, 25);
    const later = written({ sequence: 2, changedAt, startsAt: TASK.startsAt + 3_600_000 });
    expect(later).toMatchObject({
      uid: written({}).uid,
      sequence: '2',
      start: '2026-11-28T19:00:00Z',
      lastModified: '2026-11-25T00:00:00Z',
    });
  });

  test('is cancelled when it is called off, with the reason, in a later version', () => {
    const off = written({ state: 'called-off', reason: 'Storm', sequence: 2, closedAt: 5 });
    expect(off).toMatchObject({
      sequence: '3',
      status: 'CANCELLED',
      summary: 'Called off: Creek clean-up',
    });
    expect(off.description).toContain('This task was called off: Storm');
    const spanish = languages.choose('es', undefined);
    expect(written({ state: 'called-off', reason: 'Lluvia' }, spanish).summary).toBe(
      'Suspendida: Creek clean-up',
    );
  });

  test('is cancelled when it is closed before it begins, not when it is closed afterwards', () => {
    const closed = (closedAt: number) => written({ state: 'closed', closedAt }).status;
    expect(closed(TASK.startsAt - 1)).toBe('CANCELLED');
    expect(closed(TASK.startsAt + 86_400_000)).toBe('CONFIRMED');
  });

  test('takes up whole days of the city, free ones, where it has no fixed time', () => {
    // From Saturday, 17:00 to Tuesday at midnight, by the clock in Berkeley.
    const span = { startsAt: Date.UTC(2026, 10, 29, 1), endsAt: Date.UTC(2026, 11, 1, 8) };
    expect(written({ ...span, isAnyTime: 1 })).toMatchObject({
      start: '2026-11-28',
      end: '2026-12-01',
      transparency: 'TRANSPARENT',
    });
  });

  test('keeps its hour on both sides of a change of clocks', () => {
    const at = (month: number, day: number, hour: number) => Date.UTC(2026, month, day, hour);
    expect(written({ startsAt: at(9, 31, 16), endsAt: at(9, 31, 18) }).start).toBe(
      '2026-10-31T16:00:00Z',
    );
    expect(written({ startsAt: at(10, 1, 17), endsAt: at(10, 1, 19) }).start).toBe(
      '2026-11-01T17:00:00Z',
    );
  });
});

describe('what strangers write', () => {
  test('begins no line of its own', () => {
    const title = 'Sweep\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:Evil; X,Y\\n';
    const event = written({ title, place: 'A\r\nATTENDEE:mailto:x@y', note: 'One\nTwo' });
    expect(event.summary).toBe('Sweep END:VEVENT BEGIN:VEVENT SUMMARY:Evil; X,Y\\n');
    expect(event.location).toBe('A ATTENDEE:mailto:x@y');
    expect(event.description).toContain('\nOne\nTwo\n');
  });

  test('is read again as it was written, whatever it is', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.string({
        unit: fc.constantFrom(',', ';', '\\', '\r', '\n', '"', ':', 'é', '🌳', 'a', ' ', '\u0007'),
        maxLength: 120,
      }),
    );
    const oneLine = (text: string) => cleanText(text).replace(/\s+/gu, ' ');
    fc.assert(
      fc.property(words, words, words, words, (title, place, note, name) => {
        const event = written({ title, place, note }, english, { ...CITY, name });
        expect(event.summary ?? '').toBe(oneLine(title));
        expect(event.location ?? '').toBe(oneLine(place));
        expect(event.calendar ?? '').toBe(oneLine(name));
        expect(event.description).toContain(cleanText(note));
      }),
    );
  });
});
