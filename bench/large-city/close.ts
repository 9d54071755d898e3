/** A task that many have joined is closed, and the city is killed while they are told. */
import { textersNumber } from '../city.ts';
import { whole } from '../print.ts';
import { ORGANIZER } from './facts.ts';
import { type Aim, atMost, inSeconds, type Measured, spread, stopwatch, until } from './measure.ts';
import type { RunningProgram } from './program.ts';
import type { Seeded } from './seed.ts';

const CLOSE_MS_MAX = 5000;
const READY_MS_MAX = 5000;
/** It is killed once this part of the notices was taken over. */
const KILLED_AT = 1 / 16;

export async function measureClose(
  { beside, texts, print, sizes, city }: Measured,
  { joinedTask }: Seeded,
): Promise<void> {
  let isDone = false;
  const asking = texts.askUntil(() => isDone);
  const took = stopwatch(city());
  await texts.post(ORGANIZER, `CLOSE ${joinedTask}`);
  await until(() => beside.notices(joinedTask) === sizes.joined);
  const { tookMs, words } = took();
  isDone = true;
  const balances = (await asking).map(({ replyMs }) => replyMs);
  const name = `CLOSE, ${whole(sizes.joined)} joined`;
  print(name, words, atMost(tookMs, CLOSE_MS_MAX, 'all notices committed after '));
  print('  BALANCE meanwhile', spread(balances));
}

/** `restart` starts the city again. `from` is the number of the first text that may be a notice. */
export async function measureKill(
  { beside, texts, twilio, print, sizes, city }: Measured,
  facts: {
    readonly from: number;
    readonly restart: () => Promise<RunningProgram>;
  },
): Promise<void> {
  const { from, restart } = facts;
  await until(async () => (await twilio.count()) - from >= sizes.joined * KILLED_AT);
  await city().kill();
  const left = beside.unsent();
  const startedAt = performance.now();
  const { startMs, processorMs } = await restart();
  const startProcessorMs = processorMs();
  let answeredMs = 0;
  const [asked] = await texts.askUntil(() => true);
  if (asked !== undefined) answeredMs = performance.now() - startedAt;
  const start = `${inSeconds(startMs)}, ${inSeconds(startProcessorMs)} of a processor`;
  print('SIGKILL, ready again', start, atMost(startMs, READY_MS_MAX));
  print('  first answer committed', inSeconds(answeredMs));
  await until(() => beside.unsent() === 0);
  const told = new Map<string, number>();
  for (const { to } of await twilio.takenFrom(from)) told.set(to, (told.get(to) ?? 0) + 1);
  const times = Array.from({ length: sizes.joined }, (_, at) => told.get(textersNumber(at)) ?? 0);
  const lost = times.filter((count) => count === 0).length;
  const twice = times.filter((count) => count > 1).length;
  print('  notices that waited or were under way', whole(left));
  print('  lost', whole(lost), none(lost));
  print('  sent twice', whole(twice), none(twice));
}

const none = (count: number): Aim => ({ words: 'none', isMet: count === 0 });
