/** The city's published pictures: from the cache, else from the server of its repository. */
import { createHash } from 'node:crypto';
import { cidOfDigest } from '../lib/cid.ts';
import { SECOND_MS } from '../lib/clock.ts';
import { fetchWithin } from '../lib/fetch-within.ts';
import { BoundedMap } from '../lib/memo.ts';
import { createLine, LineFullError, type Outgoing } from '../lib/outgoing.ts';
import type { PictureCache } from './picture-cache-port.ts';

/** Pictures are drawn anew to less than a megabyte before they are published. */
const FETCH = { timeoutMs: 10 * SECOND_MS, bytesMax: 1_000_000 } as const;
/** Others wait, so that the server is not asked for everything at once; and not for ever. */
const LINE = { atOnceMax: 8, waitingMax: 200 } as const;
/** How long a picture that could not be had is not asked for again. */
const MISSING_MS = 10 * SECOND_MS;
const MISSING_MAX = 1000;

/**
 * Gives a picture by its CID; undefined for what cannot be had now. However many look at it at once,
 * it is fetched once. Neither the server nor the cache is believed: the bytes have to be those of the
 * CID.
 */
export function createPublishedPictures(options: {
  /** Where the server gives the blob of a CID. */
  readonly addressOf: (cid: string) => string;
  readonly cache: PictureCache;
  /** Where what is fetched waits for its place; a line of its own where it is left out. */
  readonly outgoing?: Outgoing;
  /** A clock (ms) that nobody puts back. */
  readonly now?: () => number;
}): (cid: string) => Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { addressOf, cache, outgoing = createLine(LINE) } = options;
  const { now = () => performance.now() } = options;
  type Bytes = Uint8Array<ArrayBuffer>;
  const ask = fetchWithin({ ...FETCH, outgoing });
  const underWay = new Map<string, Promise<Bytes | undefined>>();
  const missing = new BoundedMap<string, number>(MISSING_MAX);

  const fetched = async (cid: string): Promise<Bytes | undefined> => {
    const answer = await ask(addressOf(cid), { redirect: 'manual' });
    if (!answer.ok) return undefined;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return isOf(cid, bytes) ? bytes : undefined;
  };
  const find = async (cid: string): Promise<Bytes | undefined> => {
    const kept = await cache.get(cid);
    if (kept !== undefined && isOf(cid, kept)) return kept;
    if (kept !== undefined) await cache.remove(cid);
    if (now() - (missing.get(cid) ?? Number.NEGATIVE_INFINITY) < MISSING_MS) return undefined;
    try {
      const bytes = await fetched(cid);
      if (bytes === undefined) missing.set(cid, now());
      else await cache.put(cid, bytes);
      return bytes;
    } catch (error) {
      // Where too many wait nobody has asked for it: the next one may.
      if (!(error instanceof LineFullError)) missing.set(cid, now());
      return undefined;
    }
  };
  return (cid) => {
    const known = underWay.get(cid);
    if (known !== undefined) return known;
    const finding = find(cid).finally(() => underWay.delete(cid));
    underWay.set(cid, finding);
    return finding;
  };
}

const isOf = (cid: string, bytes: Uint8Array): boolean =>
  cidOfDigest(createHash('sha256').update(bytes).digest()) === cid;
