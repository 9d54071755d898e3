import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { en } from '../../src/languages/en/index.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import type { Language } from '../../src/languages/language.ts';
import { createParseWhen } from '../../src/languages/parse-when.ts';
import { formatMoment, formatWhen } from '../../src/languages/when.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { instantOf, wallClockOf } from '../../src/lib/zone.ts';
import { runs } from '../support/runs.ts';

const parseWhen = createParseWhen(LANGUAGES);
const BERKELEY = 'America/Los_Angeles';
const MEXICO_CITY = 'America/Mexico_City';
/** Sunday, November 22, 2026, noon in Berkeley. */
const NOW = Date.UTC(2026, 10, 22, 20);

/** A hundred times what it takes; a pattern that backtracks would take hours. */
const READ_ALL_MS_MAX = 20_000;

/** What was read, as wall clock: '2026-11-28 09:00–11:00'; or the code of the refusal. */
function read(text: string, language: Language, now = NOW, timeZone = BERKELEY): string {
  const result = parseWhen(text, { language, timeZone, now });
  if (!result.ok) return result.refusal.code;
  const { startMs, endMs } = result.value;
  const show = (ms: number) => {
    const { year, month, day, hour, minute } = wallClockOf(ms, timeZone);
    const two = (value: number) => String(value).padStart(2, '0');
    return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
  };
  if (endMs === null) return show(startMs);
  const isSameDay = show(startMs).slice(0, 10) === show(endMs).slice(0, 10);
  return `${show(startMs)}–${isSameDay ? show(endMs).slice(11) : show(endMs)}`;
}

describe('English', () => {
  test.each([
    ['sat 9am-11am', '2026-11-28 09:00–11:00'],
    ['tomorrow 9 to 11', '2026-11-23 09:00–11:00'],
    ['Nov 28 9:00-12:00', '2026-11-28 09:00–12:00'],
    ['2026-12-05 14:00', '2026-12-05 14:00'],
    ['2026-12-05T14:00', '2026-12-05 14:00'],
    ['this friday at 5pm for 2 hours', '2026-11-27 17:00–19:00'],
    ['Saturday, November 28th, 9 AM – 12 PM', '2026-11-28 09:00–12:00'],
    ['nov. 28th 9a.m. - 11 a.m.', '2026-11-28 09:00–11:00'],
    ['11/28 9:30am', '2026-11-28 09:30'],
    ['28/11 9:30am', '2026-11-28 09:30'],
    ['12/5 at 3', '2026-12-05 15:00'],
    ['5 dec 9-11', '2026-12-05 09:00–11:00'],
    ['dec 5 9-11', '2026-12-05 09:00–11:00'],
    ['9-11 dec 5', '2026-12-05 09:00–11:00'],
    ['the 28th at 9', '2026-11-28 09:00'],
    ['saturday the 28th at 9', '2026-11-28 09:00'],
    ['day after tomorrow 9-11', '2026-11-24 09:00–11:00'],
    ['in 3 days at 9am', '2026-11-25 09:00'],
    ['in 2 hours', '2026-11-22 14:00'],
    ['in half an hour for 1 hour', '2026-11-22 12:30–13:30'],
    ['tonight at 8', '2026-11-22 20:00'],
    ['tomorrow evening 6 to 8', '2026-11-23 18:00–20:00'],
    ['saturday from 9 to 11 in the morning', '2026-11-28 09:00–11:00'],
    ['between 9 and 11 tomorrow', '2026-11-23 09:00–11:00'],
    ['half past nine tomorrow', '2026-11-23 09:30'],
    ['tomorrow noon to 2', '2026-11-23 12:00–14:00'],
    ['tomorrow 9a-11a', '2026-11-23 09:00–11:00'],
    ['monday 9:00 1.5 hours', '2026-11-23 09:00–10:30'],
    ['tuesday, december 1 at 10am for an hour and a half', '2026-12-01 10:00–11:30'],
    ['mar 6 9am', '2027-03-06 09:00'],
    ['sat 9am-11am rain or shine', '2026-11-28 09:00–11:00'],
    ['nov 28 10pm - nov 30 2am', '2026-11-28 22:00–2026-11-30 02:00'],
    ['mañana 9 a 11', '2026-11-23 09:00–11:00'],
  ])('%s', (text, expected) => {
    expect(read(text, 'en')).toBe(expected);
  });
});

