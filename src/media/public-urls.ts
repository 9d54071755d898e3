/** Tells which addresses that strangers name lead to public places, as far as the address itself shows. */
import ipaddr from 'ipaddr.js';

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
 * Makes what tells whether a URL may be asked: public places over HTTPS, and `trusted` origins, which
 * an operator has set and which may be anywhere, by HTTP, too; `all` is for a network on one's own
 * machine. Other ports of a trusted host are not public places.
 */
export function createUrlGuard(trusted: readonly string[] | 'all'): {
  readonly isAllowed: (url: URL) => boolean;
  readonly isTrustedHost: (host: string) => boolean;
} {
  const origins = trusted === 'all' ? [] : trusted.map((origin) => new URL(origin).origin);
  const hosts = new Set(origins.map((origin) => new URL(origin).hostname));
  const isTrusted = (url: URL): boolean =>
    trusted === 'all' ? /^https?:$/.test(url.protocol) : origins.includes(url.origin);
  return {
    isAllowed: (url) =>
      isTrusted(url) ||
      (url.protocol === 'https:' && !hosts.has(url.hostname) && isPublicHost(url.hostname)),
    isTrustedHost: (host) => trusted === 'all' || hosts.has(host),
  };
}

/** `host` as the URL standard writes it: `0x7f.1` has become `127.0.0.1` there. */
export function isPublicHost(host: string): boolean {
  if (host.startsWith('[')) {
    const address = host.slice(1, -1);
    return GLOBAL_IPV6.test(host) && ipaddr.IPv6.parse(address).range() === UNICAST;
  }
  if (ipaddr.IPv4.isIPv4(host)) return ipaddr.IPv4.parse(host).range() === UNICAST;
  return !LOCAL_NAME.test(host);
}
