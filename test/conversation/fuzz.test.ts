// Ten thousand messages mixed from all words there are, sent through the real inbox: nothing breaks,
// and nothing is done that the words do not explain. `FUZZ_SEED` plays an earlier run again.
import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import type { Decision } from '../../src/conversation/router.ts';
import { createMatcher } from '../../src/conversation/words.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { lookAtBooks } from '../../src/records/books/watch-books.ts';
import { SEEDED } from '../../src/sandbox/seed.ts';
import { TUESDAY, UNLIMITED } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { mixedMessages } from '../support/mixed-messages.ts';
import { rememberingChannel, testCity } from '../support/test-city.ts';

const SEED = Number(process.env['FUZZ_SEED'] ?? 14);
const MESSAGES = 10_000;
const BATCH = 500;
/** What moves credits; each is exact. */
const MOVING = new Set(['approve', 'reject', 'redeem', 'confirm', 'release', 'adjust', 'agree']);

const matcher = createMatcher(commands, LANGUAGES);

test(`nothing is done that no words explain (FUZZ_SEED=${SEED})`, async () => {
  const { message, pick } = mixedMessages(SEED);
  const { channel } = rememberingChannel();
  const explained: Decision[] = [];
  const steps = new Map<string, number>();
  const city = testCity({
    ...{ city: UNLIMITED, clock: standingClock(TUESDAY), channels: () => [channel] },
    understood: (decision) => explained.push(decision),
    observe: (step, { count }) => steps.set(step, (steps.get(step) ?? 0) + count),
  });
  city.seed();
  await city.start();
  await city.idle();
  const crowd = Array.from({ length: 40 }, (_, at) => `+1510555${String(3000 + at)}`);
  const people = [...Object.values(SEEDED), ...crowd];
  const said = new Map<string, string[]>(people.map((person) => [person, []]));
  const transfers = () => city.store.read.ledger.head()?.position ?? 0;
  let unexplained = 0;
  for (let at = 0; at < MESSAGES; at += BATCH) {
    explained.length = 0;
    const before = transfers();
    const batch = Array.from({ length: BATCH }, () => ({ sender: pick(people), text: message() }));
    for (const { sender, text } of batch) said.get(sender)?.push(text);
    await Promise.all(batch.map(city.receive));
    await city.idle();
    const moves = explained.filter(
      (decision) => decision.kind === 'command' && MOVING.has(decision.command),
    );
    unexplained += Math.max(0, transfers() - before - moves.length);
  }
  const left = people.filter((address) => {
    const lookup = city.core.foundation.keys.identityLookup('sms', address);
    const id = city.store.read.identities.idOf('sms', lookup) ?? 0;
    return city.store.read.identities.get(id)?.stoppedAt != null;
  });
  expect({ unexplained, parked: steps.get('message.parked') ?? 0 }).toEqual({
    unexplained: 0,
    parked: 0,
  });
  for (const person of left) {
    expect(said.get(person)?.some((text) => matcher.read.legalWord(text) === 'stop')).toBe(true);
  }
  city.run(({ tx, now }) => lookAtBooks(tx, now));
  expect(city.store.read.books.isClosed()).toBe(false);
  await city.stop();
});
