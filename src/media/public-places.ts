/** Tells where the program may connect when a stranger names the place: public ones, over HTTPS. */
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { NOT_PUBLIC } from './public-fetch-port.ts';

export type Places = {
  /** Why a URL is not asked, or undefined when it is. Redirects are judged one by one, too. */
  readonly forbid: (url: URL) => string | undefined;
  /** Resolves a name for a connection; fails when one of its addresses is not public. */
  readonly lookup: LookupFunction;
};

/** Names that never lead to a public place (RFC 6761, 6762, 7686, 8375, 9476, and ICANN's own). */
const LOCAL_NAME =
  /(?:^|\.)(?:localhost|local|internal|test|invalid|example|onion|alt|home\.arpa)\.?$|^[^.]*\.?$/;
/**
 * 2000::/3, the only part of IPv6 that is given out to the public. Elsewhere addresses of IPv4 are
 * wrapped (`::7f00:1` is 127.0.0.1); what is special within it the library knows.
 */
const GLOBAL_IPV6 = /^\[[23][0-9a-f]{3}:/;
/** What the library calls an address of one machine that is not special in any way. */
const UNICAST = 'unicast';

/**
 * `trusted` are origins that an operator has set and that may be anywhere, by HTTP, too; `all` is
 * for a network on one's own machine. Other ports of a trusted host are not public places.
 */
export function createPlaces(
  trusted: readonly string[] | 'all',
  resolve: LookupFunction = systemLookup,
): Places {
  const origins = trusted === 'all' ? [] : trusted.map((origin) => new URL(origin).origin);
  const hosts = new Set(origins.map((origin) => new URL(origin).hostname));
  const isTrusted = (url: URL): boolean =>
    trusted === 'all' ? /^https?:$/.test(url.protocol) : origins.includes(url.origin);
  return {
    forbid: (url) => {
      if (isTrusted(url)) return undefined;
      const isPublic =
        url.protocol === 'https:' && !hosts.has(url.hostname) && isPublicHost(url.hostname);
      return isPublic ? undefined : NOT_PUBLIC;
    },
    lookup: (hostname, options, callback) => {
      resolve(hostname, options, (error, address, family) => {
        const isFree = trusted === 'all' || hosts.has(hostname);
        if (error !== null || isFree || addressesOf(address).every(isPublicAddress)) {
          callback(error, address, family);
        } else {
          callback(new Error(NOT_PUBLIC), []);
        }
      });
    },
  };
}

const addressesOf = (found: string | readonly { readonly address: string }[]): string[] =>
  typeof found === 'string' ? [found] : found.map(({ address }) => address);

function isPublicAddress(address: string): boolean {
  const host = address.includes(':') ? `[${address}]` : address;
  // Written as URLs write it; what they do not take, such as `fe80::1%eth0`, is not public.
  return URL.canParse(`https://${host}`) && isPublicHost(new URL(`https://${host}`).hostname);
}

/** `host` as the URL standard writes it: `0x7f.1` has become `127.0.0.1` there. */
function isPublicHost(host: string): boolean {
  if (host.startsWith('[')) {
    const address = host.slice(1, -1);
    return GLOBAL_IPV6.test(host) && ipaddr.IPv6.parse(address).range() === UNICAST;
  }
  if (ipaddr.IPv4.isIPv4(host)) return ipaddr.IPv4.parse(host).range() === UNICAST;
  return !LOCAL_NAME.test(host);
}
