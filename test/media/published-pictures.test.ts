// Looks at published pictures, against a server over HTTP and a cache on disk.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { createLine, type Outgoing } from '../../src/lib/outgoing.ts';
import { createPictureCache } from '../../src/media/picture-cache.ts';
import { createPublishedPictures } from '../../src/media/published-pictures.ts';
import { startServer } from '../support/local-server.ts';

const PICTURE = new Uint8Array(50_000).fill(3);
const CID = cidOfBlob(PICTURE);

let folder: string;
let server: Awaited<ReturnType<typeof startServer>>;
let asked: string[];
let time: number;
let answer: (response: ServerResponse) => unknown;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-published-'));
  asked = [];
  time = 0;
  answer = (response) => response.end(PICTURE);
  server = await startServer((request, response) => {
    asked.push(request.url ?? '');
    return answer(response);
  });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (outgoing?: Outgoing) =>
  createPublishedPictures({
    ...(outgoing && { outgoing }),
    addressOf: (cid) => `${server.url}/${cid}`,
    cache: createPictureCache(folder, { bytesMax: 1_000_000, picturesMax: 10 }),
    now: () => time,
  });

describe('a published picture', () => {
  it('is fetched once for a hundred who look at once, and for all who look later', async () => {
    const look = open();
    const seen = await Promise.all(Array.from({ length: 100 }, () => look(CID)));
    expect(seen).toEqual(Array(100).fill(PICTURE));
    expect(await look(CID)).toEqual(PICTURE);
    // Also after a restart, and while the server is away.
    await server.close();
    expect(await open()(CID)).toEqual(PICTURE);
    expect(asked).toEqual([`/${CID}`]);
  });

  it('is not shown and not kept where the server gives other bytes', async () => {
    answer = (response) => response.end('something else');
    expect(await open()(CID)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is fetched again where the disk has changed it', async () => {
    await open()(CID);
    writeFileSync(join(folder, CID), new Uint8Array(PICTURE.length));
    expect(await open()(CID)).toEqual(PICTURE);
    expect(asked).toHaveLength(2);
    expect(await open()(CID)).toEqual(PICTURE);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['an error', (response: ServerResponse) => response.writeHead(500).end()],
    ['too much', (response: ServerResponse) => response.end(new Uint8Array(1_000_001))],
    [
      'another address',
      (response: ServerResponse) => response.writeHead(302, { location: '/other' }).end(),
    ],
    ['nothing', (response: ServerResponse) => response.destroy()],
  ])('is asked for again a little later where the server gives %s', async (_, refuse) => {
    const look = open();
    answer = refuse;
    expect(await look(CID)).toBeUndefined();
    expect(await look(CID)).toBeUndefined();
    expect(asked).toHaveLength(1);
    answer = (response) => response.end(PICTURE);
    time = 10_000;
    expect(await look(CID)).toEqual(PICTURE);
  });

  it('waits for its turn where many different ones are looked at', async () => {
    const waiting: ServerResponse[] = [];
    answer = (response) => waiting.push(response);
    const look = open();
    const looks = Array.from({ length: 20 }, (_, at) => look(cidOfBlob(new Uint8Array([at]))));
    await expect.poll(() => waiting.length).toBe(8);
    answer = (response) => response.end();
    for (const response of waiting) response.end();
    expect(await Promise.all(looks)).toEqual(Array(20).fill(undefined));
    expect(asked).toHaveLength(20);
  });

  it('cannot be had while too many wait, and is asked for as soon as they do not', async () => {
    const waiting: ServerResponse[] = [];
    answer = (response) => waiting.push(response);
    const look = open(createLine({ atOnceMax: 1, waitingMax: 2 }));
    const others = [1, 2, 3].map((at) => look(cidOfBlob(new Uint8Array([at]))));
    await expect.poll(() => waiting.length).toBe(1);
    expect(await look(CID)).toBeUndefined();
    expect(asked).toHaveLength(1);
    answer = (response) => response.end(PICTURE);
    waiting[0]?.end();
    await Promise.all(others);
    // At once, though the time has not gone on: nobody has refused it.
    expect(await look(CID)).toEqual(PICTURE);
  });
});
