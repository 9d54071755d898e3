/** The pictures that records refer to: each is there, and is the one. In constant memory. */
import { parseCidSafe, ui8Equals } from '@atproto/lex-data';
import { sha256 } from '@noble/hashes/sha2.js';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { systemWait } from '../lib/wait.ts';
import { digestOfBlobCid } from './cids.ts';
import { AuditError, type Findings } from './findings.ts';
import { type Network, reason } from './identity.ts';
import { inParallel } from './parallel.ts';
import { cut } from './quote.ts';
import type { Blob } from './rules/work.ts';

const AT_ONCE = 4;
const TIMEOUT_MS = 120_000;
const TRIES = 3;
/** A server that takes no more for now is waited for as long as it says, within reason. */
const LIMITED_MS_MAX = 15 * MINUTE_MS;
const LIMITED_TIMES_MAX = 100;

/** Fetches every picture from the city's server. Throws an `AuditError` when it gives no answer. */
export async function checkBlobs(
  blobs: readonly Blob[],
  city: { readonly did: string; readonly pds: string },
  network: Network,
  tell: { readonly findings: Findings; readonly progress: (done: number) => void },
): Promise<void> {
  const distinct = [...new Map(blobs.map((blob) => [blob.cid, blob])).values()];
  const sound = distinct.filter((blob) => {
    if (digestOf(blob) !== undefined && Number.isSafeInteger(blob.size)) return true;
    const sentence = `It refers to a picture as ${cut(blob.cid)}, which is no picture’s name.`;
    tell.findings.add('blob-invalid', blob.uri, sentence);
    return false;
  });
  let done = distinct.length - sound.length;
  await inParallel(sound, AT_ONCE, async (blob) => {
    const fault = await tryToLook(blob, city, network);
    if (fault !== undefined) tell.findings.add(fault.code, blob.uri, fault.sentence);
    done += 1;
    tell.progress(done);
  });
}

/** The SHA-256 in its CID; undefined for what is not the CID of a blob. */
function digestOf({ cid }: Blob): Uint8Array | undefined {
  const parsed = parseCidSafe(cid);
  return parsed === null ? undefined : digestOfBlobCid(parsed.bytes);
}

type Fault = { readonly code: 'blob-missing' | 'blob-changed'; readonly sentence: string };
type City = { readonly did: string; readonly pds: string };

async function tryToLook(blob: Blob, city: City, network: Network): Promise<Fault | undefined> {
  const { signal } = new AbortController();
  let limitedTimes = 0;
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await look(blob, city, network);
    } catch (cause) {
      if (cause instanceof Limited && limitedTimes < LIMITED_TIMES_MAX) {
        limitedTimes += 1;
        await (network.wait ?? systemWait)(cause.ms, signal);
        left += 1;
        continue;
      }
      if (left > 0) continue;
      const sentence = `The picture ${blob.cid} could not be fetched: ${reason(cause)}.`;
      throw new AuditError(sentence, { cause });
    }
  }
}

/** The server takes no more for so long (ms). */
class Limited extends Error {
  readonly ms: number;

  constructor(ms: number) {
    super(`it takes no more for ${Math.ceil(ms / SECOND_MS)} seconds`);
    this.ms = ms;
  }
}

/** How long (ms) an answer asks to be left alone; undefined when it does not say, or nonsense. */
function limitOf({ status, headers }: Response): number | undefined {
  if (status !== 429) return undefined;
  const after = Number.parseInt(headers.get('retry-after') ?? '', 10) * SECOND_MS;
  const reset = Number.parseInt(headers.get('ratelimit-reset') ?? '', 10) * SECOND_MS;
  const ms = Number.isNaN(after) ? reset - Date.parse(headers.get('date') ?? '') : after;
  return ms >= 0 && ms <= LIMITED_MS_MAX ? Math.max(ms, SECOND_MS) : undefined;
}

async function look(blob: Blob, { did, pds }: City, network: Network): Promise<Fault | undefined> {
  const { cid, size } = blob;
  const digest = digestOf(blob);
  const query = new URLSearchParams({ did, cid });
  const response = await network.fetchPublic(`${pds}/xrpc/com.atproto.sync.getBlob?${query}`, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const limitMs = limitOf(response);
  if (limitMs !== undefined) throw new Limited(limitMs);
  if (response.status >= 500 || response.status === 429) {
    throw new Error(`${pds} answers ${response.status}`);
  }
  if (!response.ok) return { code: 'blob-missing', sentence: `The picture ${cid} is not there.` };
  const hash = sha256.create();
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > size) break;
    hash.update(chunk);
  }
  if (length !== size) {
    const sentence = `The picture ${cid} has not the ${size} bytes that the record tells.`;
    return { code: 'blob-changed', sentence };
  }
  if (digest !== undefined && ui8Equals(hash.digest(), digest)) return undefined;
  return { code: 'blob-changed', sentence: `The bytes of the picture ${cid} are others.` };
}
