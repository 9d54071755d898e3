/** Takes the requests that providers send, and hands each to its channel. */
import { Hono } from 'hono';
import { DATA_HEADERS } from './security.ts';

const refused = (status: number, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(null, { status, headers: { ...DATA_HEADERS, ...headers } });

type Webhooks = Readonly<Record<string, (request: Request) => Promise<Response>>>;

/**
 * Each of `ways` may have requests that its provider sends, by path. Nothing of a body is read here:
 * a channel looks for the proof first, and knows how long its provider's bodies are.
 */
export function webhookRoutes(ways: readonly { readonly webhooks?: Webhooks }[]): Hono {
  const app = new Hono();
  for (const { webhooks = {} } of ways) {
    for (const [path, receive] of Object.entries(webhooks)) {
      app.post(path, (c) => receive(c.req.raw));
      app.all(path, () => refused(405, { Allow: 'POST' }));
    }
  }
  app.all('/webhooks/*', () => refused(404));
  return app;
}
