/** Takes the requests that providers send, and hands each to its channel. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { DATA_HEADERS } from './security.ts';

/** Requests of providers are many times smaller. */
const BODY_BYTES_MAX = 1_000_000;

const refused = (status: number, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status, headers: { ...DATA_HEADERS, ...headers } });

type Webhooks = Readonly<Record<string, (request: Request) => Promise<Response>>>;

/** Each of `ways` may have requests that its provider sends, by path. */
export function webhookRoutes(ways: readonly { readonly webhooks?: Webhooks }[]): Hono {
  const app = new Hono();
  const limit = bodyLimit({ maxSize: BODY_BYTES_MAX, onError: () => refused(413) });
  for (const { webhooks = {} } of ways) {
    for (const [path, receive] of Object.entries(webhooks)) {
      app.post(path, limit, (c) => receive(c.req.raw));
      app.all(path, () => refused(405, { Allow: 'POST' }));
    }
  }
  app.all('/webhooks/*', () => refused(404));
  return app;
}
