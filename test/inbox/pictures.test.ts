import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { PICTURES_PER_HOUR, PICTURES_WAITING_MAX } from '../../src/domain/picture-budget.ts';
import {
  type CheckPicture,
  CheckUnavailableError,
  sweepPictures,
} from '../../src/inbox/check-pictures.ts';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { ok, type Result } from '../../src/lib/result.ts';
import { type Crowd, openCrowd } from '../support/crowd.ts';
import { twoColours } from '../support/pictures.ts';

let crowd: Crowd;
afterEach(() => crowd.close());

const photo = async (): Promise<Uint8Array> => await twoColours(40, 30).jpeg().toBuffer();
/** While something is under way, nobody can wait until nothing is. */
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
      crowd.clock.time += SECOND_MS;
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
    expect(await crowd.ask(ana, 'OK')).toMatch(/Your words are in.*couldn't get that picture/s);
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

describe('pictures of several people', () => {
  it('are released though the provider goes on keeping one of them', async () => {
    const bytes = await photo();
    const released: string[] = [];
    crowd = await openCrowd({
      channel: {
        fetchPicture: async () => ok(bytes),
        releasePicture: async (source) => {
          if (source === 'kept') throw new Error('The provider refuses.');
          released.push(source);
        },
      },
    });
    const [ana = '', ben = ''] = await crowd.people(2);
    for (const person of [ana, ben]) await crowd.ask(person, 'JOIN 1');
    await crowd.ask(ana, 'DONE 1', { sources: ['kept'] });
    for (const source of ['one', 'two', 'three']) {
      crowd.clock.time += MINUTE_MS;
      await crowd.ask(ben, 'DONE 1', { sources: [source] });
    }
    expect(released).toEqual(expect.arrayContaining(['one', 'two']));
  });

  it('of one whose server is slow hold up no others, and not their own for ever', async () => {
    const bytes = await photo();
    const stalled = Promise.withResolvers<Result<Uint8Array, { code: string }>>();
    let asked = 0;
    crowd = await openCrowd({
      channel: {
        fetchPicture: async (source) => {
          asked += 1;
          return source.startsWith('slow') ? await stalled.promise : ok(bytes);
        },
      },
    });
    const [mallory = '', ...others] = await crowd.people(5);
    for (const one of [mallory, ...others]) await crowd.ask(one, 'JOIN 1');
    const slow = Array.from({ length: 12 }, (_, at) => `slow/${at}`);
    await crowd.post(mallory, 'DONE 1', { sources: slow });
    for (const one of others) await crowd.post(one, 'DONE 1', { sources: [`media/${one}`] });
    for (const one of others) {
      await expect.poll(() => crowd.heard(one).at(-1)).toMatch(/^Evidence is public/);
    }
    // Two of the twelve and one of each of the others.
    expect(asked).toBe(2 + others.length);
    stalled.resolve(ok(bytes));
    await expect.poll(() => crowd.heard(mallory).at(-1)).toMatch(/^Evidence is public/);
  });

  it('that are slow to open take turns', async () => {
    const opened: string[] = [];
    const keys = new Map<string, string>();
    const { ana, ben } = await open((check) => async (key) => {
      opened.push(keys.get(key.slice(0, 64)) ?? '');
      return check(key);
    });
    const of = async (name: string, count: number) => {
      const drawn: Uint8Array[] = [];
      for (let at = 0; at < count; at += 1) {
        const bytes = await twoColours(40 + 2 * at, name.length * 10)
          .jpeg()
          .toBuffer();
        keys.set(createHash('sha256').update(bytes).digest('hex'), name);
        drawn.push(bytes);
      }
      return drawn;
    };
    const [many, one] = [await of('ana', 6), await of('benn', 1)];
    await Promise.all([
      crowd.post(ana, 'DONE 1', { pictures: many }),
      crowd.post(ben, 'DONE 1', { pictures: one }),
    ]);
    await crowd.core.idle();
    expect(opened).toHaveLength(7);
    expect(opened.slice(0, 3)).toContain('benn');
  });
});

describe('too many pictures', () => {
  const sources = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) => `media/${from + at}`);

  async function openFetching() {
    const fetched: string[] = [];
    const bytes = await photo();
    crowd = await openCrowd({
      channel: {
        fetchPicture: async (source) => {
          fetched.push(source);
          return ok(bytes);
        },
      },
    });
    const [ana = ''] = await crowd.people(1);
    await crowd.ask(ana, 'JOIN 1');
    return { ana, fetched };
  }

  it('are refused in words once, then without a word, and again after an hour', async () => {
    const { ana, fetched } = await openFetching();
    await crowd.ask(ana, 'DONE 1 swept', { sources: sources(1) });
    await crowd.ask(ana, 'OK');
    for (let at = 1; at < PICTURES_PER_HOUR; at += 1) {
      expect(await crowd.ask(ana, '', { sources: sources(1, at) })).toMatch(/^Thank you/);
    }
    expect(await crowd.ask(ana, '', { sources: sources(3, 100) })).toMatch(/a lot of photos/);
    for (let at = 0; at < 5; at += 1) {
      expect(await crowd.ask(ana, '', { sources: sources(1, 200 + at) })).toBe('');
    }
    // Words are answered all the same.
    expect(await crowd.ask(ana, 'BALANCE', { sources: sources(1, 300) })).toMatch(/credits/i);
    expect(fetched).toHaveLength(PICTURES_PER_HOUR);
    crowd.clock.time += HOUR_MS + 1;
    expect(await crowd.ask(ana, '', { sources: sources(1, 400) })).toMatch(/^Thank you/);
    expect(crowd.errors).toEqual([]);
  });

  it('that wait are counted, and what is left out leaves nothing on the disk', async () => {
    const { ana } = await open();
    const bytes = await photo();
    const pictures = Array.from({ length: PICTURES_WAITING_MAX + 3 }, () => bytes);
    expect(await crowd.ask(ana, 'DONE 1', { pictures })).toMatch(/^Evidence is public/);
    expect(await crowd.ask(ana, 'OK')).toMatch(/a lot of photos/);
    expect(await crowd.spool.keys()).toHaveLength(PICTURES_WAITING_MAX);
  });

  it('of somebody who has not agreed are not even fetched, and are afterwards', async () => {
    const { fetched } = await openFetching();
    const stranger = '+15105550177';
    expect(await crowd.ask(stranger, '', { sources: sources(2) })).toMatch(/OK/);
    await crowd.ask(stranger, 'OK');
    await crowd.ask(stranger, 'JOIN 1');
    expect(fetched).toEqual([]);
    expect(await crowd.ask(stranger, 'DONE 1', { sources: sources(1, 9) })).toMatch(
      /^Evidence is public/,
    );
    expect(fetched).toEqual(['media/9']);
  });

  it('that came in one batch with the agreement count', async () => {
    const { fetched } = await openFetching();
    const newcomer = '+15105550178';
    await Promise.all([
      crowd.post(newcomer, 'HI'),
      crowd.post(newcomer, 'OK'),
      crowd.post(newcomer, 'JOIN 1'),
      crowd.post(newcomer, 'DONE 1', { sources: sources(1) }),
    ]);
    await crowd.core.idle();
    expect(crowd.heard(newcomer).at(-1)).toMatch(/^Evidence is public/);
    expect(fetched).toEqual(['media/0']);
  });
});

