import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Row } from '../../../src/records/open-data/files.ts';
import { OPEN_DATA_FILES, OPEN_DATA_NAMES } from '../../../src/records/open-data/files.ts';
import type { OpenData, Snapshot } from '../../../src/records/open-data/open-data.ts';
import { createWeb, type WebParts } from '../../../src/web/app.ts';
import type { Ending } from '../../../src/web/open-data/stream.ts';
import { parseCsv } from '../../support/csv.ts';
import { homeReads } from '../../support/home-view.ts';
import {
  addTransfers,
  countedOpenData,
  openDataParts,
  publishAll,
} from '../../support/open-data.ts';
import { withStore } from '../../support/store.ts';
import { waitFor } from '../../support/wait-for.ts';
import { serveWeb } from '../../support/web-server.ts';

const web = (
  openData: Partial<WebParts['openData']> = {},
  addressOf: WebParts['addressOf'] = () => undefined,
) =>
  createWeb({
    addressOf,
    health: () => ({ ok: true }),
    metrics: () => '',
    home: homeReads(),
    openData: openDataParts(openData),
    assets: new Map(),
  });

/** A server whose ends can be waited for. */
async function serving(data: OpenData) {
  const endings: string[] = [];
  const failures: string[] = [];
  const ended = (file: string, ending: Ending) => endings.push(`${file} ${ending}`);
  const served = await serveWeb({
    openData: openDataParts({ data, ended }),
    failed: (error, path) => failures.push(`${path}: ${error.message}`),
  });
  onTestFinished(served.close);
  return { url: served.url, endings, failures };
}

const SNAPSHOT: Snapshot = {
  seq: 7,
  cid: 'bafyreiabcdefghijklmno',
  publishedAt: Date.UTC(2026, 10, 23),
};

/** `count` pages of 100 wide rows each, of which `at` sees the number as they are made. */
const manyPages = (count: number, at: (page: number) => void = () => undefined): OpenData => ({
  now: () => SNAPSHOT,
  *pages(name) {
    const cells = OPEN_DATA_FILES[name].columns.map(() => 'x'.repeat(50));
    const row: Row = cells;
    for (let page = 1; page <= count; page += 1) {
      at(page);
      yield Array.from({ length: 100 }, () => row);
    }
  },
});

async function* chunksOf(response: Response): AsyncGenerator<Uint8Array> {
  for await (const chunk of response.body ?? []) yield chunk;
}

