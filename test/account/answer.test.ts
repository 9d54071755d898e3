import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitedMs } from '../../src/account/answer.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { MORNING } from '../support/record-facts.ts';

const until = (headers: Readonly<Record<string, string>>) =>
  limitedMs((name) => headers[name], MORNING);
const seconds = (ms: number) => String(Math.floor(ms / SECOND_MS));

describe('limitedMs', () => {
  it('believes the server', () => {
    expect(until({ 'retry-after': '120' })).toBe(2 * MINUTE_MS);
    expect(until({ 'ratelimit-reset': seconds(MORNING + MINUTE_MS) })).toBe(MINUTE_MS);
  });

  it('goes by the clock of the server where that differs', () => {
    const date = new Date(MORNING - 10 * MINUTE_MS).toUTCString();
    const reset = seconds(MORNING - 9 * MINUTE_MS);
    expect(until({ date, 'ratelimit-reset': reset })).toBe(MINUTE_MS);
  });

  it('waits a minute when nothing is said, or nothing that can be', () => {
    expect(until({})).toBe(MINUTE_MS);
    expect(until({ 'ratelimit-reset': 'NaN', 'retry-after': 'soon' })).toBe(MINUTE_MS);
    expect(until({ 'ratelimit-reset': '32503680000' })).toBe(MINUTE_MS);
    expect(until({ 'retry-after': '99999999999999999999' })).toBe(MINUTE_MS);
  });

  it('waits a second at least', () => {
    expect(until({ 'ratelimit-reset': seconds(MORNING - DAY_MS) })).toBe(SECOND_MS);
    expect(until({ 'retry-after': '-5' })).toBe(SECOND_MS);
  });

  it('never waits longer than a limit can last', () => {
    const header = fc.option(fc.oneof(fc.string(), fc.double().map(String)), { nil: undefined });
    fc.assert(
      fc.property(header, header, header, (reset, after, date) => {
        const headers = new Map([
          ['ratelimit-reset', reset],
          ['retry-after', after],
          ['date', date],
        ]);
        const ms = limitedMs((name) => headers.get(name), MORNING);
        expect(ms).toBeGreaterThanOrEqual(SECOND_MS);
        expect(ms).toBeLessThanOrEqual(DAY_MS + MINUTE_MS);
      }),
    );
  });
});
