// Requests of the channels that wait for their place: no time-out runs meanwhile, and none is forgotten.
import { afterEach, expect, test, vi } from 'vitest';
import { createSession } from '../../src/account/session.ts';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { createLine } from '../../src/lib/outgoing.ts';
import { clockOf } from '../support/clock.ts';
import { DID, MORNING } from '../support/record-facts.ts';
import { startSignInServer } from '../support/sign-in-server.ts';
import { openSms } from '../support/sms-phone.ts';
import { openBot } from '../support/telegram-bot.ts';

afterEach(() => {
  vi.useRealTimers();
});

/** A place that somebody else has for longer than any request may take. */
function takenPlace() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const line = createLine({ atOnceMax: 1 });
  const slow = Promise.withResolvers<void>();
  const before = line(() => slow.promise);
  return {
    line,
    /** Lets minutes go by, and then gives the place to whoever waits. */
    giveBack: async (): Promise<void> => {
      await vi.advanceTimersByTimeAsync(5 * MINUTE_MS);
      vi.useRealTimers();
      slow.resolve();
      await before;
    },
  };
}

test('a text that waited for its place is sent once', async () => {
  const { line, giveBack } = takenPlace();
  const sms = await openSms({ outgoing: () => line });
  const sent = sms.send('hello');
  await giveBack();
  expect(await sent).toMatchObject({ ok: true });
  expect(sms.twilio.calls.map(({ route }) => route)).toEqual(['create']);
  await sms.close();
});

test('a message by Telegram that waited for its place is sent once, and a picture comes', async () => {
  const { line, giveBack } = takenPlace();
  const bot = await openBot({ outgoing: () => line });
  const file = Uint8Array.of(1, 2, 3);
  bot.telegram.addFile('file-1', file);
  const sent = bot.deliver('hello');
  const picture = bot.channel.fetchPicture?.('file-1');
  await giveBack();
  expect(await sent).toMatchObject({ ok: true });
  expect(await picture).toEqual({ ok: true, value: file });
  expect(bot.calls('sendMessage')).toHaveLength(1);
  await bot.close();
});

test('asking Telegram for updates takes no place', async () => {
  const line = createLine({ atOnceMax: 1 });
  const bot = await openBot({ isPolled: true, outgoing: () => line });
  await bot.channel.start();
  await expect.poll(() => bot.calls('getUpdates').length).toBeGreaterThan(0);
  expect(await bot.deliver('hello')).toMatchObject({ ok: true });
  await bot.close();
});

test('the account is asked in line, and a sign-in that waited for its place succeeds', async () => {
  const { line, giveBack } = takenPlace();
  const server = await startSignInServer(DID);
  const session = createSession({
    service: server.url,
    identifier: 'berkeley.test',
    password: 'secret',
    keeper: { load: () => undefined, save: () => undefined },
    clock: clockOf(() => MORNING),
    outgoing: line,
  });
  const asked = [1, 2, 3].map(() => session.request('/xrpc/com.example.get'));
  expect(server.count('createSession')).toBe(0);
  await giveBack();
  for (const answer of await Promise.all(asked)) expect(answer.status).toBe(200);
  expect(server.count('createSession')).toBe(1);
  await server.close();
});
