/** Tells where the program may connect when a stranger names the place: public ones, over HTTPS. */
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { NOT_PUBLIC } from './public-fetch-port.ts';
import { createUrlGuard, isPublicHost } from './public-urls.ts';

export type Places = {
  /** Why a URL is not asked, or undefined when it is. Redirects are judged one by one, too. */
  readonly forbid: (url: URL) => string | undefined;
  /** Resolves a name for a connection; fails when one of its addresses is not public. */
  readonly lookup: LookupFunction;
};

/** `trusted` as `createUrlGuard` has it. */
export function createPlaces(
  trusted: readonly string[] | 'all',
  resolve: LookupFunction = systemLookup,
): Places {
  const { isAllowed, isTrustedHost } = createUrlGuard(trusted);
  return {
    forbid: (url) => (isAllowed(url) ? undefined : NOT_PUBLIC),
    lookup: (hostname, options, callback) => {
      resolve(hostname, options, (error, address, family) => {
        const isFree = isTrustedHost(hostname);
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
