import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import type { ComingTask } from '../../../src/sandbox/page/page-data.ts';
import { sandboxRoutes } from '../../../src/sandbox/page/routes.ts';
import { SANDBOX_PEOPLE } from '../../../src/sandbox/people.ts';
import { startServer } from '../../support/local-server.ts';
import {
  CITY_DID,
  memoryPageData,
  ON_BLUESKY,
  ON_TELEGRAM,
  RESIDENT,
} from '../../support/memory-page-data.ts';
import { serveSandbox } from '../../support/web-server.ts';

const JSON_TYPE = { 'content-type': 'application/json' };
const photo = readFileSync(new URL('../../../src/sandbox/page/client/photo.jpg', import.meta.url));

function sandbox() {
  const data = memoryPageData();
  const app = sandboxRoutes(data);
  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    app.request('/sandbox/messages', {
      method: 'POST',
      headers: { ...JSON_TYPE, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { data, app, post };
}

describe('POST /sandbox/messages', () => {
  it('answers 202 with the id once the message is stored', async () => {
    const { data, app, post } = sandbox();
    const response = await post({ channel: 'sms', from: RESIDENT, text: 'JOIN 1' });
    expect(response.status).toBe(202);
    const { id } = (await response.json()) as { id: string };
    expect(data.received).toEqual([{ channel: 'sms', from: RESIDENT, text: 'JOIN 1', media: [] }]);
    const query = new URLSearchParams({ channel: 'sms', person: RESIDENT });
    const messages = await (await app.request(`/sandbox/messages?${query}`)).json();
    expect(messages).toMatchObject([{ id, direction: 'in', text: 'JOIN 1', choices: [] }]);
  });

  it('takes messages of every channel, with files and an answer to a post', async () => {
    const { data, post } = sandbox();
    const media = [{ mediaType: 'image/JPEG', base64: photo.toString('base64') }];
    expect((await post({ channel: 'telegram', from: ON_TELEGRAM, text: 'hi' })).status).toBe(202);
    const reply = { channel: 'bluesky', from: ON_BLUESKY, media, replyTo: 'm1' };
    expect((await post(reply)).status).toBe(202);
    const [, taken] = data.received;
    expect(taken).toMatchObject({ text: '', replyTo: 'm1' });
    expect(taken?.media[0]?.mediaType).toBe('image/jpeg');
    expect(Buffer.from(taken?.media[0]?.bytes ?? []).equals(photo)).toBe(true);
  });

  it.each([
    ['{', 'The body is not valid JSON.'],
    ['', 'The body is not valid JSON.'],
    ['[]', 'The body must be a JSON object with "channel", "from" and "text".'],
    ['null', 'The body must be a JSON object with "channel", "from" and "text".'],
    [
      { channel: 'fax', from: RESIDENT, text: 'x' },
      '"channel" must be "sms", "telegram" or "bluesky".',
    ],
    [{ channel: 'sms', text: 'x' }, '"from" must be a text: the sender\'s address on the channel.'],
    [
      { channel: 'sms', from: 15105550101, text: 'x' },
      '"from" must be a text: the sender\'s address on the channel.',
    ],
    [
      { channel: 'sms', from: '5105550101', text: 'x' },
      '"from" must be a phone number in international form, such as +15105550101.',
    ],
    [
      { channel: 'sms', from: '+1510555010１', text: 'x' },
      '"from" must be a phone number in international form, such as +15105550101.',
    ],
    [
      { channel: 'telegram', from: 'ben smith', text: 'x' },
      '"from" must be a Telegram user id or name, such as 7000101.',
    ],
    [
      { channel: 'bluesky', from: 'did:key:zQ3', text: 'x' },
      '"from" must be the DID or handle of a Bluesky account, such as did:plc:ewvi7nxzyoun6zhxrhs64oiz.',
    ],
    [{ channel: 'sms', from: RESIDENT, text: 5 }, '"text" must be a text.'],
    [{ channel: 'sms', from: RESIDENT, media: {} }, '"media" must be a list.'],
    [
      { channel: 'sms', from: RESIDENT, media: ['x'] },
      'Each of "media" must be { "mediaType", "base64" }.',
    ],
    [
      { channel: 'sms', from: RESIDENT, media: [{ mediaType: 'jpeg', base64: 'AAAA' }] },
      '"mediaType" must be a media type such as "image/jpeg".',
    ],
    [
      {
        channel: 'sms',
        from: RESIDENT,
        media: [{ mediaType: 'image/jpeg', base64: 'no base64!' }],
      },
      '"base64" holds characters that are not base64.',
    ],
    [
      { channel: 'sms', from: RESIDENT, media: [{ mediaType: 'image/jpeg', base64: '' }] },
      '"base64" is empty: there is no file in it.',
    ],
    [
      {
        channel: 'sms',
        from: RESIDENT,
        media: Array(11).fill({ mediaType: 'image/jpeg', base64: 'AAAA' }),
      },
      '"media" may have 10 files at most.',
    ],
    [
      { channel: 'sms', from: RESIDENT, text: 'x', replyTo: 7 },
      '"replyTo" must be the id of a message.',
    ],
    [{ channel: 'sms', from: RESIDENT, text: 'REFUSE ME' }, 'The script refuses that.'],
  ])('refuses %j with one sentence', async (body, error) => {
    const { data, post } = sandbox();
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error });
    expect(data.received).toEqual([]);
  });

  it('never fails, whatever it is sent', async () => {
    const { post } = sandbox();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json(),
          fc.record({
            channel: fc.constant('sms'),
            from: fc.anything(),
            text: fc.anything(),
            media: fc.anything(),
          }),
        ),
        async (body) => {
          const response = await post(typeof body === 'string' ? body : JSON.stringify(body));
          expect([202, 400]).toContain(response.status);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('hands text on as it came: 100 KB, NUL, lone surrogates, markup', async () => {
    const { data, post } = sandbox();
    for (const text of ['x'.repeat(100_000), '\0\ud800', '<b>&', '\u202eabc', '']) {
      expect((await post({ channel: 'sms', from: RESIDENT, text })).status).toBe(202);
      expect(data.received.at(-1)?.text).toBe(text);
    }
  });

  it('refuses more than 12 MB by what is declared and by what comes', async () => {
    const { app, post } = sandbox();
    const declared = await post('{}', { 'content-length': String(13 * 1024 * 1024) });
    expect(declared.status).toBe(413);
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
      },
    });
    const init = { method: 'POST', headers: JSON_TYPE, body: endless, duplex: 'half' as const };
    const streamed = await app.request('/sandbox/messages', init);
    expect(streamed.status).toBe(413);
    expect(sent).toBeLessThan(16);
  });

  it('reads a body that comes in pieces, also where a piece ends inside a character', async () => {
    const { data, app } = sandbox();
    const bytes = new TextEncoder().encode(
      JSON.stringify({ channel: 'sms', from: RESIDENT, text: 'señor 🌊' }),
    );
    const pieces = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const init = { method: 'POST', headers: JSON_TYPE, body: pieces, duplex: 'half' as const };
    expect((await app.request('/sandbox/messages', init)).status).toBe(202);
    expect(data.received[0]?.text).toBe('señor 🌊');
  });
});

