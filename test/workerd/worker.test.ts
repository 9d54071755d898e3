import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import worker from '../../src/worker.ts';

test('a city that has just begun tells that nothing waits', async () => {
  const answer = await worker.fetch(new Request('https://city.example/healthz'), env);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    status: 'ok',
    inbox: { count: 0, oldest: null, parked: 0 },
    outbox: { waiting: [], dead: 0 },
  });
});
