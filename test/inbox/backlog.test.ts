// Ten thousand messages that came while nothing was processed, as after an outage.
import { expect, it } from 'vitest';
import { systemRandom } from '../../src/lib/random.ts';
import { newPerson, TUESDAY } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

const MESSAGES = 10_000;
const PEOPLE = 500;

it('a backlog of ten thousand messages is worked off: each once, everybody’s in their order', async () => {
  const clock = standingClock(TUESDAY);
  const { channel, sent, sentTo } = rememberingChannel();
  const city = testCity({ clock, random: systemRandom, channels: () => [channel] });
  const addressOf = (at: number) => `+1510${6_000_000 + (at % PEOPLE)}`;
  city.run((context) => {
    const people = Array.from({ length: PEOPLE }, (_, at) => newPerson(context, addressOf(at)));
    for (let at = 0; at < MESSAGES; at += 1) {
      context.tx.inbox.add({
        channel: 'sms',
        externalId: `waiting-${at}`,
        identityId: people[at % PEOPLE]?.identityId ?? 0,
        // No task has this number, so the answer tells which message it is to.
        payload: { text: `TASK ${100_000 + at}`, replyTo: null, pictures: 0 },
        receivedAt: clock.now(),
      });
    }
  });
  await city.start();
  await city.idle();

  expect(city.errors).toEqual([]);
  expect(city.store.read.inbox.backlog().count).toBe(0);
  expect(sent).toHaveLength(MESSAGES);
  for (let person = 0; person < PEOPLE; person += 1) {
    const asked = sentTo(addressOf(person)).map((text) => Number(/\d{6}/.exec(text)?.[0]));
    expect(asked).toEqual(
      Array.from({ length: MESSAGES / PEOPLE }, (_, at) => 100_000 + person + at * PEOPLE),
    );
  }
  await city.stop();
});
