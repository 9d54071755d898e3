/** A task is announced to everybody who asked to be told, while others ask for their balance. */

import { whole } from '../print.ts';
import { percentile } from '../ratios.ts';
import { ORGANIZER } from './facts.ts';
import { type Aim, atMost, type Measured, spread, stopwatch, until } from './measure.ts';
import { SENT_PER_SECOND } from './sizes.ts';

const REPLY_MS_MAX = 2000;
const TITLE = 'Plant trees';

export async function measureBroadcast(measured: Measured): Promise<void> {
  const { sizes, texts, twilio, print, city } = measured;
  const from = await twilio.count();
  await texts.say(ORGANIZER, `ANNOUNCE ${TITLE}; 5; sat 9am-11am; Park; 60`);
  let isDone = false;
  const asking = texts.askUntil(() => isDone);
  const took = stopwatch(city());
  await texts.say(ORGANIZER, 'OK');
  await until(async () => (await twilio.count()) - from >= sizes.subscribers);
  const { words } = took();
  isDone = true;
  const asked = await asking;
  const taken = await twilio.takenFrom(from);
  const alerts = taken.filter(({ body }) => body.includes(TITLE));
  const [first, last] = [alerts.at(0)?.at ?? 0, alerts.at(-1)?.at ?? 0];
  const perSecond = alerts.length / ((last - first) / 1000);
  const name = `a broadcast to ${whole(sizes.subscribers)}`;
  print(name, `${whole(perSecond)} texts/s   ${words}`, pace(perSecond));
  const replies = asked.flatMap(({ from: asker, at }) => {
    const answer = taken.find((one) => one.to === asker && one.at >= at);
    return answer === undefined ? [] : [answer.at - at];
  });
  const aim = atMost(percentile(replies, 0.99), REPLY_MS_MAX, 'p99 ');
  print('  replies meanwhile, at Twilio', spread(replies), aim);
}

/** What a pace is kept in is tenths of a second: the last of them is not full. */
const pace = (perSecond: number): Aim => ({
  words: `${whole(SENT_PER_SECOND)} texts/s`,
  isMet: perSecond >= 0.95 * SENT_PER_SECOND,
});
