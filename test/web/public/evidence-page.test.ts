import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { evidenceRoutes } from '../../../src/web/public/evidence-page.ts';
import { CITY, evidenceReads, PHOTO_CID } from '../../support/home-view.ts';

const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, 0xe0]);
const app = new Hono().route(
  '/',
  evidenceRoutes(evidenceReads(PHOTO), () => CITY),
);

test('evidence is shown with its photo, its words as text, and where the person posted it', async () => {
  const page = await (await app.request('/evidence/31?lang=en')).text();
  expect(page).toContain('Evidence 31');
  expect(page).toContain('Waiting to be reviewed');
  expect(page).toContain('p-abcdefghijkl');
  expect(page).toContain('All &lt;b&gt;swept&lt;/b&gt;');
  expect(page).toContain('src="/evidence/31/1.jpg"');
  expect(page).toContain(
    'href="https://bsky.app/profile/did:plc:anaabcdefghijklmnopqrst/post/3kreplyaaaaaa"',
  );
  // What is no address of a post is no link.
  expect(page).not.toContain('at://x');
});

test('the page is in Spanish where that is asked for', async () => {
  const answer = await app.request('/evidence/31', { headers: { 'accept-language': 'es-MX' } });
  expect(await answer.text()).toContain('Evidencia 31');
});

test('its photo is served as a picture and nothing else', async () => {
  const answer = await app.request('/evidence/31/1.jpg');
  expect(answer.headers.get('content-type')).toBe('image/jpeg');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(PHOTO);
});

test('its photo is kept by browsers for ever, and not sent to who has it', async () => {
  const answer = await app.request('/evidence/31/1.jpg');
  const etag = answer.headers.get('etag') ?? '';
  expect(etag).toBe(`"${PHOTO_CID}"`);
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  for (const known of [etag, `W/${etag}`]) {
    const same = await app.request('/evidence/31/1.jpg', { headers: { 'if-none-match': known } });
    expect(same.status).toBe(304);
    expect(same.headers.get('etag')).toBe(etag);
    expect(await same.text()).toBe('');
  }
  const other = await app.request('/evidence/31/1.jpg', { headers: { 'if-none-match': '"x"' } });
  expect(other.status).toBe(200);
});

test.each([
  '/evidence/32',
  '/evidence/0',
  '/evidence/31/2.jpg',
  '/evidence/31/1.png',
  '/evidence/x',
])('there is nothing at %s', async (path) => {
  expect((await app.request(path)).status).toBe(404);
});