describe('Spanish', () => {
  test.each([
    ['mañana 9 a 11', '2026-11-23 09:00–11:00'],
    ['manana 9 a 11', '2026-11-23 09:00–11:00'],
    ['man\u0303ana 9 a 11', '2026-11-23 09:00–11:00'],
    ['sábado 9:00-11:00', '2026-11-28 09:00–11:00'],
    ['sáb 28 nov, 9:00–11:00 a.m.', '2026-11-28 09:00–11:00'],
    ['sab 28 nov, 9:00 a.m.-1:00 p.m.', '2026-11-28 09:00–13:00'],
    ['SABADO DE 9 A 11', '2026-11-28 09:00–11:00'],
    ['el 28 de noviembre a las 9', '2026-11-28 09:00'],
    ['28/11 9h', '2026-11-28 09:00'],
    ['28-11-2026 9:00', '2026-11-28 09:00'],
    ['el próximo viernes a las 5 de la tarde', '2026-11-27 17:00'],
    ['el viernes que viene a las 17', '2026-11-27 17:00'],
    ['sábado 28 a las 9', '2026-11-28 09:00'],
    ['el 28 a las 9', '2026-11-28 09:00'],
    ['sábado de las 9 a las 11', '2026-11-28 09:00–11:00'],
    ['entre las 9 y las 11 del sábado', '2026-11-28 09:00–11:00'],
    ['sábado desde las 9 hasta las 11', '2026-11-28 09:00–11:00'],
    ['pasado mañana a las 10', '2026-11-24 10:00'],
    ['hoy a las 5', '2026-11-22 17:00'],
    ['esta noche a las 8', '2026-11-22 20:00'],
    ['mañana por la mañana de 9 a 11', '2026-11-23 09:00–11:00'],
    ['mañana en la tarde a las 4', '2026-11-23 16:00'],
    ['domingo 29 de 10 de la mañana a 2 de la tarde', '2026-11-29 10:00–14:00'],
    ['el primero de diciembre 9 a 12', '2026-12-01 09:00–12:00'],
    ['5/12 14:00-16:00', '2026-12-05 14:00–16:00'],
    ['en dos horas', '2026-11-22 14:00'],
    ['dentro de 3 días a las 9', '2026-11-25 09:00'],
    ['sábado a las nueve y media', '2026-11-28 09:30'],
    ['a la una de la tarde', '2026-11-22 13:00'],
    ['sábado a mediodía', '2026-11-28 12:00'],
    ['sábado a las 14 horas por 2 horas', '2026-11-28 14:00–16:00'],
    ['28 de noviembre de 2026, 9 a 11 hrs', '2026-11-28 09:00–11:00'],
    ['jueves 26 a las 18:30 durante una hora y media', '2026-11-26 18:30–20:00'],
    ['mar 24 nov, 9:00–11:00', '2026-11-24 09:00–11:00'],
    ['24 mar 9:00', '2027-03-24 09:00'],
    ['28 de noviembre 9:00 al 29 de noviembre 17:00', '2026-11-28 09:00–2026-11-29 17:00'],
    ['sat 9am-11am', '2026-11-28 09:00–11:00'],
  ])('%s', (text, expected) => {
    expect(read(text, 'es')).toBe(expected);
  });
});

