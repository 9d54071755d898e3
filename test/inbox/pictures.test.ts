import { afterEach, describe, expect, it } from 'vitest';
import type { CheckPicture } from '../../src/inbox/check-pictures.ts';
import { sweepPictures } from '../../src/inbox/sweep-pictures.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { ok, type Result } from '../../src/lib/result.ts';
import { type Crowd, openCrowd } from '../support/crowd.ts';
import { twoColours } from '../support/pictures.ts';

let crowd: Crowd;
afterEach(() => crowd.close());

const photo = async (): Promise<Uint8Array> => await twoColours(40, 30).jpeg().toBuffer();
const NO_PICTURE = new TextEncoder().encode('not a picture');

/** A crowd with two people who are in task 1. */
async function open(look?: (check: CheckPicture) => CheckPicture) {
  crowd = await openCrowd(look === undefined ? {} : { look });
  const [ana = '', ben = ''] = await crowd.people(2);
  for (const person of [ana, ben]) await crowd.ask(person, 'JOIN 1');
  return { ana, ben };
}

describe('a message with pictures', () => {
  it('is processed with the clean ones, and hears of the others', async () => {
    const { ana } = await open();
    expect(await crowd.ask(ana, 'DONE 1', { pictures: [await photo(), NO_PICTURE] })).toMatch(
      /^Evidence is public/,
    );
    expect(await crowd.ask(ana, 'OK')).toMatch(/Your photo is in.*isn't a picture/s);
    // The one that is of no use is gone; the other waits for the public record.
    expect(await crowd.spool.keys()).toHaveLength(1);
    expect(crowd.errors).toEqual([]);
  });

  it('hears of one that was lost on the disk', async () => {
    const { ana } = await open((check) => async (key) => {
      await crowd.spool.remove(key);
      return check(key);
    });
    expect(await crowd.ask(ana, 'DONE 1', { pictures: [await photo()] })).toMatch(/damaged/);
    expect(crowd.errors).toEqual([]);
  });

  it('hears of one that cannot be looked at, after three tries that hold up no other', async () => {
    const photos = [await photo(), await twoColours(50, 30).jpeg().toBuffer()];
    let cursed: string | undefined;
    const { ana, ben } = await open((check) => async (key) => {
      cursed ??= key;
      if (key === cursed) throw new Error('The decoder broke.');
      return check(key);
    });
    const before = crowd.heard(ana).length;
    await crowd.post(ana, 'DONE 1', { pictures: photos.slice(0, 1) });
    await crowd.core.idle();
    expect(crowd.heard(ana)).toHaveLength(before);
    // Whoever sends a picture has the others looked at again as well.
    for (let at = 0; at < 3; at += 1) {
      await crowd.ask(ben, 'DONE 1', { pictures: photos.slice(1) });
      expect(crowd.heard(ben).at(-1)).toMatch(/^(Evidence is public|Got that too)/);
    }
    expect(crowd.heard(ana).slice(before)).toEqual([expect.stringMatching(/damaged/)]);
    expect(crowd.errors).toHaveLength(3);
  });
});

describe('at the start the spool', () => {
  it('loses what nothing leads to, and keeps what waits', async () => {
    let look = (): void => undefined;
    const looked = new Promise<void>((resolve) => {
      look = resolve;
    });
    let looks = 0;
    const { ana } = await open((check) => async (key) => {
      looks += 1;
      if (looks > 1) await looked;
      return check(key);
    });
    await crowd.ask(ana, 'DONE 1', { pictures: [await photo()] });
    await crowd.post(ana, '', { pictures: [await photo()] });
    const wanted = await crowd.spool.keys();
    expect(wanted).toHaveLength(2);
    await crowd.spool.put(NO_PICTURE);
    await sweepPictures(crowd.store, crowd.spool);
    expect((await crowd.spool.keys()).toSorted()).toEqual(wanted.toSorted());
    look();
    await crowd.core.idle();
  });
});

describe('a picture that the message only names', () => {
  const BROKEN = 'the provider did not answer';

  async function openWith(
    fetch: (source: string) => Promise<Result<Uint8Array, { code: string }>>,
  ) {
    const released: string[] = [];
    crowd = await openCrowd({
      channel: {
        fetchPicture: fetch,
        releasePicture: async (source) => {
          released.push(source);
        },
      },
    });
    const [ana = ''] = await crowd.people(1);
    await crowd.ask(ana, 'JOIN 1');
    return { ana, released };
  }

  it('is fetched by its channel, and the provider may let go of it then', async () => {
    const bytes = await photo();
    const { ana, released } = await openWith(async () => ok(bytes));
    await crowd.ask(ana, 'DONE 1', { sources: ['media/1', 'media/2'] });
    expect(released.toSorted()).toEqual(['media/1', 'media/2']);
    expect(await crowd.ask(ana, 'OK')).toMatch(/Your 2 photos are in/);
    expect(crowd.errors).toEqual([]);
  });

  it('is fetched again later when it did not come, and its message waits for it', async () => {
    const bytes = await photo();
    let tries = 0;
    const { ana } = await openWith(async () => {
      tries += 1;
      if (tries === 1) throw new Error(BROKEN);
      return ok(bytes);
    });
    const before = crowd.heard(ana).length;
    await crowd.post(ana, 'DONE 1', { sources: ['media/1'] });
    await crowd.core.idle();
    expect(crowd.heard(ana)).toHaveLength(before);
    crowd.clock.time += MINUTE_MS;
    await crowd.core.start();
    await expect.poll(() => crowd.heard(ana).at(-1)).toMatch(/^Evidence is public/);
    expect(crowd.errors).toEqual([new Error(BROKEN)]);
  });

  it('that never comes is told of in the end, and the words count all the same', async () => {
    const { ana } = await openWith(() => Promise.reject(new Error(BROKEN)));
    await crowd.post(ana, 'DONE 1 swept', { sources: ['media/1'] });
    for (let tries = 0; tries < 8; tries += 1) {
      await crowd.core.idle();
      crowd.clock.time += 5 * MINUTE_MS;
      await crowd.core.start();
    }
    await expect.poll(() => crowd.heard(ana).at(-1)).toMatch(/^Evidence is public/);
    expect(await crowd.ask(ana, 'OK')).toMatch(/Your words are in.*could not get that picture/s);
  });

  it('that is refused for good is not asked for again', async () => {
    let tries = 0;
    const { ana, released } = await openWith(async () => {
      tries += 1;
      return { ok: false, refusal: { code: 'picture-too-large' } };
    });
    await crowd.ask(ana, 'DONE 1 swept', { sources: ['media/1'] });
    expect(await crowd.ask(ana, 'OK')).toMatch(/larger than 10 MB/);
    expect([tries, released]).toEqual([1, ['media/1']]);
  });
});