describe('on a full disk, or with nobody to check pictures,', () => {
  it('nothing is fetched; it comes when there is room, or is to be sent again', async () => {
    let isFull = true;
    const bytes = await photo();
    let fetched = 0;
    crowd = await openCrowd({
      hasRoom: () => !isFull,
      channel: {
        fetchPicture: async () => {
          fetched += 1;
          return ok(bytes);
        },
      },
    });
    const [ana = '', ben = ''] = await crowd.people(2);
    for (const one of [ana, ben]) await crowd.ask(one, 'JOIN 1');
    const before = crowd.heard(ana).length;
    await crowd.ask(ana, 'DONE 1', { sources: ['media/1'] });
    expect([fetched, crowd.heard(ana).length]).toEqual([0, before]);
    crowd.clock.time += 16 * MINUTE_MS;
    await crowd.post(ben, 'DONE 1', { sources: ['media/2'] });
    await crowd.core.idle();
    expect(crowd.heard(ana).at(-1)).toMatch(/can't take photos right now/);
    isFull = false;
    await crowd.core.start();
    await crowd.core.idle();
    expect(crowd.heard(ben).at(-1)).toMatch(/^Evidence is public/);
    expect(fetched).toBe(1);
    expect(crowd.errors).toEqual([]);
  });

  it.each([
    ['a full disk', Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })],
    ['nobody to check it', new CheckUnavailableError('Pictures cannot be checked now.')],
  ])('with %s no picture that is here already is lost', async (_, full) => {
    let isFull = true;
    const { ana } = await open((check) => async (key) => {
      if (isFull) throw full;
      return check(key);
    });
    const before = crowd.heard(ana).length;
    await crowd.post(ana, 'DONE 1', { pictures: [await photo()] });
    for (let tries = 0; tries < 6; tries += 1) {
      await crowd.core.idle();
      crowd.clock.time += MINUTE_MS;
      await crowd.core.start();
    }
    await crowd.core.idle();
    expect(crowd.heard(ana)).toHaveLength(before);
    isFull = false;
    crowd.clock.time += MINUTE_MS;
    await crowd.core.start();
    await crowd.core.idle();
    expect(crowd.heard(ana).at(-1)).toMatch(/^Evidence is public/);
  });
});