describe('what is left open', () => {
  test.each([
    ['sat 2-4', '2026-11-28 14:00–16:00'],
    ['sat 11-1', '2026-11-28 11:00–13:00'],
    ['sat 9-5', '2026-11-28 09:00–17:00'],
    ['sat 9 to 11pm', '2026-11-28 21:00–23:00'],
    ['sat 11 to 1pm', '2026-11-28 11:00–13:00'],
    ['sat 8 to 12am', '2026-11-28 20:00–2026-11-29 00:00'],
    ['sat at 12', '2026-11-28 12:00'],
    ['sat 02:00', '2026-11-28 02:00'],
    ['sat 10pm-2', '2026-11-28 22:00–2026-11-29 02:00'],
    ['sat 22:00-24:00', '2026-11-28 22:00–2026-11-29 00:00'],
    ['saturday morning 5 to 7', '2026-11-28 05:00–07:00'],
  ])('the half of the day: %s', (text, expected) => {
    expect(read(text, 'en')).toBe(expected);
  });

  test('which number is the month follows the language, the year is the closest', () => {
    expect(read('5/1 9:00', 'en')).toBe('2027-05-01 09:00');
    expect(read('5/1 9:00', 'es')).toBe('2027-01-05 09:00');
    expect(read('jan 9 9am', 'en')).toBe('2027-01-09 09:00');
  });

  test('a bare weekday is the next one, today as long as its time is to come', () => {
    expect(read('sun 1pm', 'en')).toBe('2026-11-22 13:00');
    expect(read('sun 9am', 'en')).toBe('2026-11-29 09:00');
    expect(read('domingo a las 9', 'es')).toBe('2026-11-29 09:00');
  });

  test('a time alone is the next such time', () => {
    expect(read('1pm', 'en')).toBe('2026-11-22 13:00');
    expect(read('9:00-11:00', 'es')).toBe('2026-11-23 09:00–11:00');
  });
});

describe('refused', () => {
  test.each([
    ['yesterday 9am', 'when-past'],
    ['today 9am', 'when-past'],
    ['nov 20 9am', 'when-past'],
    ['2026-11-20 9:00', 'when-past'],
    ['last friday 9am', 'when-past'],
    ['el viernes pasado a las 9', 'when-past'],
    ['hace 2 días a las 9', 'when-past'],
    ['tomorrow', 'when-no-time'],
    ['el sábado por la mañana', 'when-no-time'],
    ['28/11', 'when-no-time'],
    ['sat 9pm-8pm', 'when-backwards'],
    ['nov 28 9am - nov 27 10am', 'when-backwards'],
    ['fri nov 28 9am', 'when-weekday'],
    ['viernes 28/11 9:00', 'when-weekday'],
    ['2029-11-28 9:00', 'when-too-far'],
    ['', 'when-unclear'],
    ['hello', 'when-unclear'],
    ['9', 'when-unclear'],
    ['satruday 9am', 'when-word'],
    ['sat 9am-11am at the creek', 'when-word'],
    ['sat 9 in the evning', 'when-word'],
    ['tomorrow 25:00', 'when-unclear'],
    ['tomorrow 9:99', 'when-unclear'],
    ['feb 30 9am', 'when-unclear'],
    ['31/11 9:00', 'when-unclear'],
    ['2026-13-01 9:00', 'when-unclear'],
    ['nov 5-7 9am', 'when-unclear'],
    ['saturday or sunday 9am', 'when-unclear'],
    ['every saturday 9am', 'when-no-last'],
    ['todos los sábados 9 a 11', 'when-word'],
    ['sat 9-11 and sun 9-11', 'when-unclear'],
    ['next week at 9am', 'when-word'],
    ['la próxima semana', 'when-unclear'],
    ['fin de semana 9 a 11', 'when-word'],
    ['sat 9am CET', 'when-word'],
    ['next friday at 5pm', 'when-two-days'],
    ['sat at midnight', 'when-midnight'],
    ['sat 12 in the morning', 'when-twelve'],
    ['now', 'when-unclear'],
    ['sat 9am'.padEnd(201), 'when-unclear'],
  ])('%s', (text, code) => {
    expect(read(text, 'en')).toBe(code);
  });

  test('tells the day that needs a time, and the time that has passed', () => {
    const context = { language: 'en', timeZone: BERKELEY, now: NOW } as const;
    expect(parseWhen('sat', context)).toEqual({
      ok: false,
      refusal: { code: 'when-no-time', params: { day: Date.UTC(2026, 10, 28, 8) } },
    });
    expect(parseWhen('today 9am', context)).toEqual({
      ok: false,
      refusal: { code: 'when-past', params: { start: Date.UTC(2026, 10, 22, 17) } },
    });
  });
});

