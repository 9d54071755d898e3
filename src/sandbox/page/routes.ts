/** The sandbox over HTTP: its stable interface for programs, and what its own page asks. */
import type { Context } from 'hono';
import { Hono } from 'hono';
import { isoTime } from '../../lib/clock.ts';
import { readText } from '../../lib/read-up-to.ts';
import { languageOf } from '../../web/problem-page.ts';
import { DATA_HEADERS, pageSecurity } from '../../web/security.ts';
import { readAdvance } from './advance.ts';
import { eventHub } from './events.ts';
import { readAddress, readInbound } from './inbound.ts';
import { sandboxPage } from './page.ts';
import type { PageData } from './page-data.ts';
import { askPds } from './pds.ts';

/** Ten files of 5 MB together, as base64, and some room. */
const BODY_BYTES_MAX = 12 * 1024 * 1024;
const CLOCK_BODY_BYTES_MAX = 1024;
const RECORDS_AT_ONCE_MAX = 200;
const NSID = /^[a-zA-Z][a-zA-Z0-9-]*(?:\.[a-zA-Z][a-zA-Z0-9-]*){2,10}$/;
const RECORD_KEY = /^[a-zA-Z0-9._:~-]{1,512}$/;

/** How this machine calls itself. A page of a stranger's name that resolves to here is not it. */
const OWN_HOST = /^(?:(?:[a-z0-9-]+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/i;

export type SandboxOptions = {
  /** Aborted when the server stops: ends the streams that pages keep open. */
  readonly stop?: AbortSignal;
};

const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status, headers: DATA_HEADERS });

const wrong = (error: string, status = 400): Response => json({ error }, status);

/**
 * All routes below /sandbox. They need no login, so what changes something is taken only as JSON
 * and never from a page of another origin; programs, which send no Origin, are welcome.
 */
export function sandboxRoutes(data: PageData, options: SandboxOptions = {}): Hono {
  const app = new Hono();
  const hub = eventHub(data);
  options.stop?.addEventListener('abort', hub.close, { once: true });

  app.use('/sandbox/*', (c, next) => {
    const host = c.req.header('host');
    return host === undefined || OWN_HOST.test(host)
      ? next()
      : Promise.resolve(wrong('The sandbox is open on this machine only: use localhost.', 403));
  });

  app.get('/sandbox/network', () => json(data.network()));

  app.get('/sandbox/events', () => {
    const stream = hub.open();
    if (stream === undefined) return wrong('Too many pages are open.', 503);
    return new Response(stream, {
      headers: { ...DATA_HEADERS, 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' },
    });
  });
  messageRoutes(app, data);
  recordRoutes(app, data);
  clockRoutes(app, data);

  app.get('/sandbox', async (c, next) => {
    const pds = new URL(data.network().pds).origin;
    await pageSecurity([pds])(c, next);
  });
  app.get('/sandbox', (c) => {
    c.header('Cache-Control', 'no-store');
    c.header('Vary', 'Accept-Language');
    return c.html(sandboxPage(data, languageOf(c)));
  });

  return app;
}

function messageRoutes(app: Hono, data: PageData): void {
  app.post('/sandbox/messages', async (c) => {
    const refusal = foreign(c);
    if (refusal !== undefined) return refusal;
    const body = await readText(BODY_BYTES_MAX, c.req.raw);
    if (!body.ok) return unread(body.refusal, '12 MB');
    const read = readInbound(body.value);
    if (!read.ok) return wrong(read.error);
    const sent = await data.send(read.message);
    return 'refused' in sent ? wrong(sent.refused) : json({ id: sent.id }, 202);
  });

  app.get('/sandbox/messages', (c) => {
    const { channel, person, after } = c.req.query();
    const address = readAddress(channel, person);
    if (!address.ok) return wrong(address.error);
    return json(data.messages(address.channel, address.person, after));
  });

  app.get('/sandbox/pictures/:key', async (c) => {
    const bytes = await data.picture(c.req.param('key'));
    const mediaType = bytes === undefined ? undefined : pictureType(bytes);
    if (bytes === undefined || mediaType === undefined) {
      return wrong('There is no such picture.', 404);
    }
    return new Response(new Uint8Array(bytes), {
      headers: {
        ...DATA_HEADERS,
        'Content-Type': mediaType,
        'Cache-Control': 'private, max-age=3600',
      },
    });
  });
}

function recordRoutes(app: Hono, data: PageData): void {
  app.get('/sandbox/records', (c) => {
    const after = Number(c.req.query('after') ?? '0');
    if (!Number.isSafeInteger(after) || after < 0) {
      return wrong('"after" must be the number of a record: 0 or more.');
    }
    return json(data.records(after, RECORDS_AT_ONCE_MAX));
  });

  app.get('/sandbox/records/:collection/:rkey', (c) => {
    const record = data.record(c.req.param('collection'), c.req.param('rkey'));
    return record === undefined ? wrong('There is no such record.', 404) : json(record);
  });

  app.get('/sandbox/pds/:collection/:rkey', async (c) => {
    const { collection, rkey } = c.req.param();
    if (!NSID.test(collection) || !RECORD_KEY.test(rkey)) {
      return wrong('There is no such record.', 404);
    }
    const { pds, did } = data.network();
    const answer = await askPds(pds, did, collection, rkey);
    return answer === undefined
      ? wrong('The PDS did not answer.', 502)
      : new Response(answer.body, { status: answer.status, headers: DATA_HEADERS });
  });
}

function clockRoutes(app: Hono, data: PageData): void {
  const told = (): Response => json({ now: isoTime(data.now()) });

  app.get('/sandbox/clock', told);

  app.post('/sandbox/clock', async (c) => {
    const refusal = foreign(c);
    if (refusal !== undefined) return refusal;
    const body = await readText(CLOCK_BODY_BYTES_MAX, c.req.raw);
    if (!body.ok) return unread(body.refusal, '1 kB');
    const read = readAdvance(body.value);
    if (!read.ok) return wrong(read.error);
    await data.passTime(read.ms);
    return told();
  });

  app.get('/sandbox/tasks', () => json(data.comingTasks()));
}

const unread = (refusal: 'broken-off' | 'too-long', most: string): Response =>
  refusal === 'broken-off'
    ? wrong('The body broke off.')
    : wrong(`The body is too big: ${most} at most.`, 413);

/** The refusal of a request that a page of somebody else made, if this is one. */
function foreign(c: Context): Response | undefined {
  const type = c.req.header('content-type');
  if (type === undefined || !/^application\/json\s*(?:;|$)/i.test(type)) {
    return wrong('Send JSON, with the header "Content-Type: application/json".', 415);
  }
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return wrong('Nothing is taken from pages of other sites.', 403);
  }
  const origin = c.req.header('origin');
  if (origin === undefined) return undefined;
  const host = c.req.header('host');
  return origin === `http://${host}` || origin === `https://${host}`
    ? undefined
    : wrong('Nothing is taken from pages of other sites.', 403);
}

/** By their first bytes; anything else is not shown as a picture. */
function pictureType(bytes: Uint8Array): string | undefined {
  const starts = (...signature: readonly number[]) =>
    signature.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (starts(0x52, 0x49, 0x46, 0x46) && bytes[8] === 0x57) return 'image/webp';
  if (starts(0x47, 0x49, 0x46, 0x38)) return 'image/gif';
  return undefined;
}
