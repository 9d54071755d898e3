import { afterEach, describe, expect, it } from 'vitest';
import type { CheckPicture } from '../../src/inbox/check-pictures.ts';
import { sweepPictures } from '../../src/inbox/sweep-pictures.ts';
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
  it('waits until they were looked at, and so do its person’s next ones, and nobody else', async () => {
    let look = (): void => undefined;
    const looked = new Promise<void>((resolve) => {
      look = resolve;
    });
    const { ana, ben } = await open((check) => (key) => looked.then(() => check(key)));
    const before = crowd.heard(ana).length;
    await crowd.post(ana, 'DONE 1', { pictures: [await photo()] });
    await crowd.post(ana, 'BALANCE');
    await crowd.post(ben, 'BALANCE');
    await expect.poll(() => crowd.heard(ben).at(-1)).toMatch(/^You have 0 CITY/);
    expect(crowd.heard(ana)).toHaveLength(before);
    look();
    await crowd.core.idle();
    expect(crowd.heard(ana).slice(before)).toEqual([
      expect.stringMatching(/^Evidence is public/),
      expect.stringMatching(/^You have 0 CITY/),
    ]);
    expect(crowd.errors).toEqual([]);
  });

  it('is processed with the clean ones, and hears of the others', async () => {
    const { ana } = await open();
    expect(await crowd.ask(ana, 'DONE 1', { pictures: [await photo(), NO_PICTURE] })).toMatch(
      /^Evidence is public/,
    );
    expect(await crowd.ask(ana, 'OK')).toMatch(/Your photo is in.*not a picture/s);
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
    const { keys, remove } = crowd.spool;
    await sweepPictures({ store: crowd.store, pictureKeys: keys, removePicture: remove });
    expect((await keys()).toSorted()).toEqual(wanted.toSorted());
    look();
    await crowd.core.idle();
  });
});
