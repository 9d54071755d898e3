// The city's own pictures: files beside its settings, cleaned, published as blobs, and let go of.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { City } from '../../src/domain/city.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { readCityFile } from '../../src/node/city-file.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { BERKELEY } from '../support/city.ts';
import { twoColours } from '../support/pictures.ts';
import { fetchRepository, type PublicRecord } from '../support/repository.ts';
import { openSandbox } from '../support/sandbox.ts';
import { testCity } from '../support/test-city.ts';
import { waitFor } from '../support/wait-for.ts';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-pictures-'));
  const face = twoColours(64, 64).withExif({ IFD0: { Copyright: 'somebody' } });
  writeFileSync(join(folder, 'avatar.png'), await face.png().toBuffer());
  writeFileSync(join(folder, 'banner.webp'), await twoColours(300, 100).webp().toBuffer());
  writeFileSync(join(folder, 'notes.jpg'), 'These are notes.');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (name: string) => ({ path: join(folder, name) });
const showing = (about: NonNullable<City['about']>): City => ({ ...BERKELEY, about });

type Profile = {
  readonly avatar: { readonly image: { readonly ref: { readonly $link: string } } };
};

function profileOf(record: PublicRecord | undefined): Profile {
  if (record === undefined) throw new Error('There is no profile.');
  return record.value as Profile;
}

/** What a start of the city says when it does not start; undefined when it does. */
async function startOf(city: City, at: string): Promise<string | undefined> {
  const running = testCity({ channels: () => [], clock: systemClock, city, folder: at });
  try {
    await running.start();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await running.stop();
  }
}

describe('the pictures of a city', () => {
  it('are found beside the file of the city', () => {
    const path = join(folder, 'city.json');
    const settings = {
      ...BERKELEY,
      about: { avatar: 'avatar.png', banner: 'https://a.example/b.png' },
    };
    writeFileSync(path, JSON.stringify(settings));
    expect(readCityFile(path).about).toEqual({
      avatar: { path: join(folder, 'avatar.png') },
      banner: { uri: 'https://a.example/b.png' },
    });
  });

  it.each([
    ['gone.png', /^"about.avatar" names \/\S+gone\.png, which cannot be read\.$/],
    ['notes.jpg', /^"about.avatar" names notes\.jpg, which is no picture [^\n]+\.$/],
  ])('stop the start with a sentence where one is no picture: %s', async (name, sentence) => {
    const at = mkdtempSync(join(folder, 'city-'));
    expect(await startOf(showing({ avatar: inFolder(name) }), at)).toMatch(sentence);
  });

  it('are public as they were drawn anew, and nothing of them stays here', async () => {
    const city = showing({ avatar: inFolder('avatar.png'), banner: inFolder('banner.webp') });
    const sandbox = await openSandbox({ city });
    try {
      await sandbox.idle();
      const network = await sandbox.network();
      const { of } = await fetchRepository(network);
      const [profile] = of(COLLECTIONS.profile);
      const [project] = of(COLLECTIONS.project);
      const work = of(COLLECTIONS.cityWork).find(({ uri }) => uri.endsWith('/city'));
      const banner = {
        $type: 'org.hypercerts.defs#largeImage',
        image: { mimeType: 'image/jpeg', ref: { $link: expect.any(String) } },
      };
      expect(profile?.value).toMatchObject({
        avatar: { $type: 'org.hypercerts.defs#smallImage', image: { mimeType: 'image/jpeg' } },
        banner,
      });
      expect(project?.value).toMatchObject({ banner });
      expect(work?.value).toMatchObject({ image: { $type: 'org.hypercerts.defs#smallImage' } });
      const { avatar } = profileOf(profile);
      const { pds, did } = network;
      const blob = await fetch(
        `${pds}/xrpc/com.atproto.sync.getBlob?did=${did}&cid=${avatar.image.ref.$link}`,
      );
      const bytes = new Uint8Array(await blob.arrayBuffer());
      const { width, format, exif } = await sharp(bytes).metadata();
      expect({ width, format, exif }).toEqual({ width: 64, format: 'jpeg', exif: undefined });
      await waitFor(() => expect(sandbox.spooled()).toEqual([]));
    } finally {
      await sandbox.stop();
    }
  });

  it('wait in the spool until they are public, and once, however often the city starts', async () => {
    const at = mkdtempSync(join(folder, 'city-'));
    const city = showing({ avatar: inFolder('avatar.png'), banner: inFolder('avatar.png') });
    for (const _start of [1, 2, 3]) expect(await startOf(city, at)).toBeUndefined();
    const running = testCity({ channels: () => [], clock: systemClock, city, folder: at });
    const inUse = running.store.read.pictures.keysInUse();
    expect(inUse).toHaveLength(1);
    expect(await running.spool.keys()).toEqual(inUse);
    await running.stop();
  });
});
