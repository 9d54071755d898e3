import { describe, expect, it } from 'vitest';
import { createRefusals } from '../../src/channels/refusals.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';

function open() {
  const clock = { time: 0 };
  const warnings: string[] = [];
  const problems: (string | undefined)[] = [];
  const refusals = createRefusals({
    now: () => clock.time,
    question: 'is PUBLIC_URL right?',
    warn: (sentence) => warnings.push(sentence),
    problem: (sentence) => problems.push(sentence),
  });
  const refuse = (times: number) => {
    for (let time = 0; time < times; time += 1) refusals.refused();
  };
  return { clock, warnings, problems, refusals, refuse };
}

describe('webhooks with a wrong proof', () => {
  it('are warned of at the first, and then every ten minutes with their number', () => {
    const { clock, warnings, refusals, refuse } = open();
    expect(refusals.facts()).toEqual({});
    refuse(5);
    expect(warnings).toEqual(['1 webhook was refused: is PUBLIC_URL right?']);
    clock.time = 10 * MINUTE_MS - 1;
    refuse(1);
    expect(warnings).toHaveLength(1);
    clock.time = 10 * MINUTE_MS;
    refuse(3);
    expect(warnings.slice(1)).toEqual(['6 webhooks were refused: is PUBLIC_URL right?']);
    expect(refusals.facts()).toEqual({ webhooksRefused: 9 });
  });

  it('are a problem of the channel until a true one comes', () => {
    const { problems, refusals, refuse } = open();
    refuse(2);
    expect(problems.at(-1)).toBe('2 webhooks were refused: is PUBLIC_URL right?');
    refusals.accepted();
    expect(problems.at(-1)).toBeUndefined();
  });

  it('of strangers are no problem of a channel that works', () => {
    const { clock, problems, warnings, refusals, refuse } = open();
    refusals.accepted();
    clock.time = 59 * MINUTE_MS;
    refuse(1000);
    expect(problems).toEqual([]);
    expect(warnings).toHaveLength(1);
    clock.time = 60 * MINUTE_MS;
    refuse(1);
    expect(problems).toEqual(['1001 webhooks were refused: is PUBLIC_URL right?']);
  });
});
