import { expect, test } from 'vitest';
import type { Channel } from '../../src/channels/channel.ts';
import { createCatchUp } from '../../src/city/catch-up.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';

const channels = (['sms', 'telegram', 'bluesky'] as const).map(
  (name) => ({ name, ...(name === 'sms' ? {} : { createIngress: () => undefined }) }) as never,
) as readonly Channel[];

test('the city has caught up once every channel that takes messages in has said so', () => {
  const { caughtUp, isOver } = createCatchUp(channels, { elapsed: () => 0 });
  expect(isOver()).toBe(false);
  caughtUp('telegram');
  caughtUp('telegram');
  expect(isOver()).toBe(false);
  caughtUp('bluesky');
  expect(isOver()).toBe(true);
});

test('a channel that never says so is waited for for ten minutes', () => {
  let elapsed = 5;
  const { isOver } = createCatchUp(channels, { elapsed: () => elapsed });
  elapsed += 10 * MINUTE_MS - 1;
  expect(isOver()).toBe(false);
  elapsed += 1;
  expect(isOver()).toBe(true);
});