describe('two readings that are left', () => {
  /** Noon of that day in Berkeley, in November 2026. */
  const noonOf = (day: number) => Date.UTC(2026, 10, day, 20);
  const midnightOf = (day: number) => Date.UTC(2026, 10, day, 8);
  const refusal = (text: string, day: number) => {
    const result = parseWhen(text, { language: 'en', timeZone: BERKELEY, now: noonOf(day) });
    return result.ok ? undefined : result.refusal;
  };

  test('of a next weekday that is still this week’s are both named', () => {
    const params = { day: midnightOf(28), other: Date.UTC(2026, 11, 5, 8) };
    expect(refusal('next saturday 9am', 24)).toEqual({ code: 'when-two-days', params });
  });

  test.each([
    ['saturday', 'next saturday 9am', '2026-12-05 09:00'],
    ['saturday', 'next tuesday 9am', '2026-12-01 09:00'],
    ['saturday', 'next sunday 9am', 'when-two-days'],
    ['saturday', 'el próximo martes a las 9', '2026-12-01 09:00'],
    ['saturday', 'el próximo domingo a las 9', 'when-two-days'],
    ['wednesday', 'next monday 9am', '2026-11-30 09:00'],
    ['wednesday', 'next wednesday 9am', '2026-12-02 09:00'],
    ['wednesday', 'next friday 9am', 'when-two-days'],
    ['wednesday', 'el próximo viernes a las 9', '2026-11-27 09:00'],
    ['wednesday', 'friday of next week 9am', '2026-12-04 09:00'],
  ])('on a %s: %s', (day, text, expected) => {
    expect(read(text, 'en', noonOf(day === 'saturday' ? 28 : 25))).toBe(expected);
  });

  test('of midnight are both named, unless one has passed', () => {
    const params = { day: midnightOf(29), next: midnightOf(30) };
    expect(refusal('sunday at midnight', 28)).toEqual({ code: 'when-midnight', params });
    expect(read('today at midnight', 'en', noonOf(28))).toBe('2026-11-29 00:00');
  });
});

describe('the clock of another zone', () => {
  const whenOf = (text: string, timeZone: string) => {
    const result = parseWhen(text, { language: 'en', timeZone, now: NOW });
    return result.ok ? result.value : undefined;
  };
  const NINE = Date.UTC(2026, 10, 28, 17);

  test('is converted, and what was said is told', () => {
    const elsewhere = { zone: 'eastern', saidMs: NINE };
    const startMs = Date.UTC(2026, 10, 28, 14);
    expect(whenOf('sat 9am ET', BERKELEY)).toEqual({ startMs, endMs: null, elsewhere });
  });

  test('is the city’s own where it shows the same', () => {
    expect(whenOf('sat 9am PT', BERKELEY)).toEqual({ startMs: NINE, endMs: null });
    const startMs = Date.UTC(2026, 10, 28, 15);
    expect(whenOf('sat 9am CT', MEXICO_CITY)).toEqual({ startMs, endMs: null });
    expect(whenOf('sat 9am Mexico City time', 'America/Chicago')).toEqual({ startMs, endMs: null });
  });
});