describe('a file', () => {
  it.each(OPEN_DATA_NAMES)(
    'of %s is there as CSV and as JSON before anything is published',
    async (name) => {
      const csv = await web().request(`/export/${name}.csv`);
      expect(csv.status).toBe(200);
      expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
      expect(parseCsv(await csv.text())).toEqual([[...OPEN_DATA_FILES[name].columns]]);
      const json = await web().request(`/export/${name}.json`);
      expect(json.status).toBe(200);
      expect(json.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(await json.json()).toEqual([]);
    },
  );

  it('has a name with the city and the date on the city’s calendar', async () => {
    const named = async (name: string) => {
      const city = { ...homeReads().city(), name };
      const app = createWeb({
        health: () => ({ ok: true }),
        metrics: () => '',
        home: homeReads({ city }),
        openData: openDataParts(),
        assets: new Map(),
      });
      return (await app.request('/export/tasks.csv')).headers.get('content-disposition');
    };
    expect(await named('Berkeley')).toBe('attachment; filename="berkeley-tasks-2026-11-23.csv"');
    expect(await named('Cañón "City"\r\n; x')).toBe(
      'attachment; filename="canon-city-x-tasks-2026-11-23.csv"',
    );
    expect(await named('東京')).toBe('attachment; filename="city-tasks-2026-11-23.csv"');
  });

  it('is sent again only after something was published', () =>
    withStore(async (store, db) => {
      const { data, counted } = countedOpenData(store);
      const app = web({ data });
      const ask = (etag = '') =>
        app.request('/export/transfers.json', { headers: { 'if-none-match': etag } });
      const empty = (await ask()).headers.get('etag') ?? '';
      addTransfers(db, 3);
      const full = await ask(empty);
      expect(full.status).toBe(200);
      expect(full.headers.get('cache-control')).toBe('public, no-cache');
      expect(full.headers.get('last-modified')).toBe(new Date(2003).toUTCString());
      expect(await full.json()).toHaveLength(3);
      const etag = full.headers.get('etag') ?? '';
      const read = counted.pages;
      for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
        const same = await ask(known);
        expect(same.status).toBe(304);
        expect(same.headers.get('etag')).toBe(etag);
        expect(await same.text()).toBe('');
      }
      expect(counted.pages).toBe(read);
      store.transact((tx) =>
        tx.records.stage({
          collection: 'org.city-sync.civic.claim',
          rkey: 'a',
          operation: 'create',
          cid: 'c',
          value: '{}',
          stagedAt: 1,
        }),
      );
      expect((await ask(etag)).status).toBe(304);
      publishAll(store);
      expect((await ask(etag)).status).toBe(200);
    }));

  it('can be asked about by HEAD, and nothing is read for it', () =>
    withStore(async (store, db) => {
      addTransfers(db, 3);
      const { data, counted } = countedOpenData(store);
      const app = web({ data });
      const head = await app.request('/export/transfers.csv', { method: 'HEAD' });
      const get = await app.request('/export/transfers.csv');
      expect(head.status).toBe(200);
      expect(await head.text()).toBe('');
      expect([...head.headers]).toEqual([...get.headers]);
      expect(counted.pages).toBe(1);
    }));

  it('may be read by pages of other sites, also with conditions', async () => {
    const app = web();
    const get = await app.request('/export/tasks.json', {
      headers: { origin: 'https://x.example' },
    });
    expect(get.headers.get('access-control-allow-origin')).toBe('*');
    expect(get.headers.get('access-control-expose-headers')).toContain('ETag');
    expect(get.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(get.headers.get('x-content-type-options')).toBe('nosniff');
    const preflight = await app.request('/export/tasks.json', {
      method: 'OPTIONS',
      headers: {
        origin: 'https://x.example',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'if-none-match',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('if-none-match');
    expect(preflight.headers.get('access-control-allow-methods')).toBe('GET,HEAD');
  });
});

describe('what is not there', () => {
  it('is answered with all that is, in the person’s language or as JSON', async () => {
    const page = await web().request('/export/people.csv', {
      headers: { accept: 'text/html', 'accept-language': 'es' },
    });
    expect(page.status).toBe(404);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain('Estos archivos sí están:');
    for (const name of OPEN_DATA_NAMES) {
      expect(text).toContain(`href="/export/${name}.csv"`);
      expect(text).toContain(`href="/export/${name}.json"`);
    }
    const forPrograms = await web().request('/export/tasks.xml');
    expect(forPrograms.status).toBe(404);
    const { error, instead } = (await forPrograms.json()) as { error: string; instead: string[] };
    expect(error).toBe('There is nothing here.');
    expect(instead).toHaveLength(10);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('is anything to %s', async (method) => {
    const answer = await web().request('/export/tasks.csv', { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('a hundred thousand records', () => {
  it('are read a page at a time, and come whole and in order', () =>
    withStore(async (store, db) => {
      addTransfers(db, 100_000);
      const { data, counted } = countedOpenData(store);
      const { url, endings } = await serving(data);
      const [csv, json] = await Promise.all(
        ['csv', 'json'].map((format) => fetch(`${url}/export/transfers.${format}`)),
      );
      if (csv === undefined || json === undefined) throw new Error('no answer');
      const [lines, objects] = await Promise.all([
        csv.text().then((text) => text.split('\r\n').map((line) => line.split(',', 3))),
        json.json() as Promise<{ position: number }[]>,
      ]);
      // What the last line ends with, ends the file.
      expect(lines.pop()).toEqual(['']);
      expect(lines).toHaveLength(100_001);
      expect(lines.slice(1).every((line, at) => line[2] === String(at + 1))).toBe(true);
      expect(objects).toHaveLength(100_000);
      expect(objects.every(({ position }, at) => position === at + 1)).toBe(true);
      expect(counted).toEqual({ pages: 2 * 501, rowsMax: 200 });
      expect(endings.toSorted()).toEqual(['transfers.csv complete', 'transfers.json complete']);
    }));
});

describe('a reader', () => {
  it('who takes a piece is given a piece, and no page is read ahead', async () => {
    let made = 0;
    const response = await web({
      data: manyPages(50, (page) => {
        made = page;
      }),
    }).request('/export/tasks.csv');
    let taken = 0;
    for await (const chunk of chunksOf(response)) {
      taken += chunk.length > 0 ? 1 : 0;
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      // The first page is made before there is an answer.
      expect(made).toBeLessThanOrEqual(taken);
      if (taken === 20) break;
    }
    expect(taken).toBe(20);
  });

  it('who is slow holds no more than the network does between the two', async () => {
    const PAGES = 800;
    let made = 0;
    const { url, endings } = await serving(
      manyPages(PAGES, (page) => {
        made = page;
      }),
    );
    const response = await fetch(`${url}/export/tasks.json`);
    const pageBytes = 100 * 1000;
    let received = 0;
    let aheadMax = 0;
    let reads = 0;
    for await (const chunk of chunksOf(response)) {
      received += chunk.length;
      reads += 1;
      // Enough turns for everything to be made, were it not held back.
      for (let turn = 0; reads <= 50 && turn < PAGES / 10; turn += 1) await nextTurn();
      aheadMax = Math.max(aheadMax, made * pageBytes - received);
    }
    expect(received).toBeGreaterThan(PAGES * pageBytes);
    expect(aheadMax).toBeLessThan(20_000_000);
    expect(endings).toEqual(['tasks.json complete']);
  });

  it('who goes away is noticed, and nothing more is read for them', async () => {
    let made = 0;
    let isReleased = false;
    const pages = manyPages(10_000, (page) => {
      made = page;
    });
    const { url, endings } = await serving({
      ...pages,
      *pages(name, snapshot) {
        try {
          yield* pages.pages(name, snapshot);
        } finally {
          isReleased = true;
        }
      },
    });
    const leaving = new AbortController();
    const response = await fetch(`${url}/export/tasks.csv`, { signal: leaving.signal });
    for await (const _ of chunksOf(response)) break;
    leaving.abort();
    await waitFor(() => expect(endings).toEqual(['tasks.csv left']));
    expect(isReleased).toBe(true);
    const then = made;
    for (let turn = 0; turn < 50; turn += 1) await nextTurn();
    expect(made).toBe(then);
    expect(made).toBeLessThan(10_000);
  });

  it('who takes nothing for long is let go, and has not got the whole', async () => {
    const endings: string[] = [];
    const waits: (() => void)[] = [];
    const app = web({
      data: manyPages(10),
      wait: (ms, signal) => {
        expect(ms).toBe(2 * 60_000);
        const { promise, resolve } = Promise.withResolvers<void>();
        signal.addEventListener('abort', () => resolve());
        waits.push(resolve);
        return promise;
      },
      ended: (file, ending) => endings.push(`${file} ${ending}`),
    });
    const reader = (await app.request('/export/tasks.csv')).body?.getReader();
    await reader?.read();
    await reader?.read();
    expect(endings).toEqual([]);
    // One for each time that the reader could have taken something; the last is not over.
    expect(waits).toHaveLength(3);
    for (const over of waits) over();
    await nextTurn();
    await expect(reader?.read()).rejects.toThrow('Nobody took the rest.');
    expect(endings).toEqual(['tasks.csv left']);
  });

  it('who reads while others do takes turns with them, and with all else there is to do', async () => {
    const order: string[] = [];
    const turns: number[] = [];
    let turn = 0;
    let isReading = true;
    const everythingElse = (): void => {
      turn += 1;
      if (isReading) setImmediate(everythingElse);
    };
    everythingElse();
    const app = web({
      data: {
        now: () => SNAPSHOT,
        *pages(name) {
          for (let page = 0; page < 5; page += 1) {
            order.push(name);
            turns.push(turn);
            yield [OPEN_DATA_FILES[name].columns.map(() => 1)];
          }
        },
      },
    });
    const read = async (name: string) => (await app.request(`/export/${name}.csv`)).text();
    await Promise.all([read('tasks'), read('claims'), read('reviews')]);
    isReading = false;
    const rounds = Array.from({ length: 5 }, (_, at) => order.slice(3 * at, 3 * at + 3).toSorted());
    expect(rounds).toEqual(Array(5).fill(['claims', 'reviews', 'tasks']));
    // Only the first page of each is made at once, to know whether there is an answer.
    expect(new Set(turns.slice(2)).size).toBe(turns.length - 2);
  });
});

describe('when reading fails', () => {
  const failing = (after: number): OpenData => ({
    now: () => SNAPSHOT,
    *pages(name) {
      yield* manyPages(after).pages(name, SNAPSHOT);
      throw new Error('SQLITE_CORRUPT at /secret/path');
    },
  });

  it('at once, the answer says so', async () => {
    const { url, endings, failures } = await serving(failing(0));
    const answer = await fetch(`${url}/export/tasks.csv`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: 'Something went wrong on our side.' });
    expect(endings).toEqual(['tasks.csv failed']);
    expect(failures).toEqual(['/export/tasks.csv: SQLITE_CORRUPT at /secret/path']);
  });

  it.each([
    { after: 1, format: 'csv' },
    { after: 30, format: 'csv' },
    { after: 30, format: 'json' },
  ])(
    'after $after pages of $format, the connection breaks and nobody takes it for the whole',
    async ({ after, format }) => {
      const { url, endings, failures } = await serving(failing(after));
      const answer = await fetch(`${url}/export/tasks.${format}`);
      let text = '';
      const reading = async () => {
        for await (const chunk of chunksOf(answer)) text += new TextDecoder().decode(chunk);
      };
      await expect(reading()).rejects.toThrow('terminated');
      expect(text).not.toMatch(/\]\s*$|SQLITE/);
      expect(endings).toEqual([`tasks.${format} failed`]);
      expect(failures).toEqual([`/export/tasks.${format}: SQLITE_CORRUPT at /secret/path`]);
    },
  );
});

describe('limits', () => {
  it('let one reader take all ten files, again and again, but not without end', async () => {
    const app = web({}, () => '203.0.113.7');
    const ask = async (path: string, more: Record<string, string> = {}) => {
      const answer = await app.request(path, { headers: more });
      await answer.text();
      return answer;
    };
    const paths = OPEN_DATA_NAMES.flatMap((name) => [
      `/export/${name}.csv`,
      `/export/${name}.json`,
    ]);
    for (let round = 0; round < 6; round += 1) {
      for (const five of [paths.slice(0, 5), paths.slice(5)]) {
        const answers = await Promise.all(five.map((path) => ask(path)));
        expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
      }
    }
    const refused = await ask('/export/tasks.csv');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    // Whether there is anything new may still be asked.
    const head = await app.request('/export/tasks.csv', { method: 'HEAD' });
    expect(head.status).toBe(200);
    const known = { 'if-none-match': head.headers.get('etag') ?? '' };
    expect((await ask('/export/tasks.csv', known)).status).toBe(304);
  });

  it('count each reader apart', async () => {
    let reader = 'one';
    const app = web({}, () => reader);
    for (let read = 0; read < 61; read += 1) await (await app.request('/export/tasks.csv')).text();
    expect((await app.request('/export/tasks.csv')).status).toBe(429);
    reader = 'another';
    expect((await app.request('/export/tasks.csv')).status).toBe(200);
  });

  it('are five files at once for one reader, and others are let in', async () => {
    let reader = '2001:db8:1:2::a';
    const app = web({ data: manyPages(10) }, () => reader);
    const open = await Promise.all(
      Array.from({ length: 5 }, () => app.request('/export/tasks.csv')),
    );
    expect(open.map(({ status }) => status)).toEqual(Array(5).fill(200));
    reader = '2001:db8:1:2:ffff::b';
    const refused = await app.request('/export/tasks.csv');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('30');
    reader = '2001:db8:1:3::a';
    expect((await app.request('/export/tasks.csv')).status).toBe(200);
    reader = '2001:db8:1:2::a';
    await open[0]?.text();
    expect((await app.request('/export/tasks.csv')).status).toBe(200);
  });

  it('are a hundred files at once, and who ends makes room', async () => {
    const app = web({ data: manyPages(10) });
    const open = await Promise.all(
      Array.from({ length: 100 }, () => app.request('/export/tasks.csv')),
    );
    expect(open.map(({ status }) => status)).toEqual(Array(100).fill(200));
    const refused = await app.request('/export/tasks.csv', {
      headers: { accept: 'text/html', 'accept-language': 'es' },
    });
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(await refused.text()).toContain('Demasiado a la vez');
    await open[0]?.text();
    await open[1]?.body?.cancel();
    const again = [await app.request('/export/tasks.csv'), await app.request('/export/tasks.csv')];
    expect(again.map(({ status }) => status)).toEqual([200, 200]);
    expect((await app.request('/export/tasks.csv')).status).toBe(503);
  });
});
