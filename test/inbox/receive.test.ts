import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WAITING_MAX } from '../../src/domain/waiting.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import { type Crowd, openCrowd } from '../support/crowd.ts';
import { drawnPicture } from '../support/picture-decisions.ts';

const ANA = '+15105550141';
const photo = drawnPicture('jpeg');

describe('a message that comes in', () => {
  let crowd: Crowd;
  /** Holds up every look at a picture, and with it its message. */
  let look: () => void;
  beforeEach(async () => {
    const looked = new Promise<void>((resolve) => {
      look = resolve;
    });
    crowd = await openCrowd({ look: (check) => (key) => looked.then(() => check(key)) });
  });
  afterEach(async () => {
    look();
    await crowd.close();
    expect(crowd.errors).toEqual([]);
  });

  const waiting = () => crowd.store.read.inbox.waiting(0, 10);

  it('is on disk when its sender hears that it was received', async () => {
    const { id, isNew } = await crowd.post(ANA, 'HI', { id: 'one', pictures: [photo] });
    expect(isNew).toBe(true);
    expect(crowd.store.read.inbox.idOf('sms', 'one')).toBe(id);
    expect(waiting()).toMatchObject([{ id, externalId: 'one', attempts: 0 }]);
    expect(crowd.store.read.pictures.of(id)).toMatchObject([{ state: 'raw' }]);
    expect(crowd.sent).toEqual([]);
  });

  it('a second time changes nothing, gets the same answer, and leaves no picture behind', async () => {
    const first = await crowd.post(ANA, 'HI', { id: 'one', pictures: [photo] });
    const again = await crowd.post(ANA, 'HI', { id: 'one', pictures: [photo, photo] });
    expect(again).toEqual({ id: first.id, isNew: false });
    expect(waiting()).toHaveLength(1);
    expect(await crowd.spool.keys()).toHaveLength(1);
  });

  it('is one of its channel: another channel may use the same id', async () => {
    const first = await crowd.post(ANA, 'HI', { id: 'one' });
    const other = await crowd.core.inbox.receive({
      channel: 'telegram',
      externalId: 'one',
      sender: '7000141',
      text: 'HOLA',
      pictures: [],
      replyTo: null,
      isPublic: false,
      receivedAt: crowd.clock.time,
    });
    expect(other.isNew).toBe(true);
    expect(other.id).not.toBe(first.id);
  });

  it.each([
    ['when its provider says so', -HOUR_MS, -HOUR_MS],
    ['not in a time to come', HOUR_MS, 0],
    ['not longer than a day ago', -3 * DAY_MS, -DAY_MS],
    ['when it came, where nobody says', undefined, 0],
  ])('was sent %s', async (_, byMs, expected) => {
    const { time } = crowd.clock;
    await crowd.core.inbox.receive({
      channel: 'sms',
      externalId: 'one',
      sender: ANA,
      text: 'HI',
      // A picture that is slow to come: it waits.
      pictures: [{ spoolKey: await crowd.spool.put(photo) }],
      replyTo: null,
      isPublic: false,
      ...(byMs === undefined ? {} : { sentAt: time + byMs }),
      receivedAt: time,
    });
    expect(waiting()).toMatchObject([{ sentAt: time + expected, receivedAt: time }]);
    expect(crowd.store.read.inbox.waitingSince()).toBe(time + expected);
  });

  it('is cleaned and cut before anything looks at it', async () => {
    const text = `  D\u0000ONE 1 ${'x'.repeat(100_000)}\ud800`;
    await crowd.post(ANA, text, { pictures: [photo] });
    const [message] = waiting();
    if (message === undefined) throw new Error('nothing waits');
    const { payload } = message;
    expect(payload.text.startsWith('DONE 1 xxx')).toBe(true);
    expect(payload.text.length).toBeLessThanOrEqual(5000);
    expect(payload.text.isWellFormed()).toBe(true);
    expect(payload.pictures).toBe(1);
  });

  it('is forgotten in its words once it is answered', async () => {
    expect(await crowd.ask(ANA, 'HI, I want to help')).toContain('City/Sync Berkeley');
    expect(waiting()).toEqual([]);
    expect(crowd.store.read.inbox.backlog().count).toBe(0);
  });

  it('is dropped where too many of its sender wait, and known all the same; STOP never is', async () => {
    // Its picture is not looked at yet: everything behind it waits.
    await crowd.post(ANA, 'HI', { pictures: [photo] });
    for (let at = 1; at < 260; at += 1) await crowd.post(ANA, `word ${at}`, { id: `word-${at}` });
    const waits = () => crowd.store.read.inbox.backlog().count;
    expect(waits()).toBe(WAITING_MAX);
    expect(await crowd.post(ANA, 'again', { id: 'word-259' })).toMatchObject({ isNew: false });
    await crowd.post(ANA, 'more', { pictures: [photo] });
    expect(await crowd.spool.keys()).toHaveLength(1);
    await crowd.post(ANA, 'Please stop');
    await crowd.post(ANA, 'STOP');
    await expect.poll(() => crowd.heard(ANA).join()).toMatch(/unsubscribed|START/);
    expect(waits()).toBe(WAITING_MAX);
    // Nobody else is held up.
    await crowd.post('+15105550142', 'HI');
    await expect.poll(() => crowd.heard('+15105550142').join()).toContain('City/Sync Berkeley');
    look();
    await crowd.core.idle();
    expect(waits()).toBe(0);
    expect(crowd.heard(ANA).at(-1)).toMatch(/unsubscribed|START/);
  });

  it('from a stranger is answered in the language of its words', async () => {
    await crowd.ask(ANA, 'buenas, quiero ayudar en mi barrio');
    expect(crowd.heard(ANA).join()).toMatch(/Responde OK/);
  });
});
