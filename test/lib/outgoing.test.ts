// Lines of requests in front of one gate: who may be under way at once, and who waits for whom.
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { fetchWithin } from '../../src/lib/fetch-within.ts';
import {
  createLine,
  createLines,
  type Line,
  LineFullError,
  type LineName,
} from '../../src/lib/outgoing.ts';
import { runs } from '../support/runs.ts';

afterEach(() => {
  vi.useRealTimers();
});

const LINES: Readonly<Record<LineName, Line>> = {
  account: { atOnceMax: 3 },
  sms: { atOnceMax: 3 },
  telegram: { atOnceMax: 3 },
  typing: { atOnceMax: 1, waitingMax: 0 },
  strangers: { atOnceMax: 2 },
  readers: { atOnceMax: 1, waitingMax: 2 },
};
const NAMES = Object.keys(LINES) as LineName[];
const IN_ALL = 4;

type Open = { readonly name: LineName; readonly end: (fails: boolean) => void };

/** Requests that are under way until they are told to end. */
function requests() {
  const open: Open[] = [];
  const request =
    (name: LineName, number: number): (() => Promise<number>) =>
    () =>
      new Promise((resolve, reject) => {
        const one: Open = {
          name,
          end: (fails) => {
            open.splice(open.indexOf(one), 1);
            if (fails) reject(new Error('broken'));
            else resolve(number);
          },
        };
        open.push(one);
      });
  return { open, request };
}

/** Until everything that may go on has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('never more are under way than there are places, in all and in each line, and none is left idle', async () => {
  const step = fc.oneof(
    fc.record({ go: fc.constantFrom(...NAMES) }),
    fc.record({ end: fc.nat(), fails: fc.boolean() }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const outgoing = createLines(IN_ALL, LINES);
      const { open, request } = requests();
      const ended: Promise<unknown>[] = [];
      const asked = new Map<LineName, number>();
      const done = new Map<LineName, number>();
      const count = (counts: Map<LineName, number>, name: LineName) =>
        counts.set(name, (counts.get(name) ?? 0) + 1);
      const look = async (): Promise<void> => {
        await settled();
        expect(open.length).toBeLessThanOrEqual(IN_ALL);
        let waiting = 0;
        for (const name of NAMES) {
          const here = open.filter((one) => one.name === name).length;
          const { atOnceMax } = LINES[name];
          expect(here).toBeLessThanOrEqual(atOnceMax);
          const present = (asked.get(name) ?? 0) - (done.get(name) ?? 0);
          waiting += Math.min(present, atOnceMax) - here;
        }
        // Who has the first place of a line waits only while all are taken.
        if (waiting > 0) expect(open.length).toBe(IN_ALL);
      };
      const end = (at: number, fails: boolean): void => {
        const one = open[at % Math.max(1, open.length)];
        if (one === undefined) return;
        count(done, one.name);
        one.end(fails);
      };
      for (const [number, one] of steps.entries()) {
        if ('go' in one) {
          count(asked, one.go);
          const sent = outgoing(one.go)(request(one.go, number));
          ended.push(
            sent.catch((error: unknown) => {
              if (error instanceof LineFullError) count(done, one.go);
            }),
          );
        } else end(one.end, one.fails);
        await look();
      }
      while (open.length > 0) {
        end(0, false);
        await look();
      }
      await Promise.all(ended);
    }),
    { numRuns: runs(60, 1000) },
  );
});

test('who came first goes first', async () => {
  const line = createLine({ atOnceMax: 2 });
  const { open, request } = requests();
  const came: number[] = [];
  const all = [1, 2, 3, 4, 5].map((number) =>
    line(request('sms', number)).then((n) => came.push(n)),
  );
  for (let left = 5; left > 0; left -= 1) {
    await settled();
    expect(open).toHaveLength(Math.min(2, left));
    open[0]?.end(false);
  }
  await Promise.all(all);
  expect(came).toEqual([1, 2, 3, 4, 5]);
});

test('a provider that hangs leaves a place to the others, and so do strangers and readers', async () => {
  for (const hanging of [['sms'], ['telegram'], ['account'], ['strangers', 'readers', 'readers']]) {
    const outgoing = createLines(IN_ALL, LINES);
    const { request } = requests();
    for (const name of hanging as LineName[]) {
      for (let number = 0; number < 3; number += 1) {
        outgoing(name)(request(name, number)).catch(() => undefined);
      }
    }
    await settled();
    const others = (['sms', 'telegram', 'account'] as const).filter(
      (one) => !hanging.includes(one),
    );
    for (const name of others) expect(await outgoing(name)(async () => name)).toBe(name);
  }
});

test('nobody joins a line in which as many wait as may, until one has gone', async () => {
  const line = createLine({ atOnceMax: 1, waitingMax: 2 });
  const { open, request } = requests();
  const there = [1, 2, 3].map((number) => line(request('readers', number)));
  await expect(line(request('readers', 4))).rejects.toThrow(LineFullError);
  await settled();
  open[0]?.end(false);
  expect(await there[0]).toBe(1);
  const fifth = line(request('readers', 5));
  for (const _ of [2, 3, 5]) {
    await settled();
    open[0]?.end(false);
  }
  expect(await Promise.all([...there, fifth])).toEqual([1, 2, 3, 5]);
});

test('a request that waits for its place longer than its time-out goes out and succeeds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const outgoing = createLine({ atOnceMax: 1 });
  const slow = Promise.withResolvers<void>();
  const before = outgoing(() => slow.promise);
  const ask = fetchWithin(
    { timeoutMs: 100, bytesMax: 100, outgoing },
    async () => new Response('here'),
  );
  const answer = ask('https://provider.example');
  await vi.advanceTimersByTimeAsync(10_000);
  slow.resolve();
  await before;
  expect(await (await answer).text()).toBe('here');
});

test('a request that is given up gives its place back', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const outgoing = createLine({ atOnceMax: 1 });
  const never = fetchWithin(
    { timeoutMs: 100, bytesMax: 100, outgoing },
    () => new Promise(() => {}),
  );
  const given = never('https://provider.example').catch((error: Error) => error.message);
  const next = outgoing(async () => 'next');
  await vi.advanceTimersByTimeAsync(100);
  expect(await given).toBe('no answer within 0.1 s');
  expect(await next).toBe('next');
});

test('the body of an answer that comes after it was given up is cancelled', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const late = Promise.withResolvers<Response>();
  const cancelled = Promise.withResolvers<boolean>();
  const ask = fetchWithin({ timeoutMs: 100, bytesMax: 100 }, () => late.promise);
  const given = ask('https://provider.example').catch((error: Error) => error.message);
  await vi.advanceTimersByTimeAsync(100);
  expect(await given).toBe('no answer within 0.1 s');
  late.resolve(new Response(new ReadableStream({ cancel: () => cancelled.resolve(true) })));
  expect(await cancelled.promise).toBe(true);
});
