/** Reads which proxies are taken at their word about who asks. */
import ipaddr from 'ipaddr.js';
import { ConfigError, given, type Variables } from './variables.ts';

const NAMES = ['loopback', 'linklocal', 'uniquelocal'];
/** A proxy on the same machine is what most have, and nobody else can connect from there. */
const STANDARD = 'loopback';
const NOBODY = 'none';

/** Addresses, ranges such as `10.0.0.0/8` and names of ranges; none for nobody. */
export function readTrustedProxies(variables: Variables): readonly string[] {
  const value = given(variables, 'TRUSTED_PROXIES') ?? STANDARD;
  if (value === NOBODY) return [];
  const entries = value.split(',').map((entry) => entry.trim());
  for (const entry of entries) {
    if (NAMES.includes(entry) || isAddress(entry) || isRange(entry)) continue;
    throw new ConfigError(
      `TRUSTED_PROXIES may hold addresses, ranges such as 10.0.0.0/8, and the words ${NAMES.join(', ')}, with commas between them, or be ${NOBODY}; it has "${entry}".`,
    );
  }
  return entries;
}

const isAddress = (entry: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(entry) || ipaddr.IPv6.isValid(entry);

const isRange = (entry: string): boolean =>
  ipaddr.IPv4.isValidCIDRFourPartDecimal(entry) || ipaddr.IPv6.isValidCIDR(entry);
