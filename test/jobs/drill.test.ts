import { expect, test } from 'vitest';
import { drillJob } from '../../src/jobs/drill.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import { keepDrill, lastDrill } from '../../src/records/drill.ts';
import { checkDrill } from '../../src/web/health-checks.ts';
import { withCity } from '../support/city.ts';

test('coming back is practised a day after the city began, and every week', () =>
  withCity(async (city) => {
    const began = city.clock.now;
    const days: number[] = [];
    const job = drillJob(() => days.push((city.clock.now - began) / DAY_MS));
    for (let hour = 0; hour < 24 * 16; hour += 1) {
      city.run(job.run);
      await job.committed?.();
      city.clock.now += HOUR_MS;
    }
    expect(days).toEqual([1, 8, 15]);
  }));

test('health says why the city could not come back', () =>
  withCity((city) => {
    expect(checkDrill(city.run(({ tx }) => lastDrill(tx.cursors)))).toEqual({ state: 'ok' });
    const outcome = { at: 1, seconds: 0, rows: 0, records: 0, tookSeconds: 0 };
    city.run(({ tx }) => keepDrill(tx.cursors, { ...outcome, ok: false, sentence: 'No backup.' }));
    expect(checkDrill(city.run(({ tx }) => lastDrill(tx.cursors)))).toMatchObject({
      state: 'trouble',
      sentence: expect.stringContaining('(No backup.)'),
    });
  }));
