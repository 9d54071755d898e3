import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/languages/index.ts';
import { sandboxRoutes } from '../../src/sandbox/page/routes.ts';
import { createWeb } from '../../src/web/app.ts';
import { CITY, homeReads } from '../support/home-view.ts';
import { memoryPageData } from '../support/memory-page-data.ts';
import { openDataParts } from '../support/open-data.ts';
import { readAssets } from '../support/web-server.ts';

const assets = readAssets();

function web(changes: Partial<Parameters<typeof createWeb>[0]> = {}) {
  return createWeb({
    health: () => ({ ok: true, channels: {} }),
    metrics: () => 'inbox_backlog 0\n',
    home: homeReads(),
    openData: openDataParts(),
    assets,
    ...changes,
  });
}

const get = async (app: ReturnType<typeof web>, path: string, headers = {}) => {
  const response = await app.request(path, { headers: { accept: 'text/html', ...headers } });
  return { response, text: await response.text() };
};

describe('health and metrics', () => {
  it('tells health as JSON, and 503 when something is wrong', async () => {
    const well = await web().request('/healthz');
    expect(well.status).toBe(200);
    expect(await well.json()).toEqual({ ok: true, channels: {} });
    const ill = await web({ health: async () => ({ ok: false, backlog: 3 }) }).request('/healthz');
    expect(ill.status).toBe(503);
    expect(await ill.json()).toEqual({ ok: false, backlog: 3 });
  });

  it('hands metrics through as the text of Prometheus', async () => {
    const response = await web().request('/metrics');
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await response.text()).toBe('inbox_backlog 0\n');
  });
});

describe('the public page', () => {
  it('shows tasks in the city’s time, offers, totals and links to the records', async () => {
    const { response, text } = await get(web(), '/?lang=en');
    expect(response.headers.get('content-type')).toBe('text/html; charset=UTF-8');
    expect(text).toContain('<html lang="en">');
    expect(text).toContain('Creek clean-up');
    expect(text).toMatch(/Saturday, November 28.*10:00\s*AM.*12:00\s*PM/);
    expect(text).toContain('Spots free: 11 of 12');
    expect(text).toContain('joining puts you on the waitlist');
    expect(text).toContain('Northside Café');
    for (const figure of ['1,240', '610', '585', '45']) expect(text).toContain(`>${figure}<`);
    expect(text).toContain('Both sides agree.');
    expect(text).toContain('collection=org.city-sync.civic.transfer');
    expect(text).toContain('com.atproto.sync.getRepo?did=did%3Aplc%3A');
    expect(text).toContain('com.atproto.repo.describeRepo?repo=did%3Aplc%3A');
    expect(text).toContain(`<code>npm run audit -- ${CITY.did}</code>`);
    expect(text).toContain(CITY.operator);
    expect(text).toContain(`mailto:${CITY.contact}`);
  });

  it('leads to all ten files of open data, and says what they hold', async () => {
    for (const { tag, pages } of LANGUAGES) {
      const { text } = await get(web(), `/?lang=${tag}`);
      const paths = [...text.matchAll(/href="(\/export\/[^"]+)"/g)].map(([, path = '']) => path);
      expect(paths).toHaveLength(10);
      for (const path of paths) expect((await web().request(path)).status, path).toBe(200);
      for (const name of ['tasks', 'claims', 'reviews', 'transfers', 'redemptions'] as const) {
        expect(text).toContain(pages[`home.data.${name}.text`]);
      }
    }
  });

  it('speaks Spanish by ?lang and by Accept-Language', async () => {
    const asked = await get(web(), '/?lang=es');
    const accepted = await get(web(), '/', { 'accept-language': 'es-MX,es;q=0.9,en;q=0.5' });
    for (const { text } of [asked, accepted]) {
      expect(text).toContain('<html lang="es">');
      expect(text).toContain('Tareas abiertas');
      expect(text).toContain('sábado, 28 de noviembre');
    }
    expect(accepted.response.headers.get('vary')).toContain('Accept-Language');
  });

  it('says so when the books do not agree', async () => {
    const totals = { issued: 100, held: 50, redeemed: 20, expired: 0, adjusted: 0 };
    const { text } = await get(web({ home: homeReads({ totals }) }), '/?lang=en');
    expect(text).toContain('The two sides do not agree.');
    expect(text).not.toContain('Both sides agree.');
  });

  it('counts corrections into the sum', async () => {
    const totals = { issued: 100, held: 50, redeemed: 20, expired: 20, adjusted: 10 };
    const { text } = await get(web({ home: homeReads({ totals }) }), '/?lang=en');
    expect(text).toContain('corrected');
    expect(text).toContain('Both sides agree.');
  });

  it('stands for a city that has nothing yet: no tasks, no offers, no account, no credits', async () => {
    const { did: _, pds: __, ...city } = CITY;
    const home = homeReads({
      city,
      tasks: [],
      offers: [],
      totals: { issued: 0, held: 0, redeemed: 0, expired: 0, adjusted: 0 },
    });
    const { text } = await get(web({ home }), '/?lang=en');
    expect(text).toContain('No tasks are open right now');
    expect(text).toContain('No offers yet');
    expect(text).toContain('will be published as soon as');
    expect(text).not.toContain('NaN');
  });

  it('offers the sandbox where it is open, and only there', async () => {
    const open = await get(web({ sandbox: sandboxRoutes(memoryPageData()) }), '/?lang=en');
    expect(open.text).toContain('href="/sandbox"');
    const closed = await get(web(), '/?lang=en');
    expect(closed.text).not.toContain('/sandbox');
    expect((await web().request('/sandbox')).status).toBe(404);
  });
});

