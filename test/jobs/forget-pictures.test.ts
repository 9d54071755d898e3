import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { forgetPicturesJob } from '../../src/jobs/forget-pictures.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { contextOf } from '../../src/services/context.ts';
import { type Crowd, openCrowd } from '../support/crowd.ts';
import { twoColours } from '../support/pictures.ts';

let crowd: Crowd;
let ana: string;
beforeEach(async () => {
  crowd = await openCrowd();
  [ana = ''] = await crowd.people(1);
  await crowd.ask(ana, 'JOIN 1');
});
afterEach(async () => {
  await crowd.close();
  expect(crowd.errors).toEqual([]);
});

/** Runs the job when so much time has passed. */
async function passes(ms: number): Promise<number> {
  crowd.clock.time += ms;
  const job = forgetPicturesJob(crowd.spool.remove);
  const { foundation } = crowd.core;
  expect(crowd.store.transact((tx) => job.run(contextOf(foundation, tx)))).toBe(false);
  await job.committed?.();
  return (await crowd.spool.keys()).length;
}

const photo = async () => ({ pictures: [await twoColours(40, 30).jpeg().toBuffer()] });

describe('a picture that became no evidence', () => {
  it('is forgotten after an hour when its person said no', async () => {
    await crowd.ask(ana, 'DONE 1', await photo());
    expect(await crowd.ask(ana, 'NO')).toContain('nothing was sent');
    expect(await passes(HOUR_MS)).toBe(1);
    expect(await passes(1)).toBe(0);
    expect(crowd.store.read.pictures.get(1)).toBeUndefined();
  });

  it('is kept while a question about it is open, and forgotten when that is over', async () => {
    await crowd.ask(ana, 'DONE 1', await photo());
    crowd.clock.time += HOUR_MS / 2;
    await crowd.ask(ana, '', await photo());
    expect(await passes(HOUR_MS - 1)).toBe(2);
    expect(await crowd.ask(ana, 'OK')).toMatch(/Your 2 photos are in/);
    expect(await passes(10 * HOUR_MS)).toBe(2);
  });

  it('is forgotten when the question was never answered', async () => {
    await crowd.ask(ana, 'DONE 1', await photo());
    expect(await passes(HOUR_MS - 1)).toBe(1);
    expect(await passes(2)).toBe(0);
    // The answer comes too late: there is nothing left to send.
    expect(await crowd.ask(ana, 'OK')).not.toMatch(/photo is in/);
  });

  it('is forgotten when a stranger sent it and never came back', async () => {
    await crowd.ask('+15105550199', 'HI', await photo());
    expect(await passes(2 * HOUR_MS)).toBe(0);
  });
});

it('evidence is never forgotten', async () => {
  await crowd.ask(ana, 'DONE 1', await photo());
  await crowd.ask(ana, 'OK');
  expect(await passes(1000 * HOUR_MS)).toBe(1);
  expect(crowd.store.read.evidence.pictures(1)).toHaveLength(1);
});