describe('the city’s clock', () => {
  const iso = (text: string, now: number, timeZone: string) => {
    const result = parseWhen(text, { language: 'en', timeZone, now });
    if (!result.ok) return result.refusal.code;
    const { startMs, endMs } = result.value;
    return [startMs, ...(endMs === null ? [] : [endMs])].map((ms) => new Date(ms).toISOString());
  };

  test('goes forward in March', () => {
    const now = Date.UTC(2027, 2, 12, 18);
    expect(iso('sat 9am', now, BERKELEY)).toEqual(['2027-03-13T17:00:00.000Z']);
    expect(iso('sun 9am', now, BERKELEY)).toEqual(['2027-03-14T16:00:00.000Z']);
    expect(iso('sun 2:30am', now, BERKELEY)).toBe('when-skipped');
    expect(iso('sun 1am-2:30am', now, BERKELEY)).toBe('when-skipped');
    expect(iso('sun 3am', now, BERKELEY)).toEqual(['2027-03-14T10:00:00.000Z']);
    expect(iso('sun 1am for 2 hours', now, BERKELEY)).toEqual([
      '2027-03-14T09:00:00.000Z',
      '2027-03-14T11:00:00.000Z',
    ]);
  });

  test('goes back in November', () => {
    const now = Date.UTC(2026, 9, 30, 18);
    expect(iso('sat 9am', now, BERKELEY)).toEqual(['2026-10-31T16:00:00.000Z']);
    expect(iso('sun 9am', now, BERKELEY)).toEqual(['2026-11-01T17:00:00.000Z']);
    expect(iso('sun 1:30am', now, BERKELEY)).toBe('when-twice');
    expect(iso('sun 2am', now, BERKELEY)).toEqual(['2026-11-01T10:00:00.000Z']);
    expect(iso('sat 10pm-2am', now, BERKELEY)).toEqual([
      '2026-11-01T05:00:00.000Z',
      '2026-11-01T10:00:00.000Z',
    ]);
  });

  test('does neither in Mexico City', () => {
    expect(iso('sun 9am', Date.UTC(2027, 2, 12, 18), MEXICO_CITY)).toEqual([
      '2027-03-14T15:00:00.000Z',
    ]);
    expect(iso('sun 9am', Date.UTC(2026, 9, 30, 18), MEXICO_CITY)).toEqual([
      '2026-11-01T15:00:00.000Z',
    ]);
  });

  test('says what day it is there', () => {
    const lateEvening = Date.UTC(2026, 10, 23, 7, 30);
    expect(read('tomorrow 9am', 'en', lateEvening)).toBe('2026-11-23 09:00');
    expect(read('tomorrow 9am', 'en', lateEvening, 'Europe/Madrid')).toBe('2026-11-24 09:00');
  });

  describe('on a machine in another zone', () => {
    const machineZone = process.env['TZ'];
    afterEach(() => {
      if (machineZone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = machineZone;
    });

    test.each(['UTC', BERKELEY, 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])('%s', (zone) => {
      process.env['TZ'] = zone;
      expect(new Date(NOW).getTimezoneOffset()).toBe(
        { UTC: 0, [BERKELEY]: 480, 'Pacific/Kiritimati': -840, 'Pacific/Pago_Pago': 660 }[zone],
      );
      expect(read('tomorrow 9 to 11', 'en')).toBe('2026-11-23 09:00–11:00');
      expect(read('sat 9am', 'en')).toBe('2026-11-28 09:00');
      expect(read('in 5 days at 3:30am', 'en', Date.UTC(2027, 2, 9, 20))).toBe('2027-03-14 03:30');
    });
  });
});

describe('any text', () => {
  const wordy = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          ...'sat next friday mañana 9 11 28 9am 5pm 9:00 14:00 to a - at las el de la tarde noon'.split(
            ' ',
          ),
          ...'for 2 hours nov noviembre 11/28 2026-12-05 in days from midnight pasado y media'.split(
            ' ',
          ),
        ),
        fc.string({ maxLength: 8 }),
      ),
      { maxLength: 20 },
    )
    .map((words) => words.join(' '));
  const anyText = fc.oneof(fc.string({ unit: 'binary', maxLength: 1000 }), wordy);
  const aNow = fc.integer({ min: Date.UTC(2025), max: Date.UTC(2035) });

  test('never throws, and gives only times that are to come', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('en', 'es'), aNow, (text, language, now) => {
        const result = parseWhen(text, { language, timeZone: BERKELEY, now });
        if (!result.ok) return;
        const { startMs, endMs } = result.value;
        expect(Number.isSafeInteger(startMs)).toBe(true);
        expect(startMs).toBeGreaterThan(now);
        expect(startMs).toBeLessThan(now + 733 * DAY_MS);
        if (endMs !== null) expect(endMs).toBeGreaterThan(startMs);
      }),
      { numRuns: runs(250, 1000) },
    );
  });

  test('that formatWhen wrote is read as the same time', () => {
    const zones = fc.constantFrom(BERKELEY, MEXICO_CITY, 'Europe/Madrid');
    const minutes = fc.integer({ min: 1, max: 700 * 24 * 60 });
    const length = fc.option(fc.integer({ min: 1, max: 3 * 24 * 60 }));
    fc.assert(
      fc.property(
        fc.constantFrom(...LANGUAGES),
        zones,
        aNow,
        minutes,
        length,
        (language, timeZone, now, ahead, long) => {
          const startMs = Math.ceil(now / MINUTE_MS + ahead) * MINUTE_MS;
          const endMs = long === null ? null : startMs + long * MINUTE_MS;
          // Not the hour that comes twice, nor small hours without a.m., whose 5:00 reads as 17:00.
          const ends = [startMs, ...(endMs === null ? [] : [endMs])];
          fc.pre(ends.every((ms) => instantOf(wallClockOf(ms, timeZone), timeZone) === ms));
          const wall = (ms: number) => JSON.stringify(wallClockOf(ms, timeZone));
          fc.pre(ends.every((ms) => wall(ms) !== wall(ms + 60 * MINUTE_MS)));
          const isSmall = (ms: number) =>
            /^[1-6]:\d\d$/.test(formatMoment(language, timeZone, ms, 'time'));
          fc.pre(!ends.some(isSmall));
          const text = formatWhen(language, timeZone, {
            startMs,
            endMs,
            nowMs: now,
          });
          expect([text, parseWhen(text, { language: language.tag, timeZone, now })]).toEqual([
            text,
            { ok: true, value: { startMs, endMs } },
          ]);
        },
      ),
      { numRuns: runs(150, 500) },
    );
  });

  test('that formatWhen wrote says the year when only the end is far', () => {
    const [startMs, endMs] = [Date.UTC(2025, 5, 29, 7, 11), Date.UTC(2025, 6, 2, 7)];
    const now = startMs - 180 * DAY_MS;
    const text = formatWhen(en, BERKELEY, { startMs, endMs, nowMs: now });
    expect(text).toBe('Sun, Jun 29, 2025, 12:11 AM – Wed, Jul 2, 2025, 12:00 AM');
    const read = parseWhen(text, { language: 'en', timeZone: BERKELEY, now });
    expect(read).toEqual({ ok: true, value: { startMs, endMs } });
  });

  test('is read quickly, however it is built', () => {
    const texts = [
      '9-'.repeat(100),
      'in 2 '.repeat(40),
      ' '.repeat(200),
      '1'.repeat(200),
      'a las '.repeat(33),
    ];
    const start = performance.now();
    for (const text of texts) parseWhen(text, { language: 'es', timeZone: BERKELEY, now: NOW });
    expect(performance.now() - start).toBeLessThan(READ_ALL_MS_MAX);
  });
});