describe('the page of a task', () => {
  it('says what, when, where and how to join', async () => {
    const { response, text } = await get(web(), '/tasks/1?lang=es');
    expect(response.status).toBe(200);
    expect(text).toContain('Creek clean-up');
    expect(text).toContain('Envía UNIRME 1 al +15105550199.');
    expect(text).toContain('com.atproto.repo.getRecord');
  });

  it('does not ask anybody to join a closed one', async () => {
    const { text } = await get(web(), '/tasks/3?lang=en');
    expect(text).toContain('This task is closed.');
    expect(text).not.toContain('JOIN 3');
  });

  it.each(['/tasks/99', '/tasks/0', '/tasks/1x', '/tasks/-1', '/tasks/9999999999999999999'])(
    'is a friendly 404 for %s',
    async (path) => {
      const { response, text } = await get(web(), `${path}?lang=en`);
      expect(response.status).toBe(404);
      expect(text).toContain('There&#39;s nothing here');
    },
  );
});

describe('strangers’ text', () => {
  it('never becomes markup', async () => {
    const evil = `"><script>alert(1)</script><img src=x onerror='alert(1)'>`;
    const [task] = homeReads().view().tasks;
    if (task === undefined) throw new Error('The view has no task');
    const home = homeReads({
      city: { ...CITY, name: evil, operator: evil, contact: `https://x/${evil}` },
      tasks: [{ ...task, title: evil, place: evil, issuer: evil }],
      offers: [{ number: 1, title: evil, redeemer: evil, credits: 5 }],
    });
    for (const path of ['/', '/tasks/1']) {
      const { text } = await get(web({ home }), path);
      expect(text).not.toContain('<script>alert');
      expect(text).not.toContain('<img src=x');
      expect(text).toContain('&lt;script&gt;');
    }
  });
});

describe('what every page carries', () => {
  it('is a policy that runs no code but our own, and forbids framing', async () => {
    for (const path of ['/', '/tasks/1', '/nowhere', '/assets/base.css']) {
      const { response } = await get(web(), path);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('is markup without inline scripts, styles or handlers', async () => {
    const app = web({ sandbox: sandboxRoutes(memoryPageData()) });
    for (const path of ['/', '/tasks/1', '/nowhere', '/sandbox']) {
      const { text } = await get(app, path);
      for (const [script] of text.matchAll(/<script[^>]*>/g))
        expect(script).toContain(' src="/assets/');
      expect(text).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/);
    }
  });

  it('names only files that are served', async () => {
    const app = web({ sandbox: sandboxRoutes(memoryPageData()) });
    for (const path of ['/', '/sandbox']) {
      const { text } = await get(app, path);
      const files = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
        ([, url = '']) => url,
      );
      expect(files.length).toBeGreaterThan(3);
      for (const url of files) expect((await app.request(url)).status, url).toBe(200);
    }
  });
});

describe('files of the pages', () => {
  it('are answered with their type, and with 304 while they are the same', async () => {
    const app = web();
    const first = await app.request('/assets/sandbox.js');
    expect(first.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[0-9a-f]{24}"$/);
    const second = await app.request('/assets/sandbox.js', { headers: { 'if-none-match': etag } });
    expect(second.status).toBe(304);
    const other = await web({ assets: new Map([['sandbox.js', new Uint8Array([1])]]) }).request(
      '/assets/sandbox.js',
      { headers: { 'if-none-match': etag } },
    );
    expect(other.status).toBe(200);
  });

  it.each(['/assets/none.js', '/assets/../app.ts', '/assets/%2e%2e%2fapp.ts', '/assets/app.ts'])(
    'are no way to other files: %s',
    async (path) => {
      expect((await web().request(path)).status).toBe(404);
    },
  );
});

describe('when something fails', () => {
  it('shows a friendly page without the reason, and tells the operator', async () => {
    const failures: string[] = [];
    const reads = homeReads();
    const app = web({
      home: {
        ...reads,
        view: () => {
          throw new Error('SQLITE_CORRUPT at /secret/path');
        },
      },
      failed: (error, path) => failures.push(`${path}: ${error.message}`),
    });
    const { response, text } = await get(app, '/?lang=es');
    expect(response.status).toBe(500);
    expect(text).toContain('Algo falló de nuestro lado');
    expect(text).not.toContain('SQLITE');
    expect(failures).toEqual(['/: SQLITE_CORRUPT at /secret/path']);
    const forPrograms = await app.request('/');
    expect(await forPrograms.json()).toEqual({ error: 'Something went wrong on our side.' });
  });

  it('answers programs in JSON when there is nothing', async () => {
    const response = await web().request('/nowhere');
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'There is nothing here.' });
  });
});
