import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { createButtons } from '../../../src/channels/telegram/buttons.ts';
import { DAY_MS, HOUR_MS } from '../../../src/lib/clock.ts';
import { TEST_NOW } from '../../support/city.ts';
import { memoryChannelDesk } from '../../support/telegram-desk.ts';

const ANA = '7000141';
const BEN = '7000142';
let now = TEST_NOW;
let desk: ReturnType<typeof memoryChannelDesk>;
let buttons: ReturnType<typeof createButtons>;
beforeEach(() => {
  now = TEST_NOW;
  desk = memoryChannelDesk(() => now);
  buttons = createButtons(desk.memory, () => now);
});
const sealed = (send: string) => buttons.seal({ label: 'x', send }, ANA);

test.each(['UNIRME 12', 'OK', 'LIBERAR 7GK2-M4QX', 'ñ'.repeat(100), '👩🏽‍🚒'.repeat(9)])(
  'a button says %s to whom it was offered, within 64 bytes',
  async (send) => {
    const data = await sealed(send);
    expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
    expect(buttons.open(data, ANA)).toEqual({ ok: true, send });
    expect(buttons.open(data, BEN)).toEqual({ ok: false, why: 'of-other' });
  },
);

test('whatever a choice says fits and comes back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }), async (send) => {
      const data = await sealed(send);
      expect(Buffer.byteLength(data)).toBeLessThanOrEqual(64);
      expect(buttons.open(data, ANA)).toEqual({ ok: true, send });
    }),
  );
});

test('a button grows old: after a week, and yes or no after an hour', async () => {
  const [join, yes, long] = [
    await sealed('UNIRME 12'),
    await sealed('OK'),
    await sealed('x'.repeat(70)),
  ];
  now += HOUR_MS + 61_000;
  expect(buttons.open(yes, ANA)).toEqual({ ok: false, why: 'too-old' });
  expect(buttons.open(join, ANA)).toMatchObject({ ok: true });
  now += 7 * DAY_MS;
  expect(buttons.open(join, ANA)).toEqual({ ok: false, why: 'too-old' });
  expect(buttons.open(long, ANA)).toEqual({ ok: false, why: 'too-old' });
});

test('nothing that was not sealed here opens', async () => {
  const data = await sealed('UNIRME 12');
  expect(buttons.open(data.replace('UNIRME 12', 'UNIRME 13'), ANA).ok).toBe(false);
  expect(buttons.open(data.replace(/^s./, 'sz'), ANA).ok).toBe(false);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (any) => {
      expect(buttons.open(any, ANA).ok).toBe(false);
      expect(buttons.open(`k${any}`, ANA).ok).toBe(false);
    }),
  );
});

test('a link is the same each time, and its payload is one that Telegram takes', async () => {
  const payload = await buttons.link('UNIRME 12');
  expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(await buttons.link('UNIRME 12')).toBe(payload);
  expect(buttons.followed(payload)).toBe('UNIRME 12');
  expect(buttons.followed('telegram:button:x')).toBeUndefined();
  now += 181 * DAY_MS;
  expect(buttons.followed(payload)).toBeUndefined();
});

test('what is kept of a button names nobody', async () => {
  await sealed('x'.repeat(70));
  expect(JSON.stringify(desk.clear())).not.toContain(ANA);
});
