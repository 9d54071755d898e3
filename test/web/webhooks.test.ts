// Requests of providers over a real port: each path to its channel, and nothing else gets in.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listening, listenToSelf } from '../../src/node/listen.ts';
import { webhookRoutes } from '../../src/web/webhooks.ts';

const PATH = '/webhooks/twilio/message';
const UNREAD_PATH = '/webhooks/unread';
const heard: string[] = [];
let listening: Listening;

const ingress = {
  webhooks: {
    [PATH]: async (request: Request) => {
      heard.push(await request.text());
      return new Response('<Response/>', { headers: { 'Content-Type': 'text/xml' } });
    },
    [UNREAD_PATH]: async () => new Response(null, { status: 403 }),
  },
};

beforeAll(async () => {
  listening = await listenToSelf(webhookRoutes([ingress]).fetch, 0);
});
afterAll(() => listening.close());

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${listening.port}${path}`, { method: 'POST', ...init });

it('gives a channel the bytes as they came, and the provider what it answers', async () => {
  const answer = await ask(PATH, { body: 'Body=s%C3%AD' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/xml');
  expect(await answer.text()).toBe('<Response/>');
  expect(heard.splice(0)).toEqual(['Body=s%C3%AD']);
});

it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('refuses %s, and says what it takes', async (method) => {
  const answer = await ask(PATH, { method });
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe('POST');
  expect(heard).toEqual([]);
});

it('knows no other path', async () => {
  expect((await ask('/webhooks/telegram')).status).toBe(404);
  expect((await ask(`${PATH}/more`)).status).toBe(404);
});

it('reads nothing of a body: that is for the channel, once it has seen the proof', async () => {
  const body = new Blob(['x'.repeat(3_000_000)]).stream();
  const answer = await ask(UNREAD_PATH, { body, duplex: 'half' } as RequestInit);
  expect(answer.status).toBe(403);
  expect(heard).toEqual([]);
});
