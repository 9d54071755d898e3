import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { createDoor, isAtDoor } from '../../../src/web/operators/door.ts';

const TOKEN = 'a-token-of-more-than-32-characters-1';

function openDoor(token: string | undefined) {
  const clock = { now: 0 };
  const failed: string[] = [];
  const behind = new Hono();
  behind.get('/operators/hello', (c) => c.text('hello'));
  behind.get('/operators/broken', () => {
    throw new Error('of +15105550141');
  });
  const door = createDoor({
    token,
    addressOf: (request) => request.headers.get('cf-connecting-ip') ?? undefined,
    routes: [behind],
    failed: (error) => failed.push(error.message),
    now: () => clock.now,
  });
  const ask = (path: string, given?: string, address = '192.0.2.1') =>
    door.fetch(
      new Request(`https://city.example${path}`, {
        headers: {
          'cf-connecting-ip': address,
          ...(given !== undefined && { authorization: `Bearer ${given}` }),
        },
      }),
    );
  return { ask, clock, failed };
}

test('it opens for its token alone, wherever the city lies', async () => {
  const { ask } = openDoor(TOKEN);
  for (const path of ['/operators/hello', '/bot/operators/hello']) {
    expect(await (await ask(path, TOKEN)).text()).toBe('hello');
    for (const other of [undefined, '', `${TOKEN} `.repeat(2), TOKEN.slice(1), `${TOKEN}x`]) {
      expect((await ask(path, other)).status).toBe(401);
    }
  }
  expect((await ask('/operators/nothing', TOKEN)).status).toBe(404);
});

test('where no token is set nobody has the right one', async () => {
  const { ask } = openDoor(undefined);
  for (const given of [undefined, '', 'undefined', TOKEN]) {
    expect((await ask('/operators/hello', given)).status).toBe(404);
  }
});

test('whoever knocks too often has to wait, and only they', async () => {
  const { ask, clock } = openDoor(TOKEN);
  for (let times = 0; times < 1200; times += 1) await ask('/operators/hello', 'guess');
  const refused = await ask('/operators/hello', TOKEN);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask('/operators/hello', TOKEN, '192.0.2.2')).status).toBe(200);
  clock.now += 60_000;
  expect((await ask('/operators/hello', TOKEN)).status).toBe(200);
});

test('what fails is in the log and not in the answer', async () => {
  const { ask, failed } = openDoor(TOKEN);
  const answer = await ask('/operators/broken', TOKEN);
  expect(answer.status).toBe(500);
  expect(await answer.text()).not.toMatch(/\d{5}/);
  expect(failed).toEqual(['of +15105550141']);
});

test('only paths of the door lead to it', () => {
  expect(isAtDoor('/operators/move')).toBe(true);
  expect(isAtDoor('/bot/operators/tools/admin')).toBe(true);
  for (const path of ['/', '/operators', '/healthz', '/tasks/1'])
    expect(isAtDoor(path)).toBe(false);
});
