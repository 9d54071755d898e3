/** The ways to the network of the tools: one for chosen servers, one for addresses of strangers. */
import { hash } from 'node:crypto';
import type { Sha256 } from '../audit/cids.ts';
import type { Network } from '../audit/identity.ts';
import type { NetworkSettings } from '../config/config.ts';
import { createPublicFetch } from '../media/public-fetch.ts';

/** The platform's own SHA-256. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Strangers' addresses are reached in public places over HTTPS alone. Where the directory itself is
 * on this machine, everything is, and may be reached. How long and how much, each use says itself.
 */
export function createNetwork({ plcUrl, blueskyService }: NetworkSettings): Network {
  const isLocal = LOOPBACK.test(new URL(plcUrl).hostname);
  const fetchPublic = createPublicFetch({
    bytesMax: Number.MAX_SAFE_INTEGER,
    timeoutMs: Number.POSITIVE_INFINITY,
    trusted: isLocal ? 'all' : [plcUrl, blueskyService],
  });
  return { fetch, fetchPublic, plcUrl, service: blueskyService };
}
