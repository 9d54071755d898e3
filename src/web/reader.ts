/** Who reads, as far as limits go: one IPv4 address, or one network of IPv6. */
import ipaddr from 'ipaddr.js';

/** A /64 is what one household or one server gets; all its addresses are one reader's. */
const NETWORK_GROUPS = 4;

/** The reader behind an address, as a connection tells it; anything else stands for itself. */
export function readerOf(address: string): string {
  const parsed = parse(address);
  if (parsed === undefined) return address;
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const network = parsed.parts.slice(0, NETWORK_GROUPS).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** Ranges that have a name: `uniquelocal` are the private networks of IPv4 and IPv6. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  loopback: ['loopback'],
  linklocal: ['linkLocal'],
  uniquelocal: ['private', 'uniqueLocal'],
};
const OWN_NETWORK = Object.values(NAMED).flat();

/** Longer than any address with its zone. */
const LENGTH_MAX = 64;

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Whose word about a reader's address is taken, and what they say. */
export type Proxies = {
  /** Whether it is one of the trusted, or in one's own network. */
  readonly isNear: (address: string) => boolean;
  /**
   * The address of who asks: that of the connection, unless it is a trusted proxy; then the last one
   * in `X-Forwarded-For` that is none. Undefined where only proxies are known.
   */
  readonly addressOf: (
    connection: string | undefined,
    forwardedFor: string | undefined,
  ) => string | undefined;
};

/**
 * `trusted` are addresses, ranges such as `10.0.0.0/8`, and names: `loopback`, `linklocal`,
 * `uniquelocal`. `unnamed` is called once when requests come through a proxy that is not among them.
 */
export function createProxies(trusted: readonly string[], unnamed: () => void): Proxies {
  const rules = trusted.map(ruleOf);
  const isTrusted = (address: Address) => rules.some((rule) => rule(address));
  let isSaid = false;
  const sayOnce = () => {
    if (!isSaid) unnamed();
    isSaid = true;
  };
  return {
    isNear: (text) => {
      const address = parse(text);
      return address !== undefined && (isInOwnNetwork(address) || isTrusted(address));
    },
    addressOf: (connection, forwardedFor) => {
      const near = connection === undefined ? undefined : parse(connection);
      if (near === undefined) return connection;
      if (!isTrusted(near)) {
        if (forwardedFor !== undefined && isInOwnNetwork(near)) sayOnce();
        return connection;
      }
      for (const text of fromTheRight(forwardedFor ?? '')) {
        const address = parse(withoutPort(text));
        // What no proxy writes was written by the reader, and so was all to the left of it.
        if (address === undefined) return undefined;
        if (!isTrusted(address)) return address.toString();
      }
      return undefined;
    },
  };
}

function ruleOf(trusted: string): (address: Address) => boolean {
  const ranges = NAMED[trusted];
  if (ranges !== undefined) return (address) => ranges.includes(address.range());
  const [network, bits] = trusted.includes('/')
    ? ipaddr.parseCIDR(trusted)
    : [ipaddr.process(trusted), undefined];
  return (address) =>
    address.kind() === network.kind() &&
    address.match(network, bits ?? (network.kind() === 'ipv4' ? 32 : 128));
}

const isInOwnNetwork = (address: Address): boolean => OWN_NETWORK.includes(address.range());

/** An address of IPv4 that is wrapped in one of IPv6 is that of IPv4. */
const parse = (text: string): Address | undefined =>
  text.length <= LENGTH_MAX &&
  (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text))
    ? ipaddr.process(text)
    : undefined;

/** Some proxies write `203.0.113.7:4711` or `[2001:db8::1]:4711`. */
const withoutPort = (text: string): string =>
  /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, '$1');

/** The entries of a list, the last first, one at a time: it may be as long as a stranger likes. */
function* fromTheRight(list: string): Generator<string> {
  let end = list.length;
  while (end > 0) {
    const comma = list.lastIndexOf(',', end - 1);
    const entry = list.slice(comma + 1, end).trim();
    if (entry !== '') yield entry;
    end = comma;
  }
}
