import { describe, expect, test } from 'vitest';
import { en } from '../../src/languages/en/index.ts';
import { es } from '../../src/languages/es/index.ts';
import { formatMoment, formatWhen } from '../../src/languages/when.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';

const BERKELEY = 'America/Los_Angeles';
const START = Date.UTC(2026, 10, 28, 17);
const later = (hours: number) => START + hours * HOUR_MS;

describe('when something is', () => {
  test('is written the way each language writes it', () => {
    expect(formatWhen(en, BERKELEY, { startMs: START, endMs: later(2) })).toBe(
      'Sat, Nov 28, 9:00–11:00 AM',
    );
    expect(formatWhen(es, BERKELEY, { startMs: START, endMs: later(2) })).toBe(
      'sáb 28 nov, 9:00–11:00 a.m.',
    );
  });

  test('names morning and afternoon where they differ', () => {
    expect(formatWhen(en, BERKELEY, { startMs: START, endMs: later(4) })).toBe(
      'Sat, Nov 28, 9:00 AM–1:00 PM',
    );
    expect(formatWhen(es, BERKELEY, { startMs: START, endMs: later(4) })).toBe(
      'sáb 28 nov, 9:00 a.m.–1:00 p.m.',
    );
  });

  test('is only the start when there is no end', () => {
    expect(formatWhen(en, BERKELEY, { startMs: START })).toBe('Sat, Nov 28, 9:00 AM');
    expect(formatWhen(es, BERKELEY, { startMs: START, endMs: null })).toBe('sáb 28 nov, 9:00 a.m.');
  });

  test('keeps one day for a night and names both days for longer', () => {
    const night = formatWhen(en, BERKELEY, { startMs: later(13), endMs: later(17) });
    expect(night).toBe('Sat, Nov 28, 10:00 PM–2:00 AM');
    expect(formatWhen(en, BERKELEY, { startMs: START, endMs: later(32) })).toBe(
      'Sat, Nov 28, 9:00 AM – Sun, Nov 29, 5:00 PM',
    );
    expect(formatWhen(es, BERKELEY, { startMs: START, endMs: later(32) })).toBe(
      'sáb 28 nov, 9:00 a.m. – dom 29 nov, 5:00 p.m.',
    );
  });

  test('is the city’s time, not the machine’s', () => {
    expect(formatWhen(en, 'America/Mexico_City', { startMs: START })).toBe('Sat, Nov 28, 11:00 AM');
    expect(formatWhen(en, 'Pacific/Auckland', { startMs: START })).toBe('Sun, Nov 29, 6:00 AM');
  });

  test('names the year of a day that is far off', () => {
    const now = Date.UTC(2026, 0, 5);
    expect(formatWhen(en, BERKELEY, { startMs: START, endMs: later(2), nowMs: now })).toBe(
      'Sat, Nov 28, 2026, 9:00–11:00 AM',
    );
    expect(formatWhen(es, BERKELEY, { startMs: START, nowMs: now })).toBe(
      'sáb 28 nov 2026, 9:00 a.m.',
    );
  });

  test('can be a day alone', () => {
    expect(formatMoment(en, BERKELEY, START, 'full')).toBe('Saturday, November 28, 2026');
    expect(formatMoment(es, BERKELEY, START, 'full')).toBe('sábado 28 de noviembre de 2026');
  });
});
