/**
 * A simulated PDS, and the relay behind it, as the publisher sees them through its repository. It
 * keeps what it was given, computes the CIDs itself, and takes no more than it may.
 */
import { type Answer, answered } from '../src/account/answer.ts';
import { createRateLimits, POINTS, WRITE_METHOD } from '../src/account/rate-limits.ts';
import type { Repository } from '../src/account/repository.ts';
import { cidOfBlob, cidOfRecord } from '../src/lib/cid.ts';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../src/lib/clock.ts';
import type { Chance } from './chance.ts';
import type { Figures } from './figures.ts';
import { ANSWERS_MS, LIMITS } from './limits.ts';
import type { Scheduler } from './scheduler.ts';

/** `$type` ends with what it does. */
type Write = {
  readonly $type: string;
  readonly collection: string;
  readonly rkey: string;
  readonly value?: unknown;
};

type PdsOptions = {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly figures: Figures;
  readonly did: string;
  /** Undefined for a PDS of the city's own. */
  readonly points: { readonly perHour: number; readonly perDay: number } | undefined;
};

export type SimulatedPds = {
  readonly repository: Repository;
  /**
   * Takes a record that a channel writes beside the publisher, such as a post; how long (ms) to wait
   * where it does not, 0 where it did.
   */
  readonly post: () => Promise<number>;
  /** How far the relay is behind (ms). */
  readonly relayMs: () => number;
  readonly records: () => number;
};

export function createPds(options: PdsOptions): SimulatedPds {
  const { scheduler, chance, figures, did, points } = options;
  const { clock } = scheduler;
  const cids = new Map<string, string>();
  const blobs = new Set<string>();
  const limits = createRateLimits(clock);
  const windows = points === undefined ? [] : windowsOf(points, clock.now);
  const uploads = createWindow({ ms: DAY_MS, max: LIMITS.pdsUploadsPerDay }, clock.now);
  const relay = createRelayBehind(clock.now);
  let head = 0;

  const answer = (more = 0): Promise<void> =>
    scheduler.sleep(chance.between(...ANSWERS_MS.pds) + more);
  const until = (resetAt: number): Answer<never> => ({
    kind: 'limited',
    until: clock.elapsed() + Math.max(SECOND_MS, resetAt - clock.now()),
  });

  /** Takes the points of a commit, or tells when there are enough; the answer carries what is left. */
  const pay = (cost: number): Answer<never> | undefined => {
    const short = windows.find((window) => window.left() < cost);
    for (const window of windows) window.take(cost);
    const [least] = windows.toSorted((one, other) => one.left() - other.left());
    if (least !== undefined) limits.note(WRITE_METHOD, (name) => least.headers()[name]);
    if (short !== undefined) {
      figures.now().turnedAway += 1;
      return until(short.resetAt());
    }
    figures.now().points += cost;
    return undefined;
  };
  const commit = (): void => {
    head += 1;
    figures.now().commits += 1;
    relay.take();
  };

  const repository: Repository = {
    did,
    applyWrites: async (json) => {
      const writes = JSON.parse(json) as readonly Write[];
      await answer(writes.length * ANSWERS_MS.pdsEachRecord);
      const limited = pay(writes.reduce((sum, write) => sum + POINTS[operationOf(write)], 0));
      if (limited !== undefined) return limited;
      const results = writes.map((write) => apply(cids, write));
      commit();
      return answered(results);
    },
    currentCid: async (collection, rkey) => {
      await answer();
      return answered(cids.get(`${collection}/${rkey}`));
    },
    head: async () => {
      await answer();
      return answered(String(head));
    },
    upload: async (bytes) => {
      await answer();
      if (points !== undefined && uploads.left() < 1) {
        figures.now().turnedAway += 1;
        return until(uploads.resetAt());
      }
      uploads.take(1);
      figures.now().uploads += 1;
      const cid = cidOfBlob(bytes);
      blobs.add(cid);
      return answered(cid);
    },
    hasPicture: async (cid) => {
      await answer();
      return answered(blobs.has(cid));
    },
    pointsLeft: limits.pointsLeft,
    pointsAt: limits.pointsAt,
  };
  return {
    repository,
    post: async () => {
      await answer();
      const limited = pay(POINTS.create);
      if (limited?.kind === 'limited') return Math.max(SECOND_MS, limited.until - clock.elapsed());
      commit();
      return 0;
    },
    relayMs: relay.behindMs,
    records: () => cids.size,
  };
}

function operationOf({ $type }: Write): keyof typeof POINTS {
  const [, operation] = $type.split('#');
  if (operation === 'create' || operation === 'update' || operation === 'delete') return operation;
  throw new Error(`A repository knows no ${$type}.`);
}

/** The CID of the record; undefined for one that is removed. */
function apply(cids: Map<string, string>, write: Write): string | undefined {
  const key = `${write.collection}/${write.rkey}`;
  if (operationOf(write) === 'delete') {
    cids.delete(key);
    return undefined;
  }
  if (operationOf(write) === 'create' && cids.has(key)) throw new Error(`There is a ${key}.`);
  const cid = cidOfRecord(write.value);
  cids.set(key, cid);
  return cid;
}

/** A window that begins with the first use in it, as a PDS counts. */
function createWindow(
  { ms, max }: { readonly ms: number; readonly max: number },
  now: () => number,
) {
  let endsAt = 0;
  let used = 0;
  const current = (): void => {
    if (now() < endsAt) return;
    endsAt = now() + ms;
    used = 0;
  };
  const left = (): number => {
    current();
    return Math.max(0, max - used);
  };
  const resetAt = (): number => {
    current();
    return endsAt;
  };
  return {
    ...{ left, resetAt },
    take: (count: number): void => {
      current();
      used += count;
    },
    headers: (): Readonly<Record<string, string>> => ({
      'ratelimit-limit': String(max),
      'ratelimit-remaining': String(left()),
      'ratelimit-reset': String(Math.ceil(resetAt() / SECOND_MS)),
      'ratelimit-policy': `${max};w=${ms / SECOND_MS}`,
    }),
  };
}

const windowsOf = (points: { perHour: number; perDay: number }, now: () => number) => [
  createWindow({ ms: HOUR_MS, max: points.perHour }, now),
  createWindow({ ms: DAY_MS, max: points.perDay }, now),
];

/** Takes commits one after the other, as many an hour as a relay does. */
function createRelayBehind(now: () => number) {
  const eachMs = HOUR_MS / LIMITS.relayCommitsPerHour;
  let freeAt = 0;
  return {
    take: (): void => {
      freeAt = Math.max(freeAt, now()) + eachMs;
    },
    behindMs: (): number => Math.max(0, freeAt - now()),
  };
}
