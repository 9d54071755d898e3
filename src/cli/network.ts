/** The ways to the network of the tools: one for chosen servers, one for addresses of strangers. */
import { hash } from 'node:crypto';
import { safeFetchWrap } from '@atproto-labs/fetch-node';
import type { NetworkSettings } from '../config.ts';
import type { Sha256 } from '../records/audit/cids.ts';
import type { Network } from '../records/audit/identity.ts';

/** The platform's own SHA-256. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * What strangers' addresses are reached by: public addresses alone, by HTTPS, also after a redirect.
 * Where the directory itself is on this machine, everything is, and may be reached. Each use limits
 * the time and the bytes that it takes.
 */
export function createNetwork({ plcUrl, blueskyService }: NetworkSettings): Network {
  const isLocal = LOOPBACK.test(new URL(plcUrl).hostname);
  const fetchPublic = safeFetchWrap({
    ssrfProtection: !isLocal,
    allowHttp: isLocal,
    allowPrivateIps: isLocal,
    allowIpHost: isLocal,
    allowCustomPort: true,
    timeout: Number.POSITIVE_INFINITY,
    responseMaxSize: Number.MAX_SAFE_INTEGER,
  });
  return { fetch, fetchPublic, plcUrl, service: blueskyService };
}