describe('who may post', () => {
  const message = { channel: 'sms', from: RESIDENT, text: 'HI' };

  it('programs, which send no Origin, and the page itself', async () => {
    const { post } = sandbox();
    const page = {
      origin: 'http://localhost:8080',
      host: 'localhost:8080',
      'sec-fetch-site': 'same-origin',
    };
    expect((await post(message)).status).toBe(202);
    expect((await post(message, page)).status).toBe(202);
    expect((await post(message, { ...page, origin: 'https://localhost:8080' })).status).toBe(202);
  });

  it.each([
    [{ origin: 'https://evil.example', host: 'localhost:8080' }],
    [{ origin: 'http://localhost:8081', host: 'localhost:8080' }],
    [{ origin: 'null', host: 'localhost:8080' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('no page of another origin: %j', async (headers) => {
    const { data, post } = sandbox();
    const response = await post(message, headers as unknown as Record<string, string>);
    expect(response.status).toBe(403);
    expect(data.received).toEqual([]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/json'])(
    'nothing that a form can send: %s',
    async (type) => {
      const { data, post } = sandbox();
      expect((await post(message, { 'content-type': type })).status).toBe(415);
      expect(data.received).toEqual([]);
    },
  );

  it('a sender who is gone halfway is no error of the server', async () => {
    const { data, app } = sandbox();
    const failures: Error[] = [];
    app.onError((error, c) => {
      failures.push(error);
      return c.text('', 500);
    });
    const body = new ReadableStream({
      pull: (controller) => controller.error(new Error('aborted')),
    });
    const init = { method: 'POST', headers: JSON_TYPE, body, duplex: 'half' } as const;
    expect((await app.request('/sandbox/messages', init)).status).toBe(400);
    expect(failures).toEqual([]);
    expect(data.received).toEqual([]);
  });

  it.each(['evil.example', 'evil.example:8080', '127.0.0.1.evil.example', 'localhost.evil:80'])(
    'no page whose name only resolves to this machine: %s',
    async (host) => {
      const { data, app, post } = sandbox();
      const own = { host, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
      const body = { channel: 'sms', from: RESIDENT, text: 'JOIN 1' };
      expect((await post(body, own)).status).toBe(403);
      expect(data.received).toEqual([]);
      const query = new URLSearchParams({ channel: 'sms', person: RESIDENT });
      for (const path of [`/sandbox/messages?${query}`, '/sandbox', '/sandbox/events']) {
        expect((await app.request(path, { headers: { host } })).status).toBe(403);
      }
    },
  );

  it.each(['localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'city.localhost'])(
    'this machine by its own name: %s',
    async (host) => {
      const { app } = sandbox();
      expect((await app.request('/sandbox/network', { headers: { host } })).status).toBe(200);
    },
  );

  it('a foreign page gets no leave to ask: preflights are not answered', async () => {
    const { app } = sandbox();
    const response = await app.request('/sandbox/messages', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(response.status).toBe(404);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('GET /sandbox/messages', () => {
  it('gives those after a message, and none of a person without any', async () => {
    const { data, app } = sandbox();
    for (const text of ['one', 'two', 'three']) data.stage.say(RESIDENT, text);
    const ask = async (query: Record<string, string>) =>
      (await app.request(`/sandbox/messages?${new URLSearchParams(query)}`)).json();
    const after = await ask({ channel: 'sms', person: RESIDENT, after: 'm2' });
    expect(after).toMatchObject([{ id: 'm3', direction: 'out', text: 'three', segments: 1 }]);
    expect(await ask({ channel: 'sms', person: '+5215512345678' })).toEqual([]);
  });

  it.each(['', '?channel=fax&person=1', '?channel=sms', '?channel=sms&person=15105550101'])(
    'refuses the query "%s"',
    async (query) => {
      const { app } = sandbox();
      const response = await app.request(`/sandbox/messages${query}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        error: expect.stringMatching(/^"(?:channel|person)"/),
      });
    },
  );
});

describe('the clock', () => {
  const clocked = () => {
    const { data, app } = sandbox();
    const now = async () =>
      Date.parse(((await (await app.request('/sandbox/clock')).json()) as { now: string }).now);
    const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      app.request('/sandbox/clock', {
        method: 'POST',
        headers: { ...JSON_TYPE, ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
    return { data, app, now, post };
  };
  const MINUTES = '"advanceMinutes" must be a whole number of minutes: 1 or more.';

  it('goes on by so many minutes, and answers what it is then', async () => {
    const { now, post } = clocked();
    const before = await now();
    const response = await post({ advanceMinutes: 90 });
    expect(response.status).toBe(200);
    const answer = (await response.json()) as { now: string };
    expect(Object.keys(answer)).toEqual(['now']);
    expect(Date.parse(answer.now)).toBeGreaterThanOrEqual(before + 90 * MINUTE_MS);
    expect(await now()).toBeGreaterThanOrEqual(Date.parse(answer.now));
  });

  it('answers once all that became due is done', async () => {
    const due = Promise.withResolvers<void>();
    const app = sandboxRoutes(memoryPageData({ doDue: () => due.promise }));
    let isAnswered = false;
    const answer = Promise.resolve(
      app.request('/sandbox/clock', {
        method: 'POST',
        headers: JSON_TYPE,
        body: '{"advanceMinutes":1}',
      }),
    ).then(() => {
      isAnswered = true;
    });
    // Another request goes its whole way meanwhile.
    expect((await app.request('/sandbox/clock')).status).toBe(200);
    expect(isAnswered).toBe(false);
    due.resolve();
    await answer;
  });

  it.each([
    ['{', 'The body is not valid JSON.'],
    ['', 'The body is not valid JSON.'],
    [[], 'The body must be a JSON object with "advanceMinutes".'],
    [{}, MINUTES],
    [{ advanceMinutes: 0 }, MINUTES],
    [{ advanceMinutes: -60 }, MINUTES],
    [{ advanceMinutes: 1.5 }, MINUTES],
    [{ advanceMinutes: '60' }, MINUTES],
    [{ advanceMinutes: null }, MINUTES],
    ['{"advanceMinutes":1e999}', MINUTES],
    [{ advanceMinutes: 44_641 }, '"advanceMinutes" may be 44640 at most, which are 31 days.'],
  ])('stands still for %j, and says why', async (body, error) => {
    const { now, post } = clocked();
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error });
    expect((await now()) - Date.now()).toBeLessThan(MINUTE_MS);
  });

  it('is not moved by pages of other sites, by forms or by floods', async () => {
    const { post } = clocked();
    const body = { advanceMinutes: 1 };
    expect((await post(body, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await post(body, { 'content-type': 'text/plain' })).status).toBe(415);
    const long = await post(`${' '.repeat(2000)}{"advanceMinutes":1}`);
    expect(long.status).toBe(413);
    expect(await long.json()).toEqual({ error: 'The body is too big: 1 kB at most.' });
  });

  it('can be compared with the start of the next task, until that has begun', async () => {
    const { app, now, post } = clocked();
    const coming = async () =>
      (await (await app.request('/sandbox/tasks')).json()) as readonly ComingTask[];
    const [next, ...others] = await coming();
    expect([next?.number, others]).toEqual([2, []]);
    const leftMs = Date.parse(next?.startsAt ?? '') - (await now());
    expect(leftMs).toBeGreaterThan(0);
    await post({ advanceMinutes: Math.ceil(leftMs / MINUTE_MS) });
    expect(await coming()).toEqual([]);
  });
});

describe('pictures', () => {
  it('are shown as what they are', async () => {
    const { data, app, post } = sandbox();
    const media = [{ mediaType: 'image/png', base64: photo.toString('base64') }];
    await post({ channel: 'sms', from: RESIDENT, text: '', media });
    const [message] = data.messages('sms', RESIDENT);
    const response = await app.request(message?.pictures?.[0] ?? '');
    expect(response.headers.get('content-type')).toBe('image/jpeg');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(Buffer.from(await response.arrayBuffer()).equals(photo)).toBe(true);
  });

  it('are not shown when they are something else', async () => {
    const { data, app, post } = sandbox();
    const base64 = Buffer.from('<svg onload="alert(1)">').toString('base64');
    const media = [{ mediaType: 'image/jpeg', base64 }];
    await post({ channel: 'sms', from: RESIDENT, text: '', media });
    const [message] = data.messages('sms', RESIDENT);
    expect((await app.request(message?.pictures?.[0] ?? '')).status).toBe(404);
    expect((await app.request('/sandbox/pictures/none')).status).toBe(404);
  });
});

describe('records', () => {
  const seeded = () => {
    const { data, app } = sandbox();
    for (const summary of ['first', 'second', 'third']) {
      data.stage.record({ collection: 'org.city-sync.civic.task', summary, value: { summary } });
    }
    return { data, app };
  };

  it('come newest first, after a number', async () => {
    const { app } = seeded();
    const records = await (await app.request('/sandbox/records?after=1')).json();
    expect(records).toMatchObject([
      { seq: 3, summary: 'third' },
      { seq: 2, summary: 'second' },
    ]);
    for (const after of ['-1', '1.5', 'x', '1e300']) {
      expect((await app.request(`/sandbox/records?after=${after}`)).status).toBe(400);
    }
  });

  it('are each told with value, address, CID and state', async () => {
    const { data, app } = seeded();
    const [newest] = data.records(0, 1);
    const response = await app.request(`/sandbox/records/${newest?.collection}/${newest?.rkey}`);
    expect(await response.json()).toMatchObject({
      uri: newest?.uri,
      cid: newest?.cid,
      state: 'staged',
      value: { $type: 'org.city-sync.civic.task', summary: 'third' },
    });
    expect((await app.request('/sandbox/records/org.city-sync.civic.task/none')).status).toBe(404);
  });
});

describe('the network', () => {
  it('is named', async () => {
    const { app } = sandbox();
    expect(await (await app.request('/sandbox/network')).json()).toEqual({
      pds: 'http://localhost:2583',
      plc: 'http://localhost:2582',
      did: CITY_DID,
      handle: 'berkeley.test',
    });
  });
});

describe('the answer of the PDS', () => {
  let served: Awaited<ReturnType<typeof serveSandbox>>;
  beforeAll(async () => {
    served = await serveSandbox();
  });
  afterAll(() => served.close());

  it('is handed through unchanged, also when it is a refusal', async () => {
    const { data, url } = served;
    data.stage.record({ collection: 'org.city-sync.civic.task', summary: 'x', value: {} });
    const [record] = data.records(0, 1);
    const path = `${record?.collection}/${record?.rkey}`;
    await expect
      .poll(async () => (await fetch(`${url}/sandbox/pds/${path}`)).json())
      .toMatchObject({ uri: record?.uri, cid: record?.cid });
    const none = await fetch(`${url}/sandbox/pds/org.city-sync.civic.task/none`);
    expect(none.status).toBe(400);
    expect(await none.json()).toMatchObject({ error: 'RecordNotFound' });
  });

  it.each(['nonsense/x', 'a.b.c/..%2f..', 'org.city-sync.civic.task/a%20b', 'http:%2f%2fevil/x'])(
    'is never asked for %s',
    async (path) => {
      expect((await fetch(`${served.url}/sandbox/pds/${path}`)).status).toBe(404);
    },
  );

  it('is 502 when the PDS leads elsewhere', async () => {
    const elsewhere = await startServer((_, answer) => answer.end('{"uri":"at://elsewhere"}'));
    const pds = await startServer((_, answer) =>
      answer.writeHead(302, { location: elsewhere.url }).end(),
    );
    const app = sandboxRoutes(memoryPageData({ pds: pds.url }));
    const response = await app.request('/sandbox/pds/org.city-sync.civic.task/x');
    expect(response.status).toBe(502);
    await Promise.all([elsewhere.close(), pds.close()]);
  });

  it('is 502 when the PDS is silent', async () => {
    const app = sandboxRoutes(memoryPageData({ pds: 'http://127.0.0.1:1' }));
    const response = await app.request('/sandbox/pds/org.city-sync.civic.task/x');
    expect(response.status).toBe(502);
    expect(await response.json()).toEqual({ error: 'The PDS did not answer.' });
  });
});

describe('the page', () => {
  it('may ask this server and the PDS, and nobody else', async () => {
    const { app } = sandbox();
    const response = await app.request('/sandbox');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("connect-src 'self' http://localhost:2583");
    expect(policy).toContain("script-src 'self';");
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('draws a phone for each part, with a label for each field', async () => {
    const { app } = sandbox();
    const page = await (await app.request('/sandbox?lang=es')).text();
    expect(page).toContain('<html lang="es">');
    expect(page.match(/<article class="phone panel"/g)).toHaveLength(6);
    expect(page.match(/<textarea[^>]+aria-label="Mensaje de [^"]+"/g)).toHaveLength(6);
    expect(page).toContain('El');
  });

  it.each([
    ['en', 'Resident', 'Resident on SMS', 'City admin'],
    ['es', 'Residente', 'Residente por SMS', 'Administración'],
  ])('in %s calls people without a name by their role', async (language, role, label, admin) => {
    const app = sandboxRoutes({ ...memoryPageData(), people: SANDBOX_PEOPLE });
    const page = await (await app.request(`/sandbox?lang=${language}`)).text();
    const names = [...page.matchAll(/data-name="([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual([role, 'Codornices Creek Friends', 'Northside Café', role, role, admin]);
    expect(page).toContain(`aria-label="${label}"`);
  });
});
